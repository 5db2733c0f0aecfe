/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows that attack the firmware at EL3 through its calls: entry points that
 * it must not believe, CPUs that there are none, functions that nobody has.
 */
#include "irq.h"
#include "psci.h"
#include "regs.h"
#include "secure.h"
#include "smp.h"
#include "sweep.h"
#include "timer.h"

#define NO_SMCCC	"PSCI_FEATURES does not announce SMCCC_VERSION"

static const char *no_sweep(void)
{
	const char *why = no_monitor();

	return why || claims_smccc_1_1() ? why : NO_SMCCC;
}

static int64_t affinity_info(uint64_t mpidr)
{
	return psci(PSCI_AFFINITY_INFO, mpidr, 0, 0);
}

static struct cpu *resting_cpu(void)
{
	for (uint32_t i = 0; i < cpu_count; i++)
		if (&cpus[i] != boot_cpu() && cpus[i].calls.info_at_end == 1 &&
		    affinity_info(cpus[i].mpidr) == 1)
			return &cpus[i];
	return NULL;
}

/* The CPU that is asked for is off: only the address is wrong. */
CHECK(92, bp_iso_07, ON_END, "BP-ISO-07", "CPU_ON: no entry that makes no sense")
{
	const char *why = no_monitor();
	struct cpu *target = why ? NULL : resting_cpu();
	uint64_t entry;

	if (why)
		return skip(why);
	if (!target)
		return skip("no other CPU came and went");
	announce_probe("BP-ISO-07");
	for (unsigned int n = 0; bad_entry(n, &entry); n++) {
		int64_t answer = psci(PSCI_CPU_ON, target->mpidr, entry, 0);

		if (answer != PSCI_INVALID_ADDRESS && answer != PSCI_INVALID)
			return fail("-9 or -2 for each, not 0 for", entry);
	}
	return want_equal(1, (uint64_t)affinity_info(target->mpidr));
}

#define POWER_DOWN	(1ul << 16)

/* Back here, with a refusal or after a sleep: an entry is not needed then. */
static struct verdict suspend_to(uint64_t entry)
{
	int64_t answer;

	call_prepare(PSCI_CPU_SUSPEND);
	call_table.x[1] = POWER_DOWN;
	call_table.x[2] = entry;
	call_table.x[3] = 0;
	answer = (int32_t)call_silently();
	if (answer > 0 || answer < PSCI_INVALID_ADDRESS)
		return fail("0 or an error", (uint64_t)answer);
	for (unsigned int n = 18; n < ARRAY_SIZE(call_table.x); n++)
		if (call_table.x[n] != x_pattern(n))
			return want_equal(x_pattern(n), call_table.x[n]);
	return pass();
}

static struct verdict suspend_to_all(void)
{
	struct verdict v = pass();
	uint64_t entry;

	for (unsigned int n = 0; v.kind == VERDICT_OK && bad_entry(n, &entry);
	     n++)
		v = suspend_to(entry);
	return v;
}

/* An interrupt is pending, so that who sleeps all the same wakes up. */
CHECK(93, bp_iso_08, ON_END, "BP-ISO-08",
      "CPU_SUSPEND: no entry that makes no sense")
{
	const char *why = no_monitor();
	struct verdict v;

	if (!why)
		why = no_interrupt(boot_cpu());
	if (why)
		return skip(why);
	if (irq_raise() != timer_intid()) {
		irq_drop();
		return skip("no timer interrupt comes to end a sleep");
	}
	announce_probe("BP-ISO-08");
	v = suspend_to_all();
	irq_drop();
	return v;
}

CHECK(58, bp_iso_09, ON_BOOT, "BP-ISO-09", "no CPU where no affinity can be")
{
	static const uint64_t bits[] = {
		1ul << 24, 1ul << 30, 1ul << 31, 1ul << 40, 1ul << 63,
		0xff00fffffful, ~0xff00fffffful, UINT64_MAX
	};
	const char *why = no_monitor();

	if (why)
		return skip(why);
	announce_probe("BP-ISO-09");
	for (unsigned int i = 0; i < ARRAY_SIZE(bits); i++) {
		uint64_t mpidr = boot_cpu()->mpidr | bits[i];
		int64_t info = affinity_info(mpidr);

		if (info == PSCI_INVALID)
			info = psci(PSCI_CPU_ON, mpidr,
				    (uint64_t)secondary_entry, 0);
		if (info != PSCI_INVALID)
			return want_equal((uint64_t)PSCI_INVALID,
					  (uint64_t)info);
	}
	return pass();
}

CHECK(59, bp_iso_10, ON_BOOT, "BP-ISO-10",
      "calls of an owner that is nobody: -1 and nothing else")
{
	const char *why = no_sweep();
	const struct swept *s;

	if (why)
		return skip(why);
	s = short_sweep();
	sweep_tell(&s->answer);
	return want(!s->answer.found, "-1, and x1 to x3 kept",
		    s->answer.value);
}

CHECK(59, bp_iso_11, ON_BOOT, "BP-ISO-11", "no call loses x4 to x30 or SP")
{
	const char *why = no_sweep();
	const struct swept *s;

	if (why)
		return skip(why);
	s = short_sweep();
	sweep_tell(&s->lost);
	return want(!s->lost.found, "every register kept, not number",
		    s->lost.value);
}

CHECK(59, bp_iso_12, ON_BOOT, "BP-ISO-12", "no result points into secure memory")
{
	const char *why = no_sweep();
	const struct swept *s;

	if (!why && !secure()->monitor.size && !secure_range(SECURE_MEMORY, 0))
		why = "no secure memory in tree or aglet.secure=";
	if (why)
		return skip(why);
	s = short_sweep();
	sweep_tell(&s->pointer);
	return want(!s->pointer.found, "no address of secure memory",
		    s->pointer.value);
}
