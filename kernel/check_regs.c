/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about registers that must survive a firmware call (HO-32, SMCCC 2.6). */
#include "check.h"
#include "probe.h"
#include "psci.h"
#include "regs.h"

#define FIRST_FREE	4	/* x4..x17 are kept since SMCCC 1.1 */
#define FIRST_KEPT	18
#define NO_PSCI		"no usable PSCI"

extern const char use_fp_stub[];

static void ask_version(bool use_fp)
{
	call_prepare(PSCI_VERSION);
	call_table.use_fp = use_fp;
	call_prepared("HO-32");
}

static struct verdict kept(unsigned int first, unsigned int last)
{
	for (unsigned int n = first; n <= last; n++)
		if (call_table.x[n] != x_pattern(n))
			return want_equal(x_pattern(n), call_table.x[n]);
	return pass();
}

CHECK(86, ho_32_kept, ON_CPU, "HO-32", "x18 to x30 and SP survive a call")
{
	struct verdict v;

	if (!psci_usable())
		return skip(NO_PSCI);
	ask_version(false);
	v = kept(FIRST_KEPT, 30);
	if (v.kind == VERDICT_OK)
		v = want_equal(call_table.sp, call_table.sp_after);
	return v;
}

CHECK(86, ho_32_more, ON_CPU, "HO-32", "x4 to x17 survive a call")
{
	if (!claims_smccc_1_1())
		return skip("the firmware does not claim SMCCC 1.1");
	ask_version(false);
	return kept(FIRST_FREE, FIRST_KEPT - 1);
}

CHECK(87, ho_32_fp, ON_CPU, "HO-32", "q0 to q31 survive a call")
{
	uint64_t esr;

	if (!psci_usable())
		return skip(NO_PSCI);
	if (!gate_open(FIELD_NOT_F(ID_PFR0, 16, 0)))
		return skip("no FP registers");
	esr = open_fp();
	if (!esr)
		esr = probe(use_fp_stub, 0);
	if (esr)
		return fail("FP registers to be usable, not ESR", esr);
	ask_version(true);
	for (unsigned int n = 0; n < Q_WORDS; n++)
		if (call_table.q[n] != q_pattern(n))
			return want_equal(q_pattern(n), call_table.q[n]);
	return pass();
}
