/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about firmware calls that start nothing: PSCI and SMCCC. */
#include "check.h"
#include "machine.h"
#include "psci.h"

#define NO_PSCI		"no usable PSCI"

CHECK(50, ps_01, ON_BOOT, "PS-01", "PSCI_VERSION is 0.2 or later")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	return want(psci_version() >= 2, "0x2 or more", psci_version());
}

static bool is_v1(void)
{
	return psci_usable() && psci_version() >= 0x10000;
}

static int64_t features(uint32_t function)
{
	return psci(PSCI_FEATURES, function, 0, 0);
}

/* What PSCI 1.0 calls mandatory (DEN0022 5.2) must be announced. */
static struct verdict announced(struct cpu *cpu, const void *arg)
{
	uint32_t function = (uint32_t)(arg - here(0));

	if (!is_v1())
		return skip("PSCI below 1.0");
	return want(features(function) >= 0, "PSCI_FEATURES to announce it",
		    (uint64_t)features(function));
}

#define ANNOUNCED(name, id, text, function) \
	CHECK_ROW(51, name, ON_BOOT, id, text, announced, function)

ANNOUNCED(ps_02_version, "PS-02", "PSCI_VERSION is announced", PSCI_VERSION);
ANNOUNCED(ps_02_features, "PS-02", "PSCI_FEATURES is announced",
	  PSCI_FEATURES);
ANNOUNCED(ps_03_feature, "PS-03", "CPU_ON is announced", PSCI_CPU_ON);
ANNOUNCED(ps_04_feature, "PS-04", "CPU_OFF is announced", PSCI_CPU_OFF);
ANNOUNCED(ps_05_feature, "PS-05", "AFFINITY_INFO is announced",
	  PSCI_AFFINITY_INFO);
ANNOUNCED(ps_09_feature, "PS-09", "SYSTEM_OFF is announced", PSCI_SYSTEM_OFF);
ANNOUNCED(ps_10_feature, "PS-10", "SYSTEM_RESET is announced",
	  PSCI_SYSTEM_RESET);
ANNOUNCED(ps_13_feature, "PS-13", "CPU_SUSPEND is announced",
	  PSCI_CPU_SUSPEND);

/* In the PSCI range, and nobody has given it a meaning. */
#define NO_FUNCTION	0x8400001eu

CHECK(51, ps_02_unknown, ON_BOOT, "PS-02", "an unknown function is not there")
{
	if (!is_v1())
		return skip("PSCI below 1.0");
	return want_equal((uint64_t)PSCI_NOT_SUPPORTED,
			  (uint64_t)features(NO_FUNCTION));
}

/* An affinity that no cpu node has. */
static uint64_t unknown_mpidr(void)
{
	uint64_t mpidr = 0x00eeddu;

	for (uint32_t i = 0; i < cpu_count; i++)
		if (cpus[i].mpidr == mpidr) {
			mpidr += 0x100;
			i = 0;
		}
	return mpidr;
}

CHECK(52, ps_03_unknown, ON_BOOT, "PS-03", "CPU_ON of no CPU is refused")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	return want_equal((uint64_t)PSCI_INVALID,
			  (uint64_t)psci(PSCI_CPU_ON, unknown_mpidr(),
					 (uint64_t)secondary_entry, 0));
}

CHECK(52, ps_03_self, ON_BOOT, "PS-03", "CPU_ON of the caller: already on")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	return want_equal((uint64_t)PSCI_ALREADY_ON,
			  (uint64_t)psci(PSCI_CPU_ON, cpu->mpidr,
					 (uint64_t)secondary_entry, 0));
}

CHECK(52, ps_05_self, ON_BOOT, "PS-05", "AFFINITY_INFO of the caller: on")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	return want_equal(0, (uint64_t)psci(PSCI_AFFINITY_INFO, cpu->mpidr, 0,
					    0));
}

CHECK(52, ps_05_unknown, ON_BOOT, "PS-05", "AFFINITY_INFO of no CPU: refused")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	return want_equal((uint64_t)PSCI_INVALID,
			  (uint64_t)psci(PSCI_AFFINITY_INFO, unknown_mpidr(),
					 0, 0));
}

CHECK(52, ps_06, ON_BOOT, "PS-06", "MIGRATE_INFO_TYPE is an answer of its own")
{
	int64_t type = psci(PSCI_MIGRATE_INFO_TYPE, 0, 0, 0);

	if (!psci_usable())
		return skip(NO_PSCI);
	return want(type >= -1 && type <= 2, "-1, 0, 1 or 2", (uint64_t)type);
}
