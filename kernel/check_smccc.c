/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the Arm architecture calls of SMCCC (DEN0028, SM-01 to SM-09). */
#include "machine.h"
#include "probe.h"
#include "psci.h"
#include "regs.h"

#define NO_SMCCC	"PSCI_FEATURES does not announce SMCCC_VERSION"
#define SOC_ID		0x80000002u
#define SOC_ID_64	0xc0000002u
#define WORKAROUND_1	0x80008000u
#define WORKAROUND_2	0x80007fffu
#define WORKAROUND_3	0x80003fffu
#define WORKAROUND_4	0x80000004u
#define AVAILABILITY	0xc0000003u

static bool has_smccc(void)
{
	return claims_smccc_1_1();
}

static int64_t arch_features(uint32_t function)
{
	return psci(SMCCC_ARCH_FEATURES, function, 0, 0);
}

/* A call with patterns, so that more than x0 can be looked at. */
static int64_t call(const char *id, uint32_t function, uint64_t a1)
{
	call_prepare(function);
	call_table.x[1] = a1;
	return (int32_t)call_prepared(id);
}

CHECK(53, sm_01, ON_BOOT, "SM-01", "SMCCC_VERSION is 1.1 or later")
{
	int64_t version;

	if (!has_smccc())
		return skip(NO_SMCCC);
	version = psci(SMCCC_VERSION, 0, 0, 0);
	return want(version >= 0x10001, "0x10001 or more", (uint64_t)version);
}

CHECK(53, sm_02, ON_BOOT, "SM-02", "SMCCC_ARCH_FEATURES knows itself")
{
	if (!has_smccc())
		return skip(NO_SMCCC);
	if (arch_features(SMCCC_VERSION) < 0 ||
	    arch_features(SMCCC_ARCH_FEATURES) < 0)
		return fail("SMCCC_VERSION and itself to be there",
			    (uint64_t)arch_features(SMCCC_ARCH_FEATURES));
	return want_equal((uint64_t)PSCI_NOT_SUPPORTED,
			  (uint64_t)arch_features(0x80003ffd));
}

/* Bit 31 of both numbers is 0, so they never look like an error. */
CHECK(53, sm_03, ON_BOOT, "SM-03", "SOC_ID: as announced")
{
	int64_t version, revision;

	if (!has_smccc())
		return skip(NO_SMCCC);
	version = call("SM-03", SOC_ID, 0);
	if (arch_features(SOC_ID) < 0)
		return want_equal((uint64_t)PSCI_NOT_SUPPORTED,
				  (uint64_t)version);
	revision = call("SM-03", SOC_ID, 1);
	return want(version >= 0 && revision >= 0, "a version and a revision",
		    (uint64_t)(version < 0 ? version : revision));
}

/* 136 bytes in x1..x17, the text ends in NUL. */
static bool is_name(void)
{
	for (unsigned int n = 1; n <= 17; n++)
		for (unsigned int i = 0; i < 64; i += 8) {
			uint8_t c = (uint8_t)(call_table.x[n] >> i);

			if (!c)
				return n > 1 || i;
			if (c < ' ' || c > '~')
				return false;
		}
	return false;
}

CHECK(53, sm_04, ON_BOOT, "SM-04", "the name of the SoC: -1 or a text")
{
	int64_t answer;

	if (!has_smccc())
		return skip(NO_SMCCC);
	answer = call("SM-04", SOC_ID_64, 2);
	if (answer)
		return want(answer == PSCI_NOT_SUPPORTED || answer == -3,
			    "0, -1 or -3", (uint64_t)answer);
	return want(is_name(), "a text in x1 to x17", call_table.x[1]);
}

struct workaround {
	link_t id;
	uint32_t function;
	int32_t low, high;	/* answers of ARCH_FEATURES that have a meaning */
};

/* If it is needed on this CPU the call itself must not harm anything. */
static struct verdict workaround(struct cpu *cpu, const void *arg)
{
	const struct workaround *w = arg;
	int64_t needed;

	if (!has_smccc())
		return skip(NO_SMCCC);
	needed = arch_features(w->function);
	if (needed < w->low || needed > w->high)
		return fail("an answer that has a meaning", (uint64_t)needed);
	if (needed < 0)
		return pass();
	call(here(w->id), w->function, 1);
	for (unsigned int n = 4; n <= 30; n++)
		if (call_table.x[n] != x_pattern(n))
			return want_equal(x_pattern(n), call_table.x[n]);
	return pass();
}

