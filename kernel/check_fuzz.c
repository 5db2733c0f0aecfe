/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls by the thousand, if bootargs ask for them: aglet.fuzz= says how many
 * at random (hexadecimal), aglet.seed= which. The same words make the same
 * calls. Last, whether the firmware still does its work.
 */
#include "print.h"
#include "psci.h"
#include "regs.h"
#include "secure.h"
#include "smp.h"
#include "str.h"
#include "sweep.h"

#define NUMBERS		0x10000u
#define SAMPLE_STEP	0x101u		/* 256 of them, all low bytes */
#define PROGRESS	0x10000u

static uint64_t state;

/* Xorshift64*: the same everywhere, which rand() is not. */
static uint64_t random(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * 0x2545f4914f6cdd1dul;
}

static uint64_t random_argument(void)
{
	uint64_t r = random();
	uint64_t some = nasty((unsigned int)(r >> 40) % NASTY);

	switch (r % 4) {
	case 0: return some;
	case 1: return some + (r >> 16 & 0xff) - 0x80;
	case 2: return r >> (r >> 8 & 63);
	}
	return random();
}

/* Any number; one near a service that is there; one of any owner. */
static uint64_t random_function(void)
{
	static const uint32_t services[] = {
		0x80000000u, 0x80008000u, 0x80003ff0u, 0x84000000u,
		0x84000000u, 0x84000050u, 0x84000060u, 0x8600ff00u
	};
	uint64_t r = random();

	switch (r % 4) {
	case 0: return random();
	case 1: return OWNER(r >> 8 & 63) | (r >> 16 & (NUMBERS - 1)) |
		       (r & 0x30) << 26;
	}
	return (services[r >> 8 & 7] + (r >> 16 & 31)) ^ (r & 0x40) << 24 ^
	       (r >> 24 & 0xf ? 0 : 1ul << (r >> 28 & 31));
}

static bool is_unowned(uint32_t function)
{
	uint32_t owner = function >> 24 & 63;

	return function & FAST && owner >= FIRST_UNOWNED &&
	       owner <= LAST_UNOWNED;
}

static void call_one(struct swept *s, uint64_t function,
		     const uint64_t args[3])
{
	if (!sweep_comes_back((uint32_t)function))
		return;
	sweep_call(s, function, args, is_unowned((uint32_t)function));
	if (!(s->calls % PROGRESS))
		announce_probe("BP-ISO-13");
}

/* Fast and yielding, 32 and 64 bits; every number of fast calls if @whole. */
static void sweep_owner(struct swept *s, uint32_t owner, bool whole)
{
	const uint64_t args[3] = { nasty(8), nasty(9), UINT64_MAX };

	for (uint32_t kind = 0; kind < 4; kind++)
		for (uint32_t n = 0; n < NUMBERS;
		     n += whole && kind >= 2 ? 1 : SAMPLE_STEP)
			call_one(s, kind << 30 | OWNER(owner) | n, args);
}

/* The fast calls of the Arm architecture and of the standard services. */
static bool is_swept_whole(uint32_t owner)
{
	return owner == 0 || owner == 4;
}

static void fuzz(struct swept *s, uint64_t calls)
{
	for (uint32_t owner = 0; owner < 64; owner++)
		sweep_owner(s, owner, is_swept_whole(owner));
	while (calls--) {
		const uint64_t args[3] = {
			random_argument(), random_argument(),
			random_argument()
		};

		call_one(s, random_function(), args);
	}
}

static uint64_t number(const char *word, uint64_t otherwise)
{
	size_t len;
	const char *text = bootarg(word, &len);
	uint64_t value = text ? parse_hex(text, len) : 0;

	return value ? value : otherwise;
}

static const char *no_fuzz(void)
{
	const char *why = no_monitor();
	size_t len;

	if (!why && !bootarg("aglet.fuzz", &len))
		why = "bootargs have no aglet.fuzz=";
	return why || claims_smccc_1_1() ? why : "no SMCCC 1.1";
}

CHECK(95, bp_iso_13, ON_END, "BP-ISO-13", "no call of a long fuzz harms or tells")
{
	static struct swept s;
	const char *why = no_fuzz();

	if (why)
		return skip(why);
	state = number("aglet.seed", 1);
	announce_probe("BP-ISO-13");
	fuzz(&s, number("aglet.fuzz", 0));
	print("# fuzz: %lu calls\n", s.calls);
	sweep_tell(&s.answer);
	sweep_tell(&s.lost);
	sweep_tell(&s.pointer);
	if (s.answer.found)
		return fail("-1, and x1 to x3 kept", s.answer.value);
	if (s.lost.found)
		return fail("every register kept, not number", s.lost.value);
	return want(!s.pointer.found, "no address of secure memory",
		    s.pointer.value);
}

static volatile bool came;

static void come(struct cpu *cpu __attribute__((unused)))
{
	came = true;
	dsb();
}

/* Once more to another CPU, which is the most that a firmware has to do. */
static struct verdict start_one(struct cpu *target)
{
	target->errand = come;
	dsb();
	if (cpu_start(target, 0))
		return fail("CPU_ON to return 0", target->mpidr);
	return want(cpu_wait_off(target) == 1 && came,
		    "the CPU to come and go", target->mpidr);
}

CHECK(99, bp_iso_14, ON_END, "BP-ISO-14", "the firmware has survived the attacks")
{
	const char *why = no_monitor();
	int64_t version;

	if (why)
		return skip(why);
	announce_probe("BP-ISO-14");
	version = psci(PSCI_VERSION, 0, 0, 0);
	if (version != psci_version())
		return want_equal(psci_version(), (uint64_t)version);
	if (psci(PSCI_AFFINITY_INFO, boot_cpu()->mpidr, 0, 0))
		return fail("this CPU to be on", boot_cpu()->mpidr);
	for (uint32_t i = 0; i < cpu_count; i++)
		if (&cpus[i] != boot_cpu() && cpus[i].calls.info_at_end == 1 &&
		    psci(PSCI_AFFINITY_INFO, cpus[i].mpidr, 0, 0) == 1)
			return start_one(&cpus[i]);
	return pass();
}
