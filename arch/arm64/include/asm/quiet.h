/* SPDX-License-Identifier: BSD-2-Clause */
/* Stop what an earlier stage may have left running on this CPU. */
#ifndef ASM_QUIET_H
#define ASM_QUIET_H

/*
 * Stop the timers of this level and those below and the performance counters
 * and leave SME's modes, on the CPU that calls, which must not have SME
 * trapped. EL2's physical timer is a row of the EL2 duties.
 */
void cpu_quiet(void);

#endif
