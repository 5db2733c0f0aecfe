/* SPDX-License-Identifier: BSD-2-Clause */
/* What runs on by itself on this CPU, stopped before somebody else has it. */

#include "asm/quiet.h"
#include "asm/sysreg.h"

#define ID_FIELD(name, shift)	((sysreg_read(name) >> (shift)) & 0xf)
#define PFR0_EL2		8
#define PFR1_SME		24
#define DFR0_PMUVer		8
#define PMUVer_NOT_ARMS		0xf
#define MMFR1_VH		8
#define MAY_HAVE_EL2		(IS_ENABLED(CONFIG_EL2_PRESENT) || \
				 IS_ENABLED(CONFIG_EL3_PRESENT))

/* HO-28: a timer that is on asserts its interrupt some day. */
static void timers_stop(void)
{
	sysreg_write(CNTP_CTL_EL0, 0);
	sysreg_write(CNTV_CTL_EL0, 0);
	if (current_el() == 3)
		sysreg_write(CNTPS_CTL_EL1, 0);
	if (MAY_HAVE_EL2 && current_el() > 1 &&
	    ID_FIELD(ID_AA64PFR0_EL1, PFR0_EL2) &&
	    ID_FIELD(ID_AA64MMFR1_EL1, MMFR1_VH))
		sysreg_write(SYS_CNTHV_CTL_EL2, 0);
}

/* So does a counter that has overflowed. */
static void counters_stop(void)
{
	const unsigned int version = ID_FIELD(ID_AA64DFR0_EL1, DFR0_PMUVer);

	if (!version || version == PMUVer_NOT_ARMS)
		return;
	sysreg_write(PMCR_EL0, 0);
	sysreg_write(PMINTENCLR_EL1, UINT32_MAX);
}

void cpu_quiet(void)
{
	timers_stop();
	/* BP-SYS-01: a breakpoint of junk, or an event stream, is as bad. */
	sysreg_write(MDSCR_EL1, 0);
	sysreg_write(CNTKCTL_EL1, 0);
	counters_stop();
	/* Streaming mode makes most of SIMD illegal; no kernel expects it. */
	if (ID_FIELD(ID_AA64PFR1_EL1, PFR1_SME))
		sysreg_write(SYS_SVCR, 0);
	isb();
}
