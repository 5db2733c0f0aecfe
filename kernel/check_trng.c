/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the firmware's random numbers (DEN0098, SM-10 to SM-12). */
#include "check.h"
#include "psci.h"
#include "regs.h"
#include "time.h"

#define TRNG_VERSION	0x84000050u
#define TRNG_FEATURES	0x84000051u
#define TRNG_GET_UUID	0x84000052u
#define TRNG_RND32	0x84000053u
#define TRNG_RND64	0xc4000053u

#define NO_ENTROPY	(-3)
#define MOST_BITS	192u
/* NO_ENTROPY is allowed for a while, not for ever. */
#define PATIENCE_MS	1000

static const char *no_trng(void)
{
	if (!psci_usable())
		return "no usable PSCI";
	if (psci(TRNG_VERSION, 0, 0, 0) != PSCI_NOT_SUPPORTED)
		return NULL;
	return id_field(ID_ISAR0, 60) ?
	       "no TRNG service (the CPU has RNDR)" :
	       "no TRNG service, and the CPU has no RNDR";
}

CHECK(55, sm_10, ON_BOOT, "SM-10", "TRNG_VERSION is 1.0 or later")
{
	const char *why = no_trng();
	int64_t version = psci(TRNG_VERSION, 0, 0, 0);

	return why ? skip(why) :
	       want(version >= 0x10000, "0x10000 or more", (uint64_t)version);
}

CHECK(55, sm_11_features, ON_BOOT, "SM-11", "TRNG_FEATURES: as the service is")
{
	static const uint32_t all[] = {
		TRNG_VERSION, TRNG_FEATURES, TRNG_GET_UUID, TRNG_RND64
	};
	const char *why = no_trng();

	if (!psci_usable())
		return skip(why);
	/* Without the service all of it is unknown. */
	for (unsigned int i = 0; i < ARRAY_SIZE(all); i++) {
		int64_t answer = psci(TRNG_FEATURES, all[i], 0, 0);

		if (why ? answer != PSCI_NOT_SUPPORTED : answer < 0)
			return fail(why ? "-1" : "0 or more",
				    (uint64_t)answer);
	}
	return want_equal((uint64_t)PSCI_NOT_SUPPORTED,
			  (uint64_t)psci(TRNG_FEATURES, 0x8400005f, 0, 0));
}

CHECK(55, sm_11_uuid, ON_BOOT, "SM-11", "TRNG_GET_UUID names the source")
{
	const char *why = no_trng();

	if (why)
		return skip(why);
	call_prepare(TRNG_GET_UUID);
	call_prepared("SM-11");
	if (call_table.x[0] > UINT32_MAX || call_table.x[0] == UINT32_MAX)
		return fail("32 bits that are not all ones", call_table.x[0]);
	return want(call_table.x[0] | call_table.x[1] | call_table.x[2] |
		    call_table.x[3], "a UUID that is not 0", 0);
}

/* Return: the answer; the bits are in x3 (lowest), x2 and x1. */
static int64_t ask(uint32_t function, uint64_t bits)
{
	uint64_t end = deadline(PATIENCE_MS);
	int64_t answer;

	do {
		call_prepare(function);
		call_table.x[1] = bits;
		answer = (int64_t)call_prepared("SM-12");
	} while (answer == NO_ENTROPY && !expired(end));
	return answer;
}

static uint64_t mask(unsigned int bits)
{
	return bits >= 64 ? UINT64_MAX : (1ul << bits) - 1;
}

/* Everything beyond @bits is 0. Return: what is not. */
static uint64_t beyond(unsigned int bits)
{
	uint64_t wrong = call_table.x[3] & ~mask(bits);

	wrong |= call_table.x[2] & ~mask(bits > 64 ? bits - 64 : 0);
	return wrong | (call_table.x[1] & ~mask(bits > 128 ? bits - 128 : 0));
}

CHECK(55, sm_12_width, ON_BOOT, "SM-12", "TRNG_RND64 gives the bits asked for")
{
	static const uint8_t widths[] = { 1, 12, 63, 64, 65, 129, 191, 192 };
	const char *why = no_trng();

	if (why)
		return skip(why);
	for (unsigned int i = 0; i < ARRAY_SIZE(widths); i++) {
		int64_t answer = ask(TRNG_RND64, widths[i]);

		if (answer)
			return fail("x0 = 0", (uint64_t)answer);
		if (beyond(widths[i]))
			return fail("no bits beyond those asked for",
				    beyond(widths[i]));
	}
	return pass();
}

CHECK(55, sm_12_twice, ON_BOOT, "SM-12", "two calls give different numbers")
{
	const char *why = no_trng();
	uint64_t first[3];

	if (why)
		return skip(why);
	if (ask(TRNG_RND64, MOST_BITS))
		return fail("x0 = 0", call_table.x[0]);
	for (unsigned int i = 0; i < 3; i++)
		first[i] = call_table.x[1 + i];
	if (ask(TRNG_RND64, MOST_BITS))
		return fail("x0 = 0", call_table.x[0]);
	/* Word for word: a constant word is as bad as a constant number. */
	for (unsigned int i = 0; i < 3; i++)
		if (call_table.x[1 + i] == first[i] ||
		    first[i] == first[(i + 1) % 3])
			return fail("six different words", first[i]);
	return pass();
}

CHECK(55, sm_12_refused, ON_BOOT, "SM-12", "0 bits and 193 bits are refused")
{
	const char *why = no_trng();

	if (why)
		return skip(why);
	if (ask(TRNG_RND64, 0) != PSCI_INVALID)
		return want_equal((uint64_t)PSCI_INVALID, call_table.x[0]);
	return want_equal((uint64_t)PSCI_INVALID,
			  (uint64_t)ask(TRNG_RND64, MOST_BITS + 1));
}

CHECK(55, sm_12_32, ON_BOOT, "SM-12", "TRNG_RND32 fills 32 bits a register")
{
	const char *why = no_trng();
	int64_t answer;

	if (why)
		return skip(why);
	if (psci(TRNG_FEATURES, TRNG_RND32, 0, 0) < 0)
		return skip("no 32-bit call");
	answer = ask(TRNG_RND32, 96);
	if ((int32_t)answer)
		return fail("w0 = 0", (uint64_t)answer);
	return want(!((call_table.x[1] | call_table.x[2] | call_table.x[3]) >>
		      32), "nothing above bit 31", call_table.x[1]);
}
