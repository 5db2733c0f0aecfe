/* SPDX-License-Identifier: BSD-2-Clause */
/* Raspberry Pi 3 for the monitor: CPUs arrive by themselves. */

#include "bcm2835_pm.h"
#include "board_monitor.h"

#define CPUS			4
#define PM			0x3f100000ul

/* One cluster: Aff0 counts, Aff1 to Aff3 are 0. */
bool board_cpu_possible(uint64_t mpidr)
{
	return mpidr < CPUS;
}

/* All leave reset at once. */
int board_cpu_on(uint64_t mpidr, uint64_t entry)
{
	(void)mpidr;
	(void)entry;
	return 0;
}

void board_system_off(void)
{
	bcm2835_pm_off(PM);
}

void board_system_reset(void)
{
	bcm2835_pm_reset(PM);
}
