/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about SCR_EL3 and friends that need more than one plain probe. */
#include "machine.h"
#include "probe.h"

extern const char hvc_trial[], smc_version_trial[], vsttbr_trial[], cntps_trial[];

/* Registers that exist for Secure state only must be UNDEF for us. */
CHECK(80, bp_cpu_05, ON_CPU, "BP-CPU-05", "Non-secure state")
{
	uint64_t esr;

	if (!has_el3())
		return skip("no EL3");
	if (current_el() == 2 && !id_field(ID_PFR0, 36))
		return skip("an EL2 without FEAT_SEL2 is Non-secure");
	esr = risky_probe("BP-CPU-05", current_el() == 2 ? vsttbr_trial :
			  cntps_trial, 0);
	return want(esr && ESR_EC(esr) == EC_UNKNOWN,
		    "UNDEF on a register of Secure state, not ESR", esr);
}

CHECK(80, bp_scr_03, ON_CPU, "BP-SCR-03", "SCR_EL3.HCE: HVC reaches EL2")
{
	uint64_t esr;

	if (!has_el3())
		return skip("no EL3");
	if (current_el() != 2)
		return skip("entered at EL1");
	esr = risky_probe("BP-SCR-03", hvc_trial, 0);
	return want(ESR_EC(esr) == EC_HVC64, "ESR with EC 0x16", esr);
}

CHECK(80, bx_03, ON_CPU, "BX-03", "SCR_EL3.SMD: SMC is not UNDEF")
{
	uint64_t esr;

	if (!has_el3())
		return skip("no EL3");
	if (machine.conduit != CONDUIT_SMC)
		return skip("the conduit is not SMC");
	esr = risky_probe("BX-03", smc_version_trial, 0);
	return want(!esr, "no exception, not ESR", esr);
}
