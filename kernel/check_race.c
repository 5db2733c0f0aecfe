/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about CPU_ON where it can go wrong; last, as they may lose a CPU. */
#include "machine.h"
#include "psci.h"
#include "race.h"
#include "smp.h"

#define ROUNDS		20
#define NO_PSCI		"no usable PSCI"

static int64_t affinity_info(const struct cpu *cpu)
{
	return psci(PSCI_AFFINITY_INFO, cpu->mpidr, 0, 0);
}

/* The @n-th CPU, from 0, that came and went twice in its own rows. */
static struct cpu *willing(unsigned int n)
{
	for (uint32_t i = 0; i < cpu_count; i++)
		if (&cpus[i] != boot_cpu() && cpus[i].calls.info_at_end == 1 &&
		    !n--)
			return &cpus[i];
	return NULL;
}

/*
 * The window between look and claim is short, so one round says little.
 * Without EL3, PSCI is that of the emulator, and QEMU 7.2 now and then
 * answers 0 to both: it marks the target only when the target itself runs.
 */
CHECK(90, ps_03_race, ON_END, "PS-03",
      "two CPUs racing for one target: one wins")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	if (!has_el3())
		return skip("no EL3, PSCI is not of a firmware");
	if (cpu_count < 3)
		return skip("fewer than three CPUs");
	if (!willing(1))
		return skip("fewer than two others came and went");
	announce_probe("PS-03");
	return race(willing(0), willing(1), ROUNDS);
}

/*
 * No instruction lies at an odd address. INVALID_ADDRESS came with PSCI 1.0;
 * before that it was INVALID_PARAMETERS, which QEMU's own PSCI 1.1 answers
 * to this day, taking bit 0 for a request to start in Thumb state.
 */
CHECK(91, ps_03_address, ON_END, "PS-03", "CPU_ON at an odd address is refused")
{
	struct cpu *target = willing(0);
	int64_t answer;

	if (!psci_usable())
		return skip(NO_PSCI);
	if (!target)
		return skip("no other CPU came and went");
	if (affinity_info(target) != 1)
		return skip("a row above has left the CPU on");
	announce_probe("PS-03");
	answer = psci(PSCI_CPU_ON, target->mpidr,
		      (uint64_t)secondary_entry + 1, 0);
	if (answer != PSCI_INVALID_ADDRESS && answer != PSCI_INVALID)
		return fail("-9 or -2", (uint64_t)answer);
	return want_equal(1, (uint64_t)affinity_info(target));
}
