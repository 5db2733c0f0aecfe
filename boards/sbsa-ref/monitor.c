/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU sbsa-ref for the monitor: CPUs arrive by themselves, the EC ends it. */

#include "board_monitor.h"
#include "io.h"

/* The embedded controller, secure, takes commands (hw/misc/sbsa_ec.c). */
#define SECURE_EC		0x50000000ul
#define EC_POWER_OFF		1u
#define EC_REBOOT		2u

#define CPUS_PER_CLUSTER	8

/* The machine ends, but some instructions later. */
static noreturn void ec_end(uint32_t command)
{
	io_write32(SECURE_EC, command);
	while (true)
		__asm__ volatile("wfi");
}

/* Clusters of eight; Aff2 and Aff3 are 0. */
bool board_cpu_possible(uint64_t mpidr)
{
	return (mpidr & 0xff) < CPUS_PER_CLUSTER && mpidr <= 0xffff;
}

void board_system_off(void)
{
	ec_end(EC_POWER_OFF);
}

void board_system_reset(void)
{
	ec_end(EC_REBOOT);
}
