/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Arm Architecture service: which calls there are, what EL3 enables for
 * the levels below, and which CPU bugs they need not care for.
 */

#include "smccc.h"
#include "answers.h"
#include "mutation.h"

#define ARCH_FEATURES		0x80000001u
#define FEATURE_AVAILABILITY	0xc0000003u
#define ARCH_WORKAROUND_1	0x80008000u
#define ARCH_WORKAROUND_2	0x80007fffu
#define ARCH_WORKAROUND_3	0x80003fffu

/* The first version that has ARCH_FEATURE_AVAILABILITY. */
#define SMCCC_VERSION_1_5	0x10005

/* op0..op2 as they stand in an MRS instruction. */
#define SELECT_SCR_EL3		0x1e1100
#define SELECT_CPTR_EL3		0x1e1140
#define SELECT_MDCR_EL3		0x1e1320
#define SELECT_MPAM3_EL3	0x1ea500

#define ARCH_SOC_ID		0x80000002u
#define ARCH_WORKAROUND_4	0x80000004u

/* Unsafe test builds: is the fault the answer about this function? */
static bool is_mutated(uint32_t function)
{
	switch (function) {
	case ARCH_FEATURES: return mutation_is(MUTATION_ARCH_ITSELF);
	case ARCH_SOC_ID: return mutation_is(MUTATION_ARCH_SOC_ID);
	case ARCH_WORKAROUND_1: return mutation_is(MUTATION_WORKAROUND_1);
	case ARCH_WORKAROUND_2: return mutation_is(MUTATION_WORKAROUND_2);
	case ARCH_WORKAROUND_3: return mutation_is(MUTATION_WORKAROUND_3);
	case ARCH_WORKAROUND_4: return mutation_is(MUTATION_WORKAROUND_4);
	}
	return mutation_is(MUTATION_ARCH_UNKNOWN) &&
	       function != FEATURE_AVAILABILITY && function != SMCCC_VERSION;
}

static int64_t arch_features(uint32_t function)
{
	const uint64_t pfr0 = sysreg_read(ID_AA64PFR0_EL1);

	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD) && is_mutated(function))
		return mutation_is(MUTATION_ARCH_ITSELF) ?
		       SMCCC_NOT_SUPPORTED : 2;
	switch (function) {
	case SMCCC_VERSION:
	case ARCH_FEATURES:
	case FEATURE_AVAILABILITY:
		return SMCCC_SUCCESS;
	case ARCH_WORKAROUND_1:
		return workaround_1(pfr0);
	case ARCH_WORKAROUND_2:
		return workaround_2(sysreg_read(ID_AA64PFR1_EL1));
	case ARCH_WORKAROUND_3:
		return workaround_3(pfr0, sysreg_read(ID_AA64MMFR1_EL1));
	}
	return SMCCC_NOT_SUPPORTED;
}

/* What this CPU's registers say now, not what they were once told. */
static int64_t feature_availability(uint64_t selector, uint64_t *mask)
{
	const uint64_t pfr0 = sysreg_read(ID_AA64PFR0_EL1);
	const uint64_t dfr0 = sysreg_read(ID_AA64DFR0_EL1);

	*mask = 0;
	if (mutation_is(MUTATION_AVAILABILITY) && selector)
		return SMCCC_SUCCESS;
	if (mutation_is(MUTATION_AVAILABILITY_ANY) && !selector)
		return SMCCC_SUCCESS;
	switch (selector) {
	case SELECT_SCR_EL3:
		*mask = scr_available(sysreg_read(SCR_EL3), pfr0,
				      sysreg_read(ID_AA64ISAR0_EL1),
				      sysreg_read(ID_AA64MMFR1_EL1));
		return SMCCC_SUCCESS;
	case SELECT_CPTR_EL3:
		*mask = cptr_available(sysreg_read(CPTR_EL3), pfr0, dfr0);
		return SMCCC_SUCCESS;
	case SELECT_MDCR_EL3:
		*mask = mdcr_available(sysreg_read(MDCR_EL3), dfr0,
				       sysreg_read(ID_AA64MMFR0_EL1));
		return SMCCC_SUCCESS;
	case SELECT_MPAM3_EL3:
		if (has_mpam(pfr0, sysreg_read(ID_AA64PFR1_EL1)))
			*mask = ~sysreg_read(SYS_MPAM3_EL3) & MPAM3_TRAPLOWER;
		return SMCCC_SUCCESS;
	}
	return SMCCC_INVALID_PARAMETER;
}

int64_t arch_call(uint32_t function, const uint64_t *args, uint64_t *x)
{
	switch (function) {
	case SMCCC_VERSION:
		return SMCCC_VERSION_1_5 -
		       (mutation_is(MUTATION_SMCCC_VERSION) ? 5 : 0);
	case ARCH_FEATURES:
		return arch_features(args[0]);
	case FEATURE_AVAILABILITY:
		return feature_availability(args[0], &x[1]);
	case ARCH_WORKAROUND_1:
	case ARCH_WORKAROUND_3:
		/* Callable where it is announced; there is nothing to do. */
		return arch_features(function) < 0 ? SMCCC_NOT_SUPPORTED :
						     SMCCC_SUCCESS;
	}
	return SMCCC_NOT_SUPPORTED;
}
