/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU virt for the monitor: CPUs arrive by themselves, a GPIO ends it. */

#include "board_monitor.h"
#include "io.h"

/*
 * The PL061 that QEMU gives the secure world (secure=on): a rising edge on
 * pin 0 powers the machine off, on pin 1 resets it (hw/arm/virt.c). The
 * data register is addressed with a mask of pins in bits [9:2].
 */
#define SECURE_GPIO		0x090b0000ul
#define PL061_DATA(pins)	(SECURE_GPIO + ((pins) << 2))
#define PL061_DIR		(SECURE_GPIO + 0x400)
#define PIN_POWER_OFF		0x1u
#define PIN_RESET		0x2u

static void gpio_raise(uint32_t pin)
{
	io_write32(PL061_DIR, PIN_POWER_OFF | PIN_RESET);
	io_write32(PL061_DATA(pin), 0);
	io_write32(PL061_DATA(pin), pin);
}

/* The edge ends the machine, but some instructions later. */
static noreturn void gpio_end(uint32_t pin)
{
	gpio_raise(pin);
	while (true)
		__asm__ volatile("wfi");
}

/* Clusters of 16 CPUs with GICv3, of 8 with GICv2; Aff2 and Aff3 are 0. */
bool board_cpu_possible(uint64_t mpidr)
{
	const uint64_t per_cluster = IS_ENABLED(CONFIG_GICV2) ? 8 : 16;

	return (mpidr & 0xff) < per_cluster && mpidr <= 0xffff;
}

void board_system_off(void)
{
	gpio_end(PIN_POWER_OFF);
}

void board_system_reset(void)
{
	gpio_end(PIN_RESET);
}
