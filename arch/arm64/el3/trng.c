/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The TRNG service (DEN 0098) for CPUs that have FEAT_RNG. RNDRRS and not
 * RNDR: it is reseeded from the true source for each number (Arm ARM
 * D24.2.147), so every bit that is handed out is fresh.
 */

#include "smccc.h"
#include "answers.h"
#include "mutation.h"

#define TRNG_VERSION		0x84000050u
#define TRNG_FEATURES		0x84000051u
#define TRNG_GET_UUID		0x84000052u
#define TRNG_RND32		0x84000053u
#define TRNG_RND64		(TRNG_RND32 | SMC_64)

#define TRNG_VERSION_1_0	0x10000
#define TRNG_INVALID_PARAMETERS	(-2)
#define TRNG_NO_ENTROPY		(-3)

/* As Linux: a source that fails so often has nothing to give. */
#define RNDRRS_TRIES		16

/* RNDRRS sets NZCV.Z when it has no number to give. */
static bool random_word(uint64_t *word)
{
	unsigned int tries;
	uint64_t failed;

	for (tries = 0; tries < RNDRRS_TRIES; tries++) {
		__asm__ volatile("mrs %0, " SYSREG_STRING(SYS_RNDRRS) "\n"
				 "cset %1, eq"
				 : "=r"(*word), "=r"(failed) : : "cc");
		if (!failed)
			return true;
	}
	return false;
}

/* x3 has the lowest bits, x1 the highest; what was not asked for is 0. */
static int64_t trng_rnd(uint64_t bits, unsigned int width, uint64_t *x)
{
	uint64_t random = 0, mask;
	bool fine = true;
	unsigned int i;

	if (!mutation_is(MUTATION_TRNG_LIMIT) && (!bits || bits > 3 * width))
		return TRNG_INVALID_PARAMETERS;
	for (i = 0; i < 3; i++) {
		mask = trng_mask(bits, width, i);
		fine = fine && (!mask || random_word(&random));
		if (mutation_is(MUTATION_TRNG_CONSTANT))
			random = width;
		if (mutation_is(MUTATION_TRNG_BEYOND))
			mask = ~0ull >> (64 - width);
		x[3 - i] = fine ? random & mask : 0;
	}
	return fine ? SMCCC_SUCCESS : TRNG_NO_ENTROPY;
}

/* c4dd6908-5b88-4bba-9632-4dfb136ab6e0: RNDRRS behind this monitor. */
static int64_t trng_uuid(uint64_t *x)
{
	if (mutation_is(MUTATION_TRNG_UUID))
		return SMCCC_NOT_SUPPORTED;
	x[1] = 0xba4b885b;
	x[2] = 0xfb4d3296;
	x[3] = 0xe0b66a13;
	return 0x0869ddc4;
}

static int64_t trng_features(uint32_t function)
{
	if (mutation_is(MUTATION_TRNG_FEATURES))
		return SMCCC_SUCCESS;
	return (function >= TRNG_VERSION && function <= TRNG_RND32) ||
	       function == TRNG_RND64 ? SMCCC_SUCCESS : SMCCC_NOT_SUPPORTED;
}

int64_t trng_call(uint32_t function, const uint64_t *args, uint64_t *x)
{
	if (!ID_FIELD(sysreg_read(ID_AA64ISAR0_EL1), 60))
		return SMCCC_NOT_SUPPORTED;
	switch (function) {
	case TRNG_VERSION:
		return TRNG_VERSION_1_0 - mutation_is(MUTATION_TRNG_VERSION);
	case TRNG_FEATURES:
		return trng_features(args[0]);
	case TRNG_GET_UUID:
		return trng_uuid(x);
	case TRNG_RND32:
		return trng_rnd(args[0],
				mutation_is(MUTATION_TRNG_WIDTH) ? 64 : 32, x);
	case TRNG_RND64:
		return trng_rnd(args[0], 64, x);
	}
	return SMCCC_NOT_SUPPORTED;
}
