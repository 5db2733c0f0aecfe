/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows about processor state that must survive a firmware call (HO-32) beside
 * the registers x and q: flags, SVE at its full length, SME with ZA on.
 */
#include "machine.h"
#include "probe.h"
#include "psci.h"
#include "regs.h"
#include "state.h"

#define SVE		FIELD(ID_PFR0, 32, 1)
#define SME		FIELD(ID_PFR1, 24, 1)
#define SME2		FIELD(ID_PFR1, 24, 2)

#define LONGEST		256	/* bytes of the longest vector there is */
#define LEN_MAX		15ul
#define SMCR_EZT0	(1ul << 30)
#define BIT(n)		(1ul << (n))

/* ADD and ZERO would be no good test: N and C set, Z and V clear. */
#define NZCV		(0xaul << 28)

extern const char call_with_state[], bp_sme_02_trial[];
extern const char sve_length_el1_trial[], sve_length_el2_trial[];
extern const char sme_length_el1_trial[], sme_length_el2_trial[];

/* One CPU at a time uses them. */
static uint8_t z[32 * LONGEST] __attribute__((aligned(64)));
static uint8_t p[17 * LONGEST / 8] __attribute__((aligned(64)));
static uint8_t za[LONGEST * LONGEST] __attribute__((aligned(64)));
static uint8_t zt0[64] __attribute__((aligned(64)));

static uint8_t pattern(size_t i, unsigned int seed)
{
	return (uint8_t)(i * 167 + (i >> 8) * 59 + seed);
}

/* FFR must be ones up to some point, then zeros. */
static uint8_t ffr_pattern(size_t i, size_t bytes)
{
	return i < bytes / 2 ? 0xff : 0;
}

static void fill(uint8_t *to, size_t n, unsigned int seed)
{
	for (size_t i = 0; i < n; i++)
		to[i] = pattern(i, seed);
}

/* Return: the first byte that has changed, or @n. */
static size_t changed(const uint8_t *from, size_t n, unsigned int seed)
{
	size_t i = 0;

	while (i < n && from[i] == pattern(i, seed))
		i++;
	return i;
}

static void fill_all(size_t length, unsigned int seed)
{
	fill(z, 32 * length, seed);
	fill(p, 16 * length / 8, seed + 1);
	for (size_t i = 0; i < length / 8; i++)
		p[16 * length / 8 + i] = ffr_pattern(i, length / 8);
	fill(za, length * length, seed + 2);
	fill(zt0, sizeof(zt0), seed + 3);
}

static struct verdict ffr_kept(size_t length, const char *expected)
{
	for (size_t i = 0; i < length / 8; i++)
		if (p[16 * length / 8 + i] != ffr_pattern(i, length / 8))
			return fail(expected, 16 * length / 8 + i);
	return pass();
}

static struct verdict all_kept(size_t length, unsigned int seed,
			       const char *expected)
{
	size_t at;

	at = changed(z, 32 * length, seed);
	if (at < 32 * length)
		return fail(expected, at);
	at = changed(p, 16 * length / 8, seed + 1);
	if (at < 16 * length / 8)
		return fail(expected, at);
	at = changed(za, length * length, seed + 2);
	if (at < length * length)
		return fail(expected, at);
	at = changed(zt0, sizeof(zt0), seed + 3);
	return at < sizeof(zt0) ? fail(expected, at) :
				  ffr_kept(length, expected);
}

static struct verdict call_once(unsigned int i, uint64_t what, size_t length)
{
	const struct sample_call *sample = &sample_calls[i];
	const uint64_t tpidr2 = x_pattern(50 + i);
	struct state_call call = {
		.smc = machine.conduit == CONDUIT_SMC, .what = what,
		.nzcv = NZCV, .tpidr2 = tpidr2,
		.z = z, .p = p, .za = za, .zt0 = zt0,
	};
	uint64_t esr;

	call_prepare_sample(i);
	for (unsigned int n = 0; n < ARRAY_SIZE(call.x); n++)
		call.x[n] = call_table.x[n];
	fill_all(length, 3 * i + 1);
	esr = risky_probe("HO-32", call_with_state, (uint64_t)&call);
	if (esr)
		return fail("no exception, not ESR", esr);
	if (call.nzcv != NZCV)
		return fail(here(sample->flags), call.nzcv);
	if (what & BIT(STATE_SME) && call.svcr != (what & 3))
		return fail(here(sample->flags), call.svcr);
	if (what & BIT(STATE_SME) && call.tpidr2 != tpidr2)
		return fail(here(sample->flags), call.tpidr2);
	return all_kept(length, 3 * i + 1, here(sample->bytes));
}

/* @length is that of the vectors in use; 0 if none are. */
static struct verdict survive(uint64_t what, size_t length)
{
	struct verdict v = pass();

	for (unsigned int i = 0; i < SAMPLE_CALLS && v.kind == VERDICT_OK; i++)
		v = call_once(i, what, length);
	return v;
}

/* The same with the longest vectors that @control lets @trial have. */
static struct verdict survive_at_length(uint32_t gate, uint64_t what,
					const char *trial, uint64_t control)
{
	if (!psci_usable())
		return skip("no usable PSCI");
	if (!gate_open(gate))
		return skip("feature absent");
	if (open_fp())
		return skip(FP_SHUT);
	if (what & BIT(STATE_SME) && probe(bp_sme_02_trial, 0))
		return skip("TPIDR2_EL0 traps: BP-SME-02");
	if (probe(trial, control | LEN_MAX))
		return skip(what & BIT(STATE_SME) ? NO_SME_INSN : NO_SVE_INSN);
	return survive(what, probe_value);
}

CHECK(87, ho_32_nzcv, ON_CPU, "HO-32", "NZCV survives a call")
{
	return psci_usable() ? survive(0, 0) : skip("no usable PSCI");
}

CHECK(87, ho_32_sve, ON_CPU, "HO-32", "z, p and FFR survive a call")
{
	return survive_at_length(SVE, BIT(STATE_SVE) | BIT(STATE_FFR),
				 current_el() == 2 ? sve_length_el2_trial :
				 sve_length_el1_trial, 0);
}

static struct verdict sme_survives(uint32_t gate, uint64_t what,
				   uint64_t control)
{
	return survive_at_length(gate, what | BIT(STATE_SME),
				 current_el() == 2 ? sme_length_el2_trial :
				 sme_length_el1_trial, control);
}

CHECK(87, ho_32_sm, ON_CPU, "HO-32", "streaming mode, z and p survive a call")
{
	return sme_survives(SME, BIT(STATE_SM) | BIT(STATE_SVE), 0);
}

CHECK(87, ho_32_za, ON_CPU, "HO-32", "PSTATE.ZA, ZA and TPIDR2 survive a call")
{
	return sme_survives(SME, BIT(STATE_ZA), 0);
}

CHECK(87, ho_32_zt0, ON_CPU, "HO-32", "ZT0 survives a call")
{
	return sme_survives(SME2, BIT(STATE_ZA) | BIT(STATE_ZT0), SMCR_EZT0);
}
