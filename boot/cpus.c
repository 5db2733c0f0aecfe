/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Our monitor starts only CPUs that it has seen come out of reset. They come
 * when they come, so before the kernel may ask for them we have seen them.
 */
#include "boot.h"
#include "err.h"
#include "psci.h"

/* All left reset at once, so those that are not there are late together. */
#define PATIENCE_SECONDS	2

bool boot_cpu_comes(uint64_t mpidr, uint64_t since)
{
	const uint64_t limit = arch_counter_freq() * PATIENCE_SECONDS;

	while (arch_psci(PSCI_SMC, PSCI_AFFINITY_INFO_64, mpidr, 0, 0) ==
	       PSCI_INVALID_PARAMETERS) {
		if (arch_counter() - since > limit)
			return false;
		arch_pause();
	}
	return true;
}

void boot_await_cpus(struct boot *boot)
{
	const struct dt *dt = &boot->tree;
	const int cpus = dt_path(dt, "/cpus");
	const uint64_t since = arch_counter();
	int node = cpus < 0 ? cpus : dt_child(dt, cpus, -1);
	struct dt_prop reg;
	uint64_t mpidr;

	for (; node >= 0; node = dt_child(dt, cpus, node)) {
		if (!dt_prop_is(dt, node, "device_type", "cpu") ||
		    !dt_is_enabled(dt, node) ||
		    !dt_prop(dt, node, "reg", &reg) ||
		    dt_number(reg, &mpidr) || mpidr == arch_mpidr())
			continue;
		if (!boot_cpu_comes(mpidr, since))
			boot_warn(boot, dt_name(dt, node), "this CPU has not "
				  "come out of reset, or NR_CPUS has no place "
				  "for it: the kernel cannot start it");
	}
}
