/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about SCR_EL3 and friends that need more than one plain probe. */
#include "machine.h"
#include "probe.h"

extern const char hvc_stub[], smc_version_stub[], vsttbr_stub[], cntps_stub[];
extern const char sve_length_el1_stub[], sve_length_el2_stub[];
extern const char sme_length_el1_stub[], sme_length_el2_stub[];

/* Registers that exist for Secure state only must be UNDEF for us. */
CHECK(80, bp_cpu_05, ON_CPU, "BP-CPU-05", "Non-secure state")
{
	uint64_t esr;

	if (!has_el3())
		return skip("no EL3");
	if (current_el() == 2 && !id_field(ID_PFR0, 36))
		return skip("an EL2 without FEAT_SEL2 is Non-secure");
	esr = risky_probe("BP-CPU-05", current_el() == 2 ? vsttbr_stub :
			  cntps_stub, 0);
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
	esr = risky_probe("BP-SCR-03", hvc_stub, 0);
	return want(ESR_EC(esr) == EC_HVC64, "ESR with EC 0x16", esr);
}

CHECK(80, bx_03, ON_CPU, "BX-03", "SCR_EL3.SMD: SMC is not UNDEF")
{
	uint64_t esr;

	if (!has_el3())
		return skip("no EL3");
	if (machine.conduit != CONDUIT_SMC)
		return skip("the conduit is not SMC");
	esr = risky_probe("BX-03", smc_version_stub, 0);
	return want(!esr, "no exception, not ESR", esr);
}

/* Longest vector in bytes at this EL, or 0; @length is a pair of stubs. */
static uint64_t longest(const char *at_el2, const char *at_el1, uint64_t len)
{
	if (open_fp() || probe(current_el() == 2 ? at_el2 : at_el1, len))
		return 0;
	return probe_value;
}

static struct verdict same_length(struct cpu *cpu, uint64_t *boot,
				  uint64_t length)
{
	if (cpu != boot_cpu())
		return want_equal(*boot, length);
	*boot = length;
	return want(length && length % 16 == 0, "a multiple of 16 bytes",
		    length);
}

/* BP-SVE-05, and BP-SVE-02 where EL3 is there, are the same observation. */
CHECK(84, bp_sve_02, ON_CPU, "BP-SVE-02", "longest SVE vector is the same")
{
	static uint64_t boot;

	if (!id_field(ID_PFR0, 32))
		return skip("feature absent");
	if (!has_el3() && current_el() == 2)
		return skip("no EL3");
	announce_probe("BP-SVE-02");
	return same_length(cpu, &boot, longest(sve_length_el2_stub,
					       sve_length_el1_stub, 15));
}

CHECK(84, bp_sme_03, ON_CPU, "BP-SME-03", "longest SME vector is the same")
{
	static uint64_t boot;

	if (!id_field(ID_PFR1, 24))
		return skip("feature absent");
	if (!has_el3() && current_el() == 2)
		return skip("no EL3");
	announce_probe("BP-SME-03");
	return same_length(cpu, &boot, longest(sme_length_el2_stub,
					       sme_length_el1_stub, 15));
}
