/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the EL3 monitor asks of a board; a driver of drivers/power may answer
 * for the ends of the machine. These run with the MMU off, at EL3, after the
 * hand-off too: no library, no log, no device tree.
 */
#ifndef BOARD_MONITOR_H
#define BOARD_MONITOR_H

#include "types.h"

/*
 * May @mpidr (affinity fields only) be a CPU of this machine? Where all
 * CPUs leave reset at once the monitor also wants to have seen it arrive.
 */
bool board_cpu_possible(uint64_t mpidr);

/*
 * CPUS_HELD_IN_RESET only. Release @mpidr from reset so that it starts at
 * @entry, at EL3. Called for each CPU_ON, by one CPU at a time; does nothing
 * if the CPU is out of reset already.
 * Return: 0, -errno if the hardware refuses.
 */
int board_cpu_on(uint64_t mpidr, uint64_t entry);

/* End or restart the machine; return only if that cannot be done. */
void board_system_off(void);
void board_system_reset(void);

#endif
