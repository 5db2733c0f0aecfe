/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Secondary CPUs by spin table (BP-SPIN-01 to -05, HO-16, HO-18): each that
 * came out of reset waits in the reserved pages, and its node says where.
 * A PSCI of the tree would be nobody's here and goes.
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

static int apply(struct boot *boot, struct dt_edit *tree)
{
	const struct dt *dt = &boot->handed;
	const int cpus = dt_path(dt, "/cpus");
	int node = cpus < 0 ? cpus : dt_child(dt, cpus, -1);
	int err = dt_edit_remove_node(tree, "/psci");

	for (; node >= 0 && !err; node = dt_child(dt, cpus, node))
		if (dt_prop_is(dt, node, "device_type", "cpu"))
			err = park(boot, tree, node);
	if (mutation_is(MUTATION_SPIN_FREE) || mutation_is(MUTATION_SPIN_NODE))
		return err;
	return err ? err : dt_edit_reserve(tree, arch_spin_region());
}

static const struct fixup fixup_spin = { "spin-table", apply };
TABLE_ADD(fixup, 40, fixup_spin);
