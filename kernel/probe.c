/* SPDX-License-Identifier: BSD-2-Clause */
/* What is common to all rows of the probe tables. */
#include "probe.h"

/* CPTR_EL2, HCR_EL2.E2H = 0: RES1 bits; TZ and TSM are among them. */
#define CPTR_RES1		0x33fful
#define CPTR_TZ			(1ul << 8)
#define CPTR_TSM		(1ul << 12)
/* CPACR_EL1, and CPTR_EL2 with E2H = 1: FPEN, ZEN, SMEN = 0b11 */
#define CPACR_FPEN		(3ul << 20)
#define CPACR_ZEN		(3ul << 16)
#define CPACR_SMEN		(3ul << 24)

#define PFR0_SVE		32
#define PFR1_SME		24

#define PMSIDR_FDS		(1ul << 7)

extern const char set_cptr_trial[], set_cpacr_trial[], pmsidr_trial[];
extern const char use_fp_trial[];

/*
 * What a probed instruction may read or write; x0 points to it. DC ZVA clears
 * a whole block of up to 2 KiB (DCZID_EL0.BS), on the A64FX 256 bytes.
 */
static uint64_t scratch[256] __attribute__((aligned(2048)));

/* Fields are those of the rows BP-PAC-*, BX-11, BX-13 and BP-SPE-*. */
static bool special_open(const uint64_t id[ID_COUNT], unsigned int kind)
{
	switch (kind << 24) {
	case GATE_PAUTH:
		/* APA, API, GPA, GPI of ISAR1; GPA3, APA3 of ISAR2 */
		return (id[ID_ISAR1] & 0xff000ff0ul) ||
		       (id[ID_ISAR2] & 0xff00ul);
	case GATE_MPAM:
		return (id[ID_PFR0] >> 40 & 15) || (id[ID_PFR1] >> 16 & 15);
	case GATE_CSV2_2:
		return (id[ID_PFR0] >> 56 & 15) >= 2 ||
		       (id[ID_PFR1] >> 32 & 15) >= 2;
	case GATE_SPE_FDS:
		return (id[ID_DFR0] >> 32 & 15) &&
		       !risky_probe("BX-09", pmsidr_trial, 0) &&
		       (probe_value & PMSIDR_FDS);
	default:
		return true;
	}
}

bool gate_open(uint32_t gate)
{
	uint64_t id[ID_COUNT];
	unsigned int value;

	read_ids(id);
	value = (id[gate & 31] >> (gate >> 8 & 63)) & 15;
	switch (gate >> 24) {
	case 1:
		return value >= (gate >> 16 & 15);
	case 2:
		return value >= (gate >> 16 & 15) && value != 15;
	default:
		return special_open(id, gate >> 24);
	}
}

uint64_t open_fp(void)
{
	uint64_t sve = id_field(ID_PFR0, PFR0_SVE);
	uint64_t sme = id_field(ID_PFR1, PFR1_SME);
	uint64_t open = CPACR_FPEN | (sve ? CPACR_ZEN : 0) |
			(sme ? CPACR_SMEN : 0);
	uint64_t cptr = CPTR_RES1 & ~(sve ? CPTR_TZ : 0) &
			~(sme ? CPTR_TSM : 0);

	if (current_el() == 1)
		return probe(set_cpacr_trial, open);
	if (read_sysreg(hcr_el2) & HCR_E2H)
		return probe(set_cptr_trial, open);
	return probe(set_cptr_trial, cptr);
}

const char *not_bound(enum probe_by by)
{
	unsigned int el = current_el();

	if (by == BY_NONE)
		return NULL;
	if (by == BY_EL2)
		return el == 2 ? "entered at EL2" :
		       has_el2() ? NULL : "no EL2";
	if (!has_el3())
		return "no EL3";
	if (by == BY_EL3_AT_EL2 && el == 1)
		return "not observable at EL1";
	if (by == BY_EL3_AT_EL1 && el == 2)
		return "entered at EL2";
	return NULL;
}

static const char *closed(const struct probe_row *row)
{
	const char *why = not_bound(row->by);

	if (why)
		return why;
	return gate_open(row->gate) && gate_open(row->gate2) ?
	       NULL : "feature absent";
}

struct verdict run_probe_row(struct cpu *cpu, const void *arg)
{
	const struct probe_row *row = arg;
	const char *why = closed(row);
	uint64_t esr;

	if (why)
		return skip(why);
	announce_probe(here(row->id));
	if (row->flags & NEEDS_FP && open_fp())
		return skip(FP_SHUT);
	/* CPTR_ELx.TFP takes SVE away as well. */
	if (row->flags & NEEDS_FP && row->gate != GATE_FP &&
	    probe(use_fp_trial, 0))
		return skip(NO_FP_INSN);
	esr = probe(here(row->trial), (uint64_t)scratch);
	if (row->flags & ABORT_OK && ESR_EC(esr) == EC_DATA_ABORT)
		return pass();
	return want(!esr, "no exception, not ESR", esr);
}

struct verdict run_value_row(struct cpu *cpu, const void *arg)
{
	const struct value_row *row = arg;
	struct verdict v = run_probe_row(cpu, &row->probe);

	return v.kind == VERDICT_OK ?
	       want_equal(row->value, probe_value & row->mask) : v;
}
