/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about registers that must survive a firmware call (HO-32, SMCCC 2.6). */
#include "machine.h"
#include "probe.h"
#include "psci.h"

#define FIRST_X		4
#define LAST_X		30
#define FIRST_KEPT	18	/* x4..x17 only since SMCCC 1.1 */
#define Q_WORDS		64

/* Read by regs.S. */
struct call_table {
	uint64_t function, conduit;
	uint64_t x[LAST_X - FIRST_X + 1];
	uint64_t use_fp;
	uint64_t q[Q_WORDS];
	uint64_t sp, sp_after;
};

_Static_assert(offsetof(struct call_table, use_fp) == 232, "regs.S");
_Static_assert(offsetof(struct call_table, q) == 240, "regs.S");
_Static_assert(offsetof(struct call_table, sp) == 752, "regs.S");

void call_with_patterns(struct call_table *table);
extern const char use_fp_stub[];

static struct call_table table __attribute__((aligned(16)));

static uint64_t pattern(unsigned int n)
{
	return 0xa5a50f0f00000000ul * (n + 1) + n;
}

static void call(bool use_fp)
{
	announce_probe("HO-32");
	table.function = PSCI_VERSION;
	table.conduit = machine.conduit == CONDUIT_SMC;
	table.use_fp = use_fp;
	for (unsigned int n = FIRST_X; n <= LAST_X; n++)
		table.x[n - FIRST_X] = pattern(n);
	for (unsigned int n = 0; n < Q_WORDS; n++)
		table.q[n] = pattern(100 + n);
	call_with_patterns(&table);
}

static struct verdict kept(unsigned int first, unsigned int last)
{
	for (unsigned int n = first; n <= last; n++)
		if (table.x[n - FIRST_X] != pattern(n))
			return want_equal(pattern(n), table.x[n - FIRST_X]);
	return pass();
}

CHECK(86, ho_32_kept, ON_CPU, "HO-32", "x18 to x30 and SP survive a call")
{
	struct verdict v;

	if (!psci_usable())
		return skip("no usable PSCI");
	call(false);
	v = kept(FIRST_KEPT, LAST_X);
	if (v.kind == VERDICT_OK)
		v = want_equal(table.sp, table.sp_after);
	return v;
}

CHECK(86, ho_32_more, ON_CPU, "HO-32", "x4 to x17 survive a call")
{
	if (psci_version() < 0x10000 ||
	    psci(PSCI_FEATURES, SMCCC_VERSION, 0, 0) < 0)
		return skip("the firmware does not claim SMCCC 1.1");
	call(false);
	return kept(FIRST_X, FIRST_KEPT - 1);
}

CHECK(87, ho_32_fp, ON_CPU, "HO-32", "q0 to q31 survive a call")
{
	uint64_t esr;

	if (!psci_usable())
		return skip("no usable PSCI");
	if (!gate_open(FIELD_NOT_F(ID_PFR0, 16, 0)))
		return skip("no FP registers");
	esr = open_fp();
	if (!esr)
		esr = probe(use_fp_stub, 0);
	if (esr)
		return fail("FP registers to be usable, not ESR", esr);
	call(true);
	for (unsigned int n = 0; n < Q_WORDS; n++)
		if (table.q[n] != pattern(100 + n))
			return want_equal(pattern(100 + n), table.q[n]);
	return pass();
}
