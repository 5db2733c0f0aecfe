/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /psci and the enable-method of every CPU (HO-16, HO-17, BP-DTB-06). When
 * EL3 is ours we write them; somebody else's PSCI stays as the tree says,
 * and only a CPU that has no enable-method gets one, as booting.rst asks.
 */
#include "fixup.h"
#include "err.h"
#include "print.h"

#define CPU_PATH_LENGTH		64

/* Function numbers and node contents of PSCI 0.1, which we do not speak. */
static const char *const old_properties[] = {
	"cpu_suspend", "cpu_off", "cpu_on", "migrate", "status",
};

/* The node stays if there is one: others may refer to its phandle. */
static int set_psci(struct dt_edit *tree)
{
	static const char compatible[] = "arm,psci-1.0\0arm,psci-0.2";
	int node = dt_edit_node(tree, "/psci"), err = 0;

	for (size_t i = 0; i < ARRAY_SIZE(old_properties) && !err; i++)
		err = dt_edit_remove(tree, node, old_properties[i]);
	if (!err)
		err = dt_edit_set(tree, node, "compatible", compatible,
				  sizeof(compatible));
	return err ? err : dt_edit_set_string(tree, node, "method", "smc");
}

/* Our monitor will never start it; Linux leaves a CPU alone that has failed. */
static bool is_absent(const struct dt *dt, int cpu, uint64_t since)
{
	struct dt_prop reg;
	uint64_t mpidr;

	return IS_ENABLED(CONFIG_EL3_PRESENT) && dt_is_enabled(dt, cpu) &&
	       dt_prop(dt, cpu, "reg", &reg) && !dt_number(reg, &mpidr) &&
	       mpidr != arch_mpidr() && !boot_cpu_comes(mpidr, since);
}

static int set_cpu(struct boot *boot, struct dt_edit *tree, int cpu,
		   uint64_t since)
{
	const char *name = dt_name(&boot->handed, cpu);
	char path[CPU_PATH_LENGTH];
	int node, err = 0;

	if (print_to(path, sizeof(path), "/cpus/%s", name) >=
	    (int)sizeof(path))
		return -EINVAL;
	node = dt_edit_node(tree, path);
	if (is_absent(&boot->handed, cpu, since)) {
		boot_warn(boot, name, "this CPU has not come out of reset, or "
			  "NR_CPUS has no place for it: it is marked as "
			  "failed");
		err = dt_edit_set_string(tree, node, "status", "fail");
	}
	if (!err)
		err = dt_edit_remove(tree, node, "cpu-release-addr");
	return err ? err : dt_edit_set_string(tree, node, "enable-method",
					      "psci");
}

/* Does the tree leave it to us how this CPU is started? */
static bool wants_method(const struct dt *dt, int cpu)
{
	if (!dt_prop_is(dt, cpu, "device_type", "cpu"))
		return false;
	return IS_ENABLED(CONFIG_EL3_PRESENT) ||
	       !dt_prop(dt, cpu, "enable-method", NULL);
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	const struct dt *dt = &boot->handed;
	const uint64_t since = arch_counter();
	int psci = dt_path(dt, "/psci"), cpus = dt_path(dt, "/cpus");
	int node, err = 0;
	unsigned int count = 0;

	if (IS_ENABLED(CONFIG_EL3_PRESENT))
		err = set_psci(tree);
	else if (psci < 0 || !dt_is_enabled(dt, psci))
		return 0;
	node = cpus < 0 ? cpus : dt_child(dt, cpus, -1);
	for (; node >= 0 && !err; node = dt_child(dt, cpus, node)) {
		if (!wants_method(dt, node))
			continue;
		err = set_cpu(boot, tree, node, since);
		count++;
	}
	if (!err && count)
		boot_debug(boot, "psci", "enable-method of %u cpu(s)", count);
	return err;
}

static const struct fixup fixup_psci = { "psci", apply };
TABLE_ADD(fixup, 40, fixup_psci);
