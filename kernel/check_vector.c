/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about SVE and SME where one plain probe does not tell. */
#include "probe.h"
#include "repeat.h"

#define SVE		FIELD(ID_PFR0, 32, 1)
#define SME		FIELD(ID_PFR1, 24, 1)
#define SME2		FIELD(ID_PFR1, 24, 2)
/* Bit 63 alone, so the field above bit 60 is 8 or more. */
#define FA64		FIELD(ID_SMFR0, 60, 8)

/* SMCR_ELx, besides LEN */
#define SMCR_EZT0	(1ul << 30)
#define SMCR_FA64	(1ul << 31)
#define LENGTHS		16

/* Each sets ZCR_ELx or SMCR_ELx to x0 and does its work. */
struct vector_trials {
	link_t at_el2, at_el1;
};

extern const char sve_length_el1_trial[], sve_length_el2_trial[];
extern const char sme_length_el1_trial[], sme_length_el2_trial[];
extern const char use_fp_trial[];
extern const char fa64_el1_trial[], fa64_el2_trial[];
extern const char zt0_el1_trial[], zt0_el2_trial[], publish_code_trial[];

static const struct vector_trials sve_length = {
	LINK(sve_length_el2_trial), LINK(sve_length_el1_trial)
};

static const struct vector_trials sme_length = {
	LINK(sme_length_el2_trial), LINK(sme_length_el1_trial)
};

static const void *here_of(const struct vector_trials *trials)
{
	return here(current_el() == 2 ? trials->at_el2 : trials->at_el1);
}

/*
 * Bit n: a vector of (n + 1) * 16 bytes can be had. LEN of the level above
 * cuts this set, so it shows more than the longest vector alone.
 */
static struct verdict read_lengths(const struct vector_trials *trials,
				   uint64_t *set)
{
	if (open_fp())
		return skip(FP_SHUT);
	*set = 0;
	for (uint64_t len = 0; len < LENGTHS; len++) {
		if (probe(here_of(trials), len))
			return skip(trials == &sve_length ? NO_SVE_INSN :
							   NO_SME_INSN);
		if (probe_value == (len + 1) * 16)
			*set |= 1ul << len;
	}
	return pass();
}

/* The boot CPU's set is the measure, also for itself later on. */
static struct verdict same_lengths(struct cpu *cpu, const char *id,
				   const struct vector_trials *trials,
				   uint64_t *boot)
{
	struct verdict v;
	uint64_t set;

	announce_probe(id);
	v = read_lengths(trials, &set);
	if (v.kind != VERDICT_OK)
		return v;
	if (cpu != boot_cpu() || repeating())
		return want_equal(*boot, set);
	*boot = set;
	return want(set, "a vector length", set);
}

static struct verdict sve_lengths(struct cpu *cpu, const char *id,
				  enum probe_by by)
{
	static uint64_t boot;
	const char *why = not_bound(by);

	if (why || !gate_open(SVE))
		return skip(why ? why : "feature absent");
	return same_lengths(cpu, id, &sve_length, &boot);
}

static struct verdict sme_lengths(struct cpu *cpu, const char *id,
				  enum probe_by by)
{
	static uint64_t boot;
	const char *why = not_bound(by);

	if (why || !gate_open(SME))
		return skip(why ? why : "feature absent");
	return same_lengths(cpu, id, &sme_length, &boot);
}

CHECK(84, bp_sve_02, ON_CPU, "BP-SVE-02", "ZCR_EL3.LEN: SVE lengths are the same")
{
	return sve_lengths(cpu, "BP-SVE-02", BY_EL3);
}

CHECK(84, bp_sve_05, ON_CPU, "BP-SVE-05", "ZCR_EL2.LEN: SVE lengths are the same")
{
	return sve_lengths(cpu, "BP-SVE-05", BY_EL2);
}

CHECK(84, bp_sme_03, ON_CPU, "BP-SME-03", "SMCR_EL3.LEN: SME lengths are the same")
{
	return sme_lengths(cpu, "BP-SME-03", BY_EL3);
}

CHECK(84, bp_sme_07, ON_CPU, "BP-SME-07", "SMCR_EL2.LEN: SME lengths are the same")
{
	return sme_lengths(cpu, "BP-SME-07", BY_EL2);
}

/*
 * After SMSTART an emulator may go on in code that it translated earlier, on
 * whichever CPU, without asking SMCR_ELx.FA64 again. So the trial is written
 * anew each time; it has no reference to anything outside.
 */
static uint32_t fresh_code[16] __attribute__((aligned(64)));

static const void *fresh(const void *trial)
{
	const uint32_t *from = trial;

	for (unsigned int i = 0; i < ARRAY_SIZE(fresh_code); i++)
		fresh_code[i] = from[i];
	probe(publish_code_trial, (uint64_t)fresh_code);
	return fresh_code;
}

/* @control goes into our own SMCR_ELx first, so that only others can trap. */
static struct verdict streaming_work(const char *id, enum probe_by by,
				     uint32_t gate, const void *trial,
				     uint64_t control)
{
	const char *why = not_bound(by);
	uint64_t esr;

	if (why || !gate_open(gate))
		return skip(why ? why : "feature absent");
	announce_probe(id);
	if (open_fp())
		return skip(FP_SHUT);
	if (probe(use_fp_trial, 0))
		return skip(NO_FP_INSN);
	if (probe(here_of(&sme_length), LENGTHS - 1))
		return skip(NO_SME_INSN);
	esr = probe(fresh(trial), control | (LENGTHS - 1));
	return want(!esr, "no exception, not ESR", esr);
}

static struct verdict fa64(const char *id, enum probe_by by)
{
	return streaming_work(id, by, FA64, current_el() == 2 ?
			      fa64_el2_trial : fa64_el1_trial, SMCR_FA64);
}

static struct verdict zt0(const char *id, enum probe_by by)
{
	return streaming_work(id, by, SME2, current_el() == 2 ?
			      zt0_el2_trial : zt0_el1_trial, SMCR_EZT0);
}

CHECK(84, bp_fa64_01, ON_CPU, "BP-FA64-01", "SMCR_EL3.FA64: ADD V0 in streaming mode")
{
	return fa64("BP-FA64-01", BY_EL3);
}

CHECK(84, bp_fa64_02, ON_CPU, "BP-FA64-02", "SMCR_EL2.FA64: ADD V0 in streaming mode")
{
	return fa64("BP-FA64-02", BY_EL2);
}

CHECK(84, bp_sme2_01, ON_CPU, "BP-SME2-01", "SMCR_EL3.EZT0: ZERO ZT0, LDR ZT0")
{
	return zt0("BP-SME2-01", BY_EL3);
}

CHECK(84, bp_sme2_02, ON_CPU, "BP-SME2-02", "SMCR_EL2.EZT0: ZERO ZT0, LDR ZT0")
{
	return zt0("BP-SME2-02", BY_EL2);
}
