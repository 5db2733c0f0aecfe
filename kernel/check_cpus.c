/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the cpu nodes and /psci of the device tree. */
#include "check.h"
#include "machine.h"
#include "psci.h"
#include "str.h"

#define NO_TREE		"no usable device tree"

static uint32_t psci_node(void)
{
	return fdt_path(&machine.fdt, "/psci", 5);
}

static const char *enable_method(const struct cpu *cpu)
{
	return fdt_string(&machine.fdt, cpu->node, "enable-method");
}

/* All CPUs are started in another way than by PSCI. */
static bool only_spin_tables(void)
{
	for (uint32_t i = 0; i < cpu_count; i++) {
		const char *method = enable_method(&cpus[i]);

		if (!method || !str_equal(method, "spin-table"))
			return false;
	}
	return true;
}

CHECK(45, bp_dtb_06, ON_BOOT, "BP-DTB-06", "every cpu node has enable-method")
{
	if (!have_fdt())
		return skip(NO_TREE);
	for (uint32_t i = 0; i < cpu_count; i++)
		if (cpus[i].node != FDT_NONE && !enable_method(&cpus[i]))
			return fail("enable-method for every MPIDR",
				    cpus[i].mpidr);
	return pass();
}

CHECK(45, ho_16, ON_BOOT, "HO-16", "enable-method is psci or spin-table")
{
	if (!have_fdt())
		return skip(NO_TREE);
	for (uint32_t i = 0; i < cpu_count; i++) {
		const char *method = enable_method(&cpus[i]);

		if (!method || (!str_equal(method, "psci") &&
				!str_equal(method, "spin-table")))
			return fail("psci or spin-table for every MPIDR",
				    cpus[i].mpidr);
	}
	return pass();
}

/* A CPU that spins cannot be unplugged, and PSCI does not know of it. */
CHECK(45, ho_18, ON_BOOT, "HO-18", "psci and spin-table are not mixed")
{
	bool psci = false, spin = false;

	if (!have_fdt())
		return skip(NO_TREE);
	for (uint32_t i = 0; i < cpu_count; i++) {
		const char *method = enable_method(&cpus[i]);

		psci |= method && str_equal(method, "psci");
		spin |= method && str_equal(method, "spin-table");
	}
	return want(!(psci && spin), "one enable-method for all CPUs", 2);
}

CHECK(64, ho_15_each, ON_CPU, "HO-15", "this CPU has a node of its own")
{
	uint32_t nodes = 0;

	if (!have_fdt())
		return skip(NO_TREE);
	for (uint32_t i = 0; i < cpu_count; i++)
		nodes += cpus[i].node != FDT_NONE &&
			 cpus[i].mpidr == current_mpidr();
	return want_equal(1, nodes);
}

CHECK(45, ho_15, ON_BOOT, "HO-15", "cpu nodes are unique, boot CPU is there")
{
	if (!have_fdt())
		return skip(NO_TREE);
	if (boot_cpu()->node == FDT_NONE)
		return fail("a cpu node for the boot CPU", cpu->mpidr);
	for (uint32_t i = 0; i < cpu_count; i++)
		for (uint32_t j = 0; j < i; j++)
			if (cpus[i].mpidr == cpus[j].mpidr)
				return fail("one node for each MPIDR",
					    cpus[i].mpidr);
	return pass();
}

CHECK(46, bp_psci_03, ON_BOOT, "BP-PSCI-03", "/psci is as its binding says")
{
	const struct fdt *f = &machine.fdt;
	uint32_t node, len;

	if (!have_fdt())
		return skip(NO_TREE);
	if (only_spin_tables())
		return skip("no CPU uses psci");
	node = psci_node();
	if (node == FDT_NONE)
		return fail("a node /psci", 0);
	if (machine.conduit == CONDUIT_NONE)
		return fail("method smc or hvc", 0);
	if (fdt_is_compatible(f, node, "arm,psci") &&
	    (!fdt_prop(f, node, "cpu_on", &len) ||
	     !fdt_prop(f, node, "cpu_off", &len)))
		return fail("cpu_on and cpu_off beside arm,psci", 0);
	return want(fdt_is_compatible(f, node, "arm,psci") ||
		    fdt_is_compatible(f, node, "arm,psci-0.2") ||
		    fdt_is_compatible(f, node, "arm,psci-1.0"),
		    "a compatible of PSCI", 0);
}

CHECK(46, ho_17, ON_BOOT, "HO-17", "/psci keeps what it promises")
{
	const struct fdt *f = &machine.fdt;
	uint32_t least = 0;

	if (machine.conduit == CONDUIT_NONE)
		return skip("no /psci");
	if (machine.conduit == CONDUIT_HVC && current_el() == 2)
		return fail("method smc, EL2 is ours", 0);
	if (fdt_is_compatible(f, psci_node(), "arm,psci-1.0"))
		least = 0x10000;
	else if (fdt_is_compatible(f, psci_node(), "arm,psci-0.2"))
		least = 2;
	if (!least)
		return skip("arm,psci promises no version");
	announce_probe("HO-17");
	return want(psci_version() >= least,
		    "the version that compatible promises", psci_version());
}
