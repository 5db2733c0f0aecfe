/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows about PSCI functions that a firmware may leave out. PSCI_FEATURES and
 * the function itself must say the same; one that is there is called only
 * with arguments that it has to refuse, or that change nothing.
 */
#include "check.h"
#include "machine.h"
#include "psci.h"
#include "regs.h"

#define NO_V1			"PSCI below 1.0"
#define MIGRATE			0xc4000005u
#define MIGRATE_INFO_UP_CPU	0xc4000007u
#define CPU_FREEZE		0x8400000bu
#define CPU_DEFAULT_SUSPEND	0xc400000cu
#define NODE_HW_STATE		0xc400000du
#define SYSTEM_SUSPEND		0xc400000eu
#define SET_SUSPEND_MODE	0x8400000fu
#define STAT_RESIDENCY		0xc4000010u
#define STAT_COUNT		0xc4000011u
#define SYSTEM_RESET2		0xc4000012u
#define MEM_PROTECT		0x84000013u
#define MEM_CHECK_RANGE		0xc4000014u
#define SYSTEM_OFF2		0xc4000015u

/* No type of reset or power-off, no mode, no level has such a number. */
#define NO_SUCH			0x7ffffff0u
/* No instruction lies there. */
#define ODD_ADDRESS		1u

static int64_t features(uint32_t function)
{
	return psci(PSCI_FEATURES, function, 0, 0);
}

static int64_t call(const char *id, uint32_t function, uint64_t a1,
		    uint64_t a2)
{
	announce_probe(id);
	return psci(function, a1, a2, 0);
}

struct optional {
	link_t id;
	uint32_t function;
	uint32_t call_it;	/* @a1, @a2 are harmless if it is there */
	uint64_t a1, a2;
	int64_t low, high;	/* answers that are right then */
};

static struct verdict optional(struct cpu *cpu, const void *arg)
{
	const struct optional *o = arg;
	int64_t announced, answer;

	if (psci_version() < 0x10000)
		return skip(NO_V1);
	announced = features(o->function);
	if (announced != PSCI_NOT_SUPPORTED && announced < 0)
		return fail("PSCI_FEATURES: 0, 1 or -1", (uint64_t)announced);
	if (announced >= 0 && !o->call_it)
		return skip("the firmware has it, a call would not return");
	answer = call(here(o->id), o->function, o->a1, o->a2);
	if (announced < 0)
		return want_equal((uint64_t)PSCI_NOT_SUPPORTED,
				  (uint64_t)answer);
	return want(answer >= o->low && answer <= o->high,
		    "an answer that fits PSCI_FEATURES", (uint64_t)answer);
}