#define WORKAROUND(name, row_id, text, function, low, high)		\
	static const struct workaround name##_call = {			\
		LINK(row_id), function, low, high };			\
	CHECK_ROW(81, name, ON_CPU, row_id, text, workaround, &name##_call)

/* 0 needed, 1 this CPU is not affected, -1 nobody knows, -2 not required. */
WORKAROUND(sm_05, "SM-05", "ARCH_WORKAROUND_1 is 0, 1 or -1", WORKAROUND_1, -1,
	   1);
WORKAROUND(sm_06, "SM-06", "ARCH_WORKAROUND_2 is 0, 1, -1 or -2",
	   WORKAROUND_2, -2, 1);
WORKAROUND(sm_07, "SM-07", "ARCH_WORKAROUND_3 is 0, 1 or -1", WORKAROUND_3, -1,
	   1);
WORKAROUND(sm_08, "SM-08", "ARCH_WORKAROUND_4 is 0 or -1", WORKAROUND_4, -1,
	   0);

/* The register as MRS spells it (op0 to op2 from bit 19 on) is the selector. */
#define SCR_EL3		0x1e1100u
#define CPTR_EL3	0x1e1140u
#define MDCR_EL3	0x1e1320u

struct available {
	uint32_t reg, bit, gate;
};

/* 1 means that the feature can be used, also where the bit itself is a trap. */
static const struct available available[] = {
	{ SCR_EL3, 16, GATE_PAUTH },			/* APK */
	{ SCR_EL3, 25, FIELD(ID_PFR0, 56, 2) },		/* EnSCXT */
	{ SCR_EL3, 26, FIELD(ID_PFR1, 8, 2) },		/* ATA */
	{ SCR_EL3, 27, FIELD(ID_MMFR0, 56, 1) },	/* FGTEn */
	{ SCR_EL3, 28, FIELD(ID_MMFR0, 60, 2) },	/* ECVEn */
	{ SCR_EL3, 38, FIELD(ID_MMFR1, 40, 1) },	/* HXEn */
	{ SCR_EL3, 39, FIELD(ID_PFR1, 44, 1) },		/* GCSEn */
	{ SCR_EL3, 41, FIELD(ID_PFR1, 24, 1) },		/* EnTP2 */
	{ SCR_EL3, 43, FIELD(ID_MMFR3, 0, 1) },		/* TCR2En */
	{ SCR_EL3, 44, FIELD(ID_MMFR3, 4, 1) },		/* SCTLR2En */
	{ SCR_EL3, 45, FIELD(ID_MMFR3, 8, 1) },		/* PIEn */
	{ SCR_EL3, 59, FIELD(ID_MMFR0, 56, 2) },	/* FGTEn2 */
	{ CPTR_EL3, 8, FIELD(ID_PFR0, 32, 1) },		/* EZ */
	{ CPTR_EL3, 10, FIELD_NOT_F(ID_PFR0, 16, 0) },	/* TFP */
	{ CPTR_EL3, 12, FIELD(ID_PFR1, 24, 1) },	/* ESM */
	{ CPTR_EL3, 30, FIELD(ID_PFR0, 44, 1) },	/* TAM */
	{ MDCR_EL3, 6, FIELD_NOT_F(ID_DFR0, 8, 1) },	/* TPM */
	{ MDCR_EL3, 7, FIELD_NOT_F(ID_DFR0, 8, 9) },	/* EnPM2 */
};

/* All features of @reg that this CPU announces. */
static uint64_t announced(uint32_t reg)
{
	uint64_t bits = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(available); i++)
		if (available[i].reg == reg && gate_open(available[i].gate))
			bits |= 1ul << available[i].bit;
	return bits;
}

static struct verdict feature_availability(struct cpu *cpu, const void *arg)
{
	uint32_t reg = (uint32_t)(arg - here(0));
	uint64_t bits = announced(reg);

	if (!has_smccc())
		return skip(NO_SMCCC);
	if (arch_features(AVAILABILITY) < 0)
		return skip("no ARCH_FEATURE_AVAILABILITY");
	if (call("SM-09", AVAILABILITY, reg))
		return fail("x0 = 0", call_table.x[0]);
	/* The rows of these features have tried each of them on this CPU. */
	return want_equal(bits, call_table.x[1] & bits);
}

CHECK_ROW(85, sm_09_scr, ON_CPU, "SM-09", "SCR_EL3 lets all features through",
	  feature_availability, SCR_EL3);
CHECK_ROW(85, sm_09_cptr, ON_CPU, "SM-09",
	  "CPTR_EL3 lets all features through", feature_availability, CPTR_EL3);
CHECK_ROW(85, sm_09_mdcr, ON_CPU, "SM-09",
	  "MDCR_EL3 lets all features through", feature_availability, MDCR_EL3);

CHECK(53, sm_09_unknown, ON_BOOT, "SM-09", "features of no register: refused")
{
	int64_t answer;

	if (!has_smccc())
		return skip(NO_SMCCC);
	answer = call("SM-09", AVAILABILITY, 0);
	if (arch_features(AVAILABILITY) < 0)
		return want_equal((uint64_t)PSCI_NOT_SUPPORTED,
				  (uint64_t)answer);
	return want(answer < 0, "an error", (uint64_t)answer);
}
