/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "board": learn what this machine is and say so if it is the wrong one. */
#include "board.h"
#include "boot.h"
#include "driver.h"
#include "err.h"
#include "sha256.h"

enum gic { GIC_NONE, GIC_V2, GIC_V3 };

static const struct {
	char compatible[20];
	enum gic gic;
} gics[] = {
	{ "arm,gic-v3", GIC_V3 },
	{ "arm,gic-400", GIC_V2 },
	{ "arm,cortex-a15-gic", GIC_V2 },
	{ "arm,cortex-a7-gic", GIC_V2 },
	{ "arm,cortex-a9-gic", GIC_V2 },
};

static enum gic machine_gic(const struct dt *dt)
{
	for (size_t i = 0; i < ARRAY_SIZE(gics); i++) {
		int node = dt_compatible(dt, -1, gics[i].compatible);

		if (node >= 0 && dt_is_enabled(dt, node))
			return gics[i].gic;
	}
	return GIC_NONE;
}

/*
 * Entered at EL1 we leave the GIC to whoever set it up; then the check only
 * serves the reader of its text.
 */
static bool gic_matters(void)
{
	return IS_ENABLED(CONFIG_EL3_PRESENT) ||
	       IS_ENABLED(CONFIG_EL2_PRESENT) ||
	       IS_ENABLED(CONFIG_ERROR_TEXTS);
}

static int check_gic(struct boot *boot)
{
	static const char name[][8] = { "no GIC", "GICv2", "GICv3" };
	enum gic built = IS_ENABLED(CONFIG_GICV2) ? GIC_V2 :
			 IS_ENABLED(CONFIG_GICV3) ? GIC_V3 : GIC_NONE;
	enum gic found;

	if (built == GIC_NONE || !gic_matters())
		return 0;
	found = machine_gic(&boot->tree);
	if (built == found)
		return 0;
	return boot_refuse(boot, -ENODEV, "gic",
			   "built for %s, this machine has %s: %s",
			   name[built], name[found],
			   built == GIC_V3 ? board.use_gicv3
					   : board.use_gicv2);
}

/* Ours if EL3 is ours, none with a spin table; otherwise as /psci says. */
static enum psci_conduit find_conduit(const struct dt *dt)
{
	int node = dt_path(dt, "/psci");

	if (IS_ENABLED(CONFIG_SPIN_TABLE))
		return PSCI_NONE;
	if (IS_ENABLED(CONFIG_EL3_PRESENT) ||
	    dt_prop_is(dt, node, "method", "smc"))
		return PSCI_SMC;
	if (dt_prop_is(dt, node, "method", "hvc"))
		return PSCI_HVC;
	return PSCI_NONE;
}

static void probed(void *context, const struct driver *driver,
		   const struct device *device, int err)
{
	struct boot *boot = context;

	if (err)
		boot_warn(boot, driver->name, "%s at 0x%lx cannot be used (%s)",
			  device->compatible, device->regs.base,
			  err_name(err));
	else
		boot_debug(boot, driver->name, "%s at 0x%lx",
			   device->compatible, device->regs.base);
}

int step_board(struct boot *boot)
{
	int err;

	if (IS_ENABLED(CONFIG_TRUST))
		trust_announce(boot);
	else
		boot_note(boot, "trust", "off: what is not signed boots");
	if (IS_ENABLED(CONFIG_SHA256_CPU) && arch_has_sha256())
		sha256_use(arch_sha256_blocks);
	err = board_find_tree(boot);
	if (err)
		return err;
	if (!IS_ENABLED(CONFIG_FAIL_STOP))
		boot->conduit = find_conduit(&boot->tree);
	err = board_read_memory(boot);
	if (!err)
		err = check_gic(boot);
	if (err)
		return err;
	if (IS_ENABLED(CONFIG_DRIVERS))
		driver_probe_all(&boot->tree, false, probed, boot);
	if (IS_ENABLED(CONFIG_CPU_REPORT))
		board_report_cpu(boot);
	boot->checkpoint = memmap_checkpoint(&boot->map);
	return 0;
}
