/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows where an instruction has to do its work, not only to get through. */
#include "probe.h"
#include "str.h"

#define MOPS		FIELD(ID_ISAR2, 16, 1)
#define BRBE		FIELD(ID_DFR0, 52, 1)

/* What mops_trial sets, with a margin that it must not touch. */
#define SET_SIZE	192
#define SET_VALUE	0x5a
#define MARGIN		64

/* BRBINF<n>_EL1 */
#define BRBINF_VALID	(3ul << 0)
#define BRBINF_MPRED	(1ul << 5)
#define BRBINF_CCU	(1ul << 46)

extern const char mops_trial[], brbe_trial[];

CHECK(82, bp_mops_01, ON_CPU, "BP-MOPS-01", "HCRX_EL2.MSCEn: SET fills memory")
{
	static uint8_t memory[MARGIN + SET_SIZE + MARGIN]
		__attribute__((aligned(64)));
	const char *why = not_bound(BY_EL2);
	uint64_t esr;

	if (why || !gate_open(MOPS))
		return skip(why ? why : "feature absent");
	memset(memory, 0, sizeof(memory));
	esr = risky_probe("BP-MOPS-01", mops_trial, (uint64_t)memory + MARGIN);
	if (esr)
		return fail("no exception, not ESR", esr);
	for (unsigned int i = 0; i < sizeof(memory); i++) {
		bool inside = i >= MARGIN && i < MARGIN + SET_SIZE;

		if (memory[i] != (inside ? SET_VALUE : 0))
			return fail("the bytes asked for and no other", i);
	}
	return pass();
}

/* Record branches that nobody can foresee, and look at the records. */
static struct verdict branch_records(const char *id, uint64_t *info)
{
	const char *why = not_bound(BY_EL2);
	uint64_t esr;

	if (why || !gate_open(BRBE))
		return skip(why ? why : "feature absent");
	esr = risky_probe(id, brbe_trial, 64);
	if (esr)
		return fail("no exception, not ESR", esr);
	*info = probe_value;
	return want(*info & BRBINF_VALID, "a branch record", *info);
}

CHECK(82, bp_brbe_02, ON_CPU, "BP-BRBE-02", "BRBCR_EL2.CC: cycles are counted")
{
	uint64_t info;
	struct verdict v = branch_records("BP-BRBE-02", &info);

	return v.kind == VERDICT_OK ?
	       want(!(info & BRBINF_CCU), "a valid cycle count", info) : v;
}

CHECK(82, bp_brbe_03, ON_CPU, "BP-BRBE-03", "BRBCR_EL2.MPRED: misses are told")
{
	uint64_t info;
	struct verdict v = branch_records("BP-BRBE-03", &info);

	return v.kind == VERDICT_OK ?
	       want(info & BRBINF_MPRED, "one branch in 512 mispredicted",
		    info) : v;
}
