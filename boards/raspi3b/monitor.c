/* SPDX-License-Identifier: BSD-2-Clause */
/* Raspberry Pi 3 for the monitor: its CPUs, which arrive by themselves. */

#include "board_monitor.h"

#define CPUS			4

/* One cluster: Aff0 counts, Aff1 to Aff3 are 0. */
bool board_cpu_possible(uint64_t mpidr)
{
	return mpidr < CPUS;
}
