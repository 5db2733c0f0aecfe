/* SPDX-License-Identifier: BSD-2-Clause */
/* Fills the memory map from the device tree: what is RAM, what is taken. */
#include "board.h"
#include "boot.h"
#include "err.h"
#include <string.h>

static int full(struct boot *boot, const char *object, int err)
{
	return boot_refuse(boot, err, object, err == -ENOSPC ?
			   "more ranges than the memory map has room for: "
			   "raise MEMMAP_*_MAX in include/memmap.h" :
			   "a range lies beyond 52 address bits: "
			   "correct the device tree");
}

/*
 * Each reg of each enabled memory node. Linux wants device_type, whatever
 * the node's name (HO-09).
 */
static int add_ram(struct boot *boot)
{
	const struct dt *dt = &boot->tree;
	int root = dt_root(dt), node = dt_child(dt, root, -1), err;
	struct region r;

	for (; node >= 0; node = dt_child(dt, root, node)) {
		if (!dt_prop_is(dt, node, "device_type", "memory") ||
		    !dt_is_enabled(dt, node))
			continue;
		for (unsigned int i = 0; !(err = dt_bus_reg(dt, root, node, i, &r));
		     i++) {
			err = memmap_add_ram(&boot->map, r);
			if (err)
				return full(boot, "memory", err);
		}
		if (err != -ENOENT)
			return boot_refuse(boot, err, "memory",
					   "%s has a reg that makes no sense: "
					   "correct the device tree",
					   dt_name(dt, node));
	}
	if (!boot->map.ram_count)
		return boot_refuse(boot, -ENOENT, "memory", "the device tree "
				   "names no RAM: add a /memory node with "
				   "device_type = \"memory\"");
	return 0;
}

/* Children of /reserved-memory; those with only a size are Linux's to place. */
static int claim_reserved(struct boot *boot)
{
	const struct dt *dt = &boot->tree;
	int parent = dt_path(dt, "/reserved-memory");
	int node = parent < 0 ? parent : dt_child(dt, parent, -1), err = 0;
	struct region r;

	for (; node >= 0 && !err; node = dt_child(dt, parent, node)) {
		enum memmap_use use = dt_prop(dt, node, "no-map", NULL)
					? MEMMAP_NOMAP : MEMMAP_RESERVED;

		if (!dt_is_enabled(dt, node))
			continue;
		for (unsigned int i = 0;
		     !err && !dt_bus_reg(dt, parent, node, i, &r); i++)
			err = memmap_claim(&boot->map, dt_name(dt, node), r,
					   use);
	}
	return err;
}

static int claim_reservations(struct boot *boot)
{
	struct region r;
	int err = 0;

	for (unsigned int i = 0; !err; i++) {
		if (dt_reservation(&boot->tree, i, &r) == -ENOENT)
			return 0;
		err = dt_reservation(&boot->tree, i, &r);
		if (!err)
			err = memmap_claim(&boot->map, "memreserve", r,
					   MEMMAP_RESERVED);
	}
	return err;
}

#ifdef CONFIG_EL3_PRESENT
struct region boot_monitor_region(void)
{
	return region_of(CONFIG_MONITOR_ADDR, CONFIG_MONITOR_SIZE);
}
#else
struct region boot_monitor_region(void)
{
	return region_of(0, 0);
}
#endif

/* Memory that we brought ourselves and that the tree knows nothing of. */
static int claim_ours(struct boot *boot)
{
	int err = memmap_claim(&boot->map, "loader", arch_loader_region(),
			       MEMMAP_LOADER);

	if (!err)
		err = memmap_claim(&boot->map, "monitor",
				   boot_monitor_region(), MEMMAP_NOMAP);
	return err;
}

static int check_loader(struct boot *boot)
{
	struct region loader = arch_loader_region();

	if (memmap_is_ram(&boot->map, loader))
		return 0;
	return boot_refuse(boot, -EFAULT, "memory",
			   "the loader at 0x%lx..0x%lx is not in RAM "
			   "(0x%lx..0x%lx ...): %s", loader.base,
			   region_end(loader), boot->map.ram[0].base,
			   region_end(boot->map.ram[0]), board.more_ram);
}

int board_read_memory(struct boot *boot)
{
	uint64_t total = 0;
	int err = add_ram(boot);

	if (err)
		return err;
	err = claim_reserved(boot);
	if (!err)
		err = claim_reservations(boot);
	if (!err)
		err = claim_ours(boot);
	if (err)
		return full(boot, "reserved", err);
	for (unsigned int i = 0; i < boot->map.ram_count; i++)
		total += boot->map.ram[i].size;
	boot_note(boot, "memory", "%lu MiB from 0x%lx on, %u range(s), "
		  "%u claimed", total / SZ_1M, boot->map.ram[0].base,
		  boot->map.ram_count, boot->map.used_count);
	return check_loader(boot);
}
