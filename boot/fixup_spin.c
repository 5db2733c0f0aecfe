/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Secondary CPUs by spin table (BP-SPIN-01 to -05, HO-16, HO-18): each that
 * came out of reset waits in the reserved pages, and its node says where.
 * A PSCI of the tree would be nobody's here and goes. CPUs that wait in the
 * spin table of an earlier stage come to ours first: its loop and words are
 * in memory of which we only know that the tree reserves it, and it starts a
 * CPU as it likes, perhaps at another level than the first (BP-CPU-07).
 */
#include "fixup.h"
#include "err.h"
#include "mutation.h"
#include "print.h"

#define CPU_PATH_LENGTH		64

static int set_cpu(struct dt_edit *tree, int node, uint64_t release)
{
	int err = dt_edit_set_string(tree, node, "enable-method",
				     "spin-table");

	/* 64 bits, whatever #address-cells says: Linux reads a u64. */
	return err ? err : dt_edit_set_u64(tree, node, "cpu-release-addr",
					   release);
}

/* Linux leaves a CPU alone that has failed. */
static int set_absent(struct boot *boot, struct dt_edit *tree, int node,
		      const char *name, int err)
{
	boot_warn(boot, name, "%s; it is marked as failed",
		  err == -ENOSPC ? "there is no record for this CPU: raise "
				   "NR_CPUS" :
		  "this CPU has not come out of reset: all must start in the "
		  "image, at the same level as the first");
	err = dt_edit_set_string(tree, node, "status", "fail");
	if (!err)
		err = dt_edit_remove(tree, node, "cpu-release-addr");
	return err ? err : dt_edit_set_string(tree, node, "enable-method",
					      "spin-table");
}

static int park(struct boot *boot, struct dt_edit *tree, int cpu)
{
	const struct dt *dt = &boot->handed;
	char path[CPU_PATH_LENGTH];
	struct dt_prop reg;
	uint64_t mpidr, release;
	int err;

	if (print_to(path, sizeof(path), "/cpus/%s", dt_name(dt, cpu)) >=
	    (int)sizeof(path) || !dt_prop(dt, cpu, "reg", &reg) ||
	    dt_number(reg, &mpidr))
		return -EINVAL;
	err = arch_spin_park(mpidr, &release);
	if (err)
		return set_absent(boot, tree, dt_edit_node(tree, path),
				  dt_name(dt, cpu), err);
	return set_cpu(tree, dt_edit_node(tree, path), release);
}

/* By the machine's own tree: that of a kernel only repeats it. */
static void fetch(struct boot *boot, int cpu)
{
	const struct dt *dt = &boot->tree;
	uint64_t mpidr, word;
	struct dt_prop prop;

	if (!dt_prop_is(dt, cpu, "enable-method", "spin-table") ||
	    !dt_prop(dt, cpu, "reg", &prop) || dt_number(prop, &mpidr) ||
	    mpidr == arch_mpidr() ||
	    !dt_prop(dt, cpu, "cpu-release-addr", &prop))
		return;
	if (dt_number(prop, &word) || arch_spin_fetch(word))
		boot_warn(boot, dt_name(dt, cpu), "its cpu-release-addr is no "
			  "place for a word: correct the device tree");
}

static void fetch_all(struct boot *boot)
{
	const struct dt *dt = &boot->tree;
	const int cpus = dt_path(dt, "/cpus");
	int node = cpus < 0 ? cpus : dt_child(dt, cpus, -1);

	for (; node >= 0; node = dt_child(dt, cpus, node))
		if (dt_prop_is(dt, node, "device_type", "cpu"))
			fetch(boot, node);
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	const struct dt *dt = &boot->handed;
	const int cpus = dt_path(dt, "/cpus");
	int node = cpus < 0 ? cpus : dt_child(dt, cpus, -1);
	int err = dt_edit_remove_node(tree, "/psci");

	fetch_all(boot);
	for (; node >= 0 && !err; node = dt_child(dt, cpus, node))
		if (dt_prop_is(dt, node, "device_type", "cpu"))
			err = park(boot, tree, node);
	if (mutation_is(MUTATION_SPIN_FREE) || mutation_is(MUTATION_SPIN_NODE))
		return err;
	return err ? err : dt_edit_reserve(tree, arch_spin_region());
}

static const struct fixup fixup_spin = { "spin-table", apply };
TABLE_ADD(fixup, 40, fixup_spin);
