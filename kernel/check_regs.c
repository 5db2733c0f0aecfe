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

/*
 * Linux asks for services that may not be there. Our rule is stricter than
 * SMCCC, which lets x1..x3 be anything constant: -1 in the whole x0, and
 * nothing else is touched. x4..x17 count only if SMCCC 1.1 is claimed.
 */
static struct verdict not_there(uint64_t answer)
{
	struct verdict v = want_equal(UINT64_MAX, answer);

	if (v.kind == VERDICT_OK)
		v = kept(1, FIRST_FREE - 1);
	if (v.kind == VERDICT_OK && claims_smccc_1_1())
		v = kept(FIRST_FREE, FIRST_KEPT - 1);
	return v.kind == VERDICT_OK ? kept(FIRST_KEPT, 30) : v;
}

static uint64_t ask(const void *arg)
{
	call_prepare((uint64_t)(arg - here(0)));
	return call_prepared("SM-15");
}

static struct verdict unknown_call(struct cpu *cpu, const void *arg)
{
	return psci_usable() ? not_there(ask(arg)) : skip(NO_PSCI);
}

/* A number that other firmware has given a meaning. */
static struct verdict optional_call(struct cpu *cpu, const void *arg)
{
	uint64_t answer;

	if (!psci_usable())
		return skip(NO_PSCI);
	answer = ask(arg);
	return (int32_t)answer >= 0 ? skip("the firmware has this service") :
				      not_there(answer);
}

#define UNKNOWN_CALL(name, text, function) \
	CHECK_ROW(54, name, ON_BOOT, "SM-15", text, unknown_call, function)
#define OPTIONAL_CALL(name, text, function) \
	CHECK_ROW(54, name, ON_BOOT, "SM-15", text, optional_call, function)

UNKNOWN_CALL(sm_15_std32, "unknown SMC32 standard call: -1", 0x84001234u);
UNKNOWN_CALL(sm_15_std64, "unknown SMC64 standard call: -1", 0xc4005678u);
UNKNOWN_CALL(sm_15_sip, "unknown silicon partner call: -1", 0x82001234u);
UNKNOWN_CALL(sm_15_oem, "unknown OEM call: -1", 0xc3005678u);
/* Where SMCCC 1.0 had the general queries of the range, and its end. */
UNKNOWN_CALL(sm_15_top32, "call 0x8400ff00: -1 and nothing else", 0x8400ff00u);
UNKNOWN_CALL(sm_15_top64, "call 0xc400ffff: -1 and nothing else", 0xc400ffffu);
/* ZynqMP's power management begins here. */
OPTIONAL_CALL(sm_15_sip32, "call 0x82000000: -1 and nothing else", 0x82000000u);
OPTIONAL_CALL(sm_15_sip64, "call 0xc2000001: -1 and nothing else", 0xc2000001u);
/* KVM's own services. */
OPTIONAL_CALL(sm_15_kvm32, "call 0x86000000: -1 and nothing else", 0x86000000u);
OPTIONAL_CALL(sm_15_kvm64, "call 0xc6000000: -1 and nothing else", 0xc6000000u);
OPTIONAL_CALL(sm_15_ffa, "FFA_VERSION: -1 and nothing else", 0x84000063u);
OPTIONAL_CALL(sm_15_sdei, "SDEI_VERSION: -1 and nothing else", 0xc4000020u);
