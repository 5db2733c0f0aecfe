/* SPDX-License-Identifier: BSD-2-Clause */
/* What runs on by itself on this CPU, stopped before somebody else has it. */

#include "asm/quiet.h"
#include "asm/sysreg.h"

#define PFR1_SME(pfr1)		(((pfr1) >> 24) & 0xf)

void cpu_quiet(void)
{
	/* HO-28: a timer that is on asserts its interrupt some day. */
	sysreg_write(CNTP_CTL_EL0, 0);
	sysreg_write(CNTV_CTL_EL0, 0);
	if (current_el() == 3)
		sysreg_write(CNTPS_CTL_EL1, 0);
	/* Streaming mode makes most of SIMD illegal; no kernel expects it. */
	if (PFR1_SME(sysreg_read(ID_AA64PFR1_EL1)))
		sysreg_write(SYS_SVCR, 0);
	isb();
}
