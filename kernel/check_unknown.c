/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about firmware calls that nobody serves (SM-13 to SM-15). */
#include "check.h"
#include "psci.h"
#include "regs.h"

#define NO_PSCI		"no usable PSCI"

/*
 * Linux asks for services that may not be there. Our rule is stricter than
 * SMCCC, which lets x1..x3 be anything constant: -1 in the whole x0, and
 * nothing else is touched. x4..x17 count only if SMCCC 1.1 is claimed.
 */
static struct verdict not_there(uint64_t answer)
{
	bool all = claims_smccc_1_1();

	if (answer != UINT64_MAX)
		return want_equal(UINT64_MAX, answer);
	for (unsigned int n = 1; n <= 30; n++)
		if ((all || n < 4 || n > 17) && call_table.x[n] != x_pattern(n))
			return want_equal(x_pattern(n), call_table.x[n]);
	return pass();
}

struct unknown_call {
	link_t id;
	uint64_t function;
	uint64_t optional;	/* other firmware has given it a meaning */
};

static struct verdict unknown_call(struct cpu *cpu, const void *arg)
{
	const struct unknown_call *call = arg;
	uint64_t answer;

	if (!psci_usable())
		return skip(NO_PSCI);
	call_prepare(call->function);
	answer = call_prepared(here(call->id));
	if (call->optional && (uint32_t)answer != UINT32_MAX &&
	    answer != call->function)
		return skip("the firmware has this service");
	return not_there(answer);
}

#define CALL_ROW(name, row_id, text, number, may)			\
	static const struct unknown_call name##_call = {		\
		LINK(row_id), number, may };				\
	CHECK_ROW(54, name, ON_BOOT, row_id, text, unknown_call, &name##_call)
#define UNKNOWN_CALL(name, id, text, function) \
	CALL_ROW(name, id, text, function, false)
#define OPTIONAL_CALL(name, id, text, function) \
	CALL_ROW(name, id, text, function, true)

/* KVM's guests ask for these, and CCA's, long before they know who answers. */
OPTIONAL_CALL(sm_13_uid, "SM-13", "vendor hypervisor UID: -1 or a UID",
	      0x8600ff01u);
OPTIONAL_CALL(sm_13_pv, "SM-13", "PV_TIME_FEATURES: -1 or an answer",
	      0xc5000020u);
OPTIONAL_CALL(sm_14, "SM-14", "RSI_VERSION: -1 or a version", 0xc4000190u);

UNKNOWN_CALL(sm_15_std32, "SM-15", "unknown SMC32 standard call: -1",
	     0x84001234u);
UNKNOWN_CALL(sm_15_std64, "SM-15", "unknown SMC64 standard call: -1",
	     0xc4005678u);
UNKNOWN_CALL(sm_15_sip, "SM-15", "unknown silicon partner call: -1",
	     0x82001234u);
UNKNOWN_CALL(sm_15_oem, "SM-15", "unknown OEM call: -1", 0xc3005678u);
UNKNOWN_CALL(sm_15_arch, "SM-15", "unknown Arm architecture call: -1",
	     0xc0001234u);
/* Where SMCCC 1.0 had the general queries of the range, and its end. */
UNKNOWN_CALL(sm_15_top32, "SM-15", "call 0x8400ff00: -1 and nothing else",
	     0x8400ff00u);
UNKNOWN_CALL(sm_15_top64, "SM-15", "call 0xc400ffff: -1 and nothing else",
	     0xc400ffffu);
/* ZynqMP's power management begins here. */
OPTIONAL_CALL(sm_15_sip32, "SM-15", "call 0x82000000: -1 or an answer",
	      0x82000000u);
OPTIONAL_CALL(sm_15_sip64, "SM-15", "call 0xc2000001: -1 or an answer",
	      0xc2000001u);
/* KVM's own services. */
OPTIONAL_CALL(sm_15_kvm32, "SM-15", "call 0x86000000: -1 or an answer",
	      0x86000000u);
OPTIONAL_CALL(sm_15_kvm64, "SM-15", "call 0xc6000000: -1 or an answer",
	      0xc6000000u);
OPTIONAL_CALL(sm_15_ffa, "SM-15", "FFA_VERSION: -1 or an answer",
	      0x84000063u);
OPTIONAL_CALL(sm_15_sdei, "SM-15", "SDEI_VERSION: -1 or an answer",
	      0xc4000020u);

/*
 * A function that takes no 64-bit argument has no SMC64 number (DEN0022
 * 5.2), and a number is what stands in w0: the rest of x0 may be ignored or
 * refused, but not taken for something else.
 */
UNKNOWN_CALL(ps_01_smc64, "PS-01", "PSCI_VERSION has no SMC64 number",
	     0xc4000000u);
UNKNOWN_CALL(ps_02_smc64, "PS-02", "PSCI_FEATURES has no SMC64 number",
	     0xc400000au);
UNKNOWN_CALL(ps_06_smc64, "PS-06", "MIGRATE_INFO_TYPE has no SMC64 number",
	     0xc4000006u);

#define JUNK		0xdeadbeef00000000ul

CHECK(54, ps_01_junk, ON_BOOT, "PS-01", "PSCI_VERSION with junk above w0")
{
	uint64_t answer;

	if (!psci_usable())
		return skip(NO_PSCI);
	call_prepare(JUNK | PSCI_VERSION);
	answer = call_prepared("PS-01");
	return want(answer == psci_version() || answer == UINT64_MAX,
		    "the version or -1", answer);
}

/* SMC32: x1 and x2 count up to bit 31 only (SMCCC 2.6). */
CHECK(54, ps_05_junk, ON_BOOT, "PS-05", "32-bit call ignores upper halves")
{
	uint64_t answer;

	if (!psci_usable())
		return skip(NO_PSCI);
	if (cpu->mpidr > UINT32_MAX)
		return skip("this CPU has an Aff3");
	call_prepare(PSCI_AFFINITY_INFO & ~(1u << 30));
	call_table.x[1] = JUNK | cpu->mpidr;
	call_table.x[2] = JUNK;
	answer = call_prepared("PS-05");
	if (answer == UINT64_MAX)
		return skip("no 32-bit AFFINITY_INFO");
	return want_equal(0, answer);
}
