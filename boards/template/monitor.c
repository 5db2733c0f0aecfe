/* SPDX-License-Identifier: BSD-2-Clause */
/* What our monitor at EL3 does not know: this machine's CPUs and power. */
#include "board_monitor.h"
#include "io.h"

/* QEMU's virt: a PL061 in the secure world; pin 0 is off, pin 1 is reset. */
#define GPIO			0x090b0000ul
#define GPIO_DATA(pins)		(GPIO + ((pins) << 2))
#define GPIO_DIR		(GPIO + 0x400)

/* Which affinities can be CPUs: here one cluster of 8. */
bool board_cpu_possible(uint64_t mpidr)
{
	return mpidr < 8;
}

/* An edge, which takes some instructions to come through. */
static void raise(uint32_t pin)
{
	io_write32(GPIO_DIR, pin);
	io_write32(GPIO_DATA(pin), 0);
	io_write32(GPIO_DATA(pin), pin);
	while (true)
		__asm__ volatile("wfi");
}

void board_system_off(void)
{
	raise(1u << 0);
}

void board_system_reset(void)
{
	raise(1u << 1);
}