#define OPTIONAL(name, row_id, text, ...)				\
	static const struct optional name##_call = {			\
		LINK(row_id), __VA_ARGS__ };				\
	CHECK_ROW(52, name, ON_BOOT, row_id, text, optional, &name##_call)

OPTIONAL(ps_07, "PS-07", "MIGRATE_INFO_UP_CPU: as announced",
	 MIGRATE_INFO_UP_CPU, true, 0, 0, INT32_MIN, INT32_MAX);
OPTIONAL(ps_08, "PS-08", "MIGRATE to no CPU: as announced", MIGRATE, true,
	 NO_SUCH, 0, INT32_MIN, -1);
OPTIONAL(ps_11, "PS-11", "SYSTEM_RESET2 of no type: as announced",
	 SYSTEM_RESET2, true, NO_SUCH, 0, PSCI_INVALID, PSCI_INVALID);
OPTIONAL(ps_12, "PS-12", "SYSTEM_OFF2 of no type: as announced", SYSTEM_OFF2,
	 true, NO_SUCH, 0, PSCI_INVALID, PSCI_INVALID);
OPTIONAL(ps_14, "PS-14", "SET_SUSPEND_MODE of no mode: as announced",
	 SET_SUSPEND_MODE, true, NO_SUCH, 0, PSCI_INVALID, PSCI_INVALID);
OPTIONAL(ps_15, "PS-15", "SYSTEM_SUSPEND to nowhere: as announced",
	 SYSTEM_SUSPEND, true, ODD_ADDRESS, 0, PSCI_INVALID_ADDRESS,
	 PSCI_INVALID);
OPTIONAL(ps_16_freeze, "PS-16", "CPU_FREEZE: as announced", CPU_FREEZE, false,
	 0, 0, 0, 0);
OPTIONAL(ps_16_suspend, "PS-16", "CPU_DEFAULT_SUSPEND: as announced",
	 CPU_DEFAULT_SUSPEND, true, ODD_ADDRESS, 0, PSCI_INVALID_ADDRESS, 0);
OPTIONAL(ps_17, "PS-17", "NODE_HW_STATE of no level: as announced",
	 NODE_HW_STATE, true, 0, NO_SUCH, INT32_MIN, -1);
OPTIONAL(ps_18_time, "PS-18", "STAT_RESIDENCY: as announced", STAT_RESIDENCY,
	 true, 0, 0, 0, INT32_MAX);
OPTIONAL(ps_18_count, "PS-18", "STAT_COUNT: as announced", STAT_COUNT, true, 0,
	 0, 0, INT32_MAX);
OPTIONAL(ps_19_check, "PS-19", "MEM_PROTECT_CHECK_RANGE: as announced",
	 MEM_CHECK_RANGE, true, 0, 0, INT32_MIN, 0);
OPTIONAL(ps_19_protect, "PS-19", "MEM_PROTECT off: as announced", MEM_PROTECT,
	 true, 0, 0, 0, 1);

/* Which CPU that is has a meaning only for a trusted OS that sits on one. */
CHECK(53, ps_07_which, ON_BOOT, "PS-07", "the trusted OS sits on a CPU")
{
	int64_t type = psci(PSCI_MIGRATE_INFO_TYPE, 0, 0, 0);
	uint64_t where;

	if (type != 0 && type != 1)
		return skip("no trusted OS that sits on one CPU");
	where = firmware_call(MIGRATE_INFO_UP_CPU, 0, 0, 0);
	for (uint32_t i = 0; i < cpu_count; i++)
		if (cpus[i].mpidr == where)
			return pass();
	return fail("the MPIDR of a CPU", where);
}

/* Bit 0 of the features: OS-initiated mode, which SET_SUSPEND_MODE chooses. */
CHECK(53, ps_14_osi, ON_BOOT, "PS-14", "OS-initiated mode can be chosen")
{
	int64_t suspend = features(PSCI_CPU_SUSPEND);

	if (psci_version() < 0x10000)
		return skip(NO_V1);
	if (suspend < 0 || !(suspend & 1))
		return skip("no OS-initiated mode");
	return want_equal(0, (uint64_t)call("PS-14", SET_SUSPEND_MODE, 0, 0));
}

/* Bits 31 to 26 are reserved in both formats but for the type, bit 30. */
CHECK(53, ps_13_reserved, ON_BOOT, "PS-13", "CPU_SUSPEND to no state: refused")
{
	int64_t answer;

	if (psci_version() < 0x10000)
		return skip(NO_V1);
	if (features(PSCI_CPU_SUSPEND) < 0)
		return skip("no CPU_SUSPEND");
	announce_probe("PS-13");
	answer = psci(PSCI_CPU_SUSPEND, 1ul << 31, ODD_ADDRESS, 0);
	return want(answer == PSCI_INVALID || answer == PSCI_INVALID_ADDRESS,
		    "-2 or -9", (uint64_t)answer);
}

static int64_t pair_differs(uint32_t a, uint32_t b)
{
	return (features(a) >= 0) != (features(b) >= 0);
}

CHECK(53, ps_18_pair, ON_BOOT, "PS-18", "both statistics or none")
{
	if (psci_version() < 0x10000)
		return skip(NO_V1);
	return want_equal(0, (uint64_t)pair_differs(STAT_RESIDENCY,
						    STAT_COUNT));
}

CHECK(53, ps_19_pair, ON_BOOT, "PS-19", "MEM_PROTECT and its check, or none")
{
	if (psci_version() < 0x10000)
		return skip(NO_V1);
	return want_equal(0, (uint64_t)pair_differs(MEM_PROTECT,
						    MEM_CHECK_RANGE));
}
