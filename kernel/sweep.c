/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls the firmware with numbers and arguments that nobody should. */
#include "print.h"
#include "psci.h"
#include "regs.h"
#include "secure.h"
#include "sweep.h"

static void note(struct finding *finding, uint64_t function,
		 const uint64_t args[3], uint64_t value)
{
	if (finding->found)
		return;
	finding->found = true;
	finding->function = function;
	for (unsigned int i = 0; i < 3; i++)
		finding->args[i] = args[i];
	finding->value = value;
}

static bool is_kept(const uint64_t args[3])
{
	return call_table.x[1] == args[0] && call_table.x[2] == args[1] &&
	       call_table.x[3] == args[2];
}

/* A result is what did not go in; x0 went in as a number. */
static uint64_t pointer_in(const uint64_t args[3])
{
	if (points_into_secure(call_table.x[0]))
		return call_table.x[0];
	for (unsigned int i = 0; i < 3; i++)
		if (call_table.x[1 + i] != args[i] &&
		    points_into_secure(call_table.x[1 + i]))
			return call_table.x[1 + i];
	return 0;
}

static uint64_t lost_register(void)
{
	for (unsigned int n = 4; n < ARRAY_SIZE(call_table.x); n++)
		if (call_table.x[n] != x_pattern(n))
			return n;
	return call_table.sp == call_table.sp_after ? 0 : 31;
}

void sweep_call(struct swept *s, uint64_t function, const uint64_t args[3],
		bool unserved)
{
	uint64_t answer, pointer;

	call_prepare(function);
	for (unsigned int i = 0; i < 3; i++)
		call_table.x[1 + i] = args[i];
	answer = call_silently();
	s->calls++;
	if (unserved && (answer != UINT64_MAX || !is_kept(args)))
		note(&s->answer, function, args, answer);
	if (lost_register())
		note(&s->lost, function, args, lost_register());
	pointer = pointer_in(args);
	if (pointer)
		note(&s->pointer, function, args, pointer);
}

void sweep_tell(const struct finding *finding)
{
	if (finding->found)
		print("# the call: x0 0x%lx x1 0x%lx x2 0x%lx x3 0x%lx\n",
		      finding->function, finding->args[0], finding->args[1],
		      finding->args[2]);
}

/*
 * CPU_SUSPEND, CPU_OFF, CPU_ON, SYSTEM_OFF, SYSTEM_RESET, CPU_FREEZE,
 * CPU_DEFAULT_SUSPEND, SYSTEM_SUSPEND, SET_SUSPEND_MODE, SYSTEM_RESET2,
 * MEM_PROTECT, SYSTEM_OFF2: bit n is function 0x84000000 + n.
 */
#define GOES_AWAY	0x2cdb0eu
#define SVE_HINT	(1u << 16)
#define PSCI_FIRST	0x84000000u

bool sweep_comes_back(uint32_t function)
{
	uint32_t number = (function & ~(SMC64 | SVE_HINT)) - PSCI_FIRST;

	return number >= 32 || !(GOES_AWAY >> number & 1);
}

uint64_t nasty(unsigned int n)
{
	static const uint64_t fixed[] = {
		0, 1, 0x7fffffff, 0x80000000, UINT32_MAX, 1ul << 63,
		UINT64_MAX, UINT64_MAX - 7
	};
	uint64_t entry;

	if (n < ARRAY_SIZE(fixed))
		return fixed[n];
	return bad_entry(n - (unsigned int)ARRAY_SIZE(fixed), &entry) ?
	       entry : 0;
}

/* Some calls of a service, beside the one that is there. */
static void sweep_unowned(struct swept *s)
{
	static const uint16_t number[] = { 0, 0xff01 };
	const uint64_t args[3] = { nasty(8), 1ul << 63, UINT64_MAX };

	for (uint32_t owner = FIRST_UNOWNED; owner <= LAST_UNOWNED; owner++)
		for (unsigned int i = 0; i < 2 * ARRAY_SIZE(number); i++)
			sweep_call(s, FAST | OWNER(owner) | number[i / 2] |
				   (i & 1 ? SMC64 : 0), args, true);
}

/* Functions that change nothing, with arguments that make no sense. */
static void sweep_served(struct swept *s)
{
	static const uint32_t served[] = {
		PSCI_VERSION, PSCI_FEATURES, PSCI_AFFINITY_INFO,
		PSCI_AFFINITY_INFO & ~SMC64, PSCI_MIGRATE_INFO_TYPE,
		SMCCC_VERSION, SMCCC_ARCH_FEATURES, 0x80000002u, 0xc0000003u,
		0x84000050u, 0x84000051u, 0x84000052u, 0x84000053u,
		0xc4000053u,
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(served); i++)
		for (unsigned int n = 0; n < NASTY; n++) {
			const uint64_t args[3] = {
				nasty(n), nasty((n + 5) % NASTY),
				nasty((n + 7) % NASTY)
			};

			sweep_call(s, served[i], args, false);
		}
}

const struct swept *short_sweep(void)
{
	static struct swept swept;

	if (swept.calls)
		return &swept;
	announce_probe("BP-ISO-10");
	sweep_unowned(&swept);
	announce_probe("BP-ISO-11");
	sweep_served(&swept);
	return &swept;
}
