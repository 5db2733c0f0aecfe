/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory in a tree that is not the machine's own: it came with a kernel and
 * cannot know how much there is, nor what firmware keeps (HO-09, BP-MEM-03).
 */
#include "fixup.h"
#include "err.h"
#include "print.h"

#define NAME_LENGTH	64

static int remove_nodes(const struct dt *dt, struct dt_edit *tree)
{
	int root = dt_root(dt), node = dt_child(dt, root, -1), err = 0;
	char path[NAME_LENGTH];

	for (; node >= 0 && !err; node = dt_child(dt, root, node)) {
		if (!dt_prop_is(dt, node, "device_type", "memory"))
			continue;
		err = dt_path_of(dt, node, path, sizeof(path));
		if (!err)
			err = dt_edit_remove_node(tree, path);
	}
	return err;
}

static int add_nodes(const struct boot *boot, struct dt_edit *tree)
{
	const struct dt_cells cells = dt_cells(&boot->handed,
					       dt_root(&boot->handed));
	char path[NAME_LENGTH];
	int err = 0, node;

	for (unsigned int i = 0; i < boot->map.ram_count && !err; i++) {
		const struct region r = boot->map.ram[i];

		print_to(path, sizeof(path), "/memory@%lx", r.base);
		node = dt_edit_node(tree, path);
		err = dt_edit_set_reg(tree, node, cells.address, cells.size, r);
		if (!err)
			err = dt_edit_set_string(tree, node, "device_type",
						 "memory");
	}
	return err;
}

/*
 * What the machine's tree keeps from everybody. Not the monitor, which gets a
 * node: Linux refuses to unmap what is reserved already.
 */
static int keep_reserved(const struct boot *boot, struct dt_edit *tree)
{
	int err = 0;

	for (unsigned int i = 0; i < boot->checkpoint && !err; i++) {
		const struct memmap_claim *claim = &boot->map.used[i];

		if ((claim->use == MEMMAP_RESERVED ||
		     claim->use == MEMMAP_NOMAP) &&
		    !region_is_empty(claim->region) &&
		    !region_overlaps(claim->region, boot_monitor_region()))
			err = dt_edit_reserve(tree, claim->region);
	}
	return err;
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	int err;

	if (region_is_empty(boot->devicetree))
		return 0;
	err = remove_nodes(&boot->handed, tree);
	if (!err)
		err = add_nodes(boot, tree);
	return err ? err : keep_reserved(boot, tree);
}

static const struct fixup fixup_memory = { "memory", apply };
TABLE_ADD(fixup, 10, fixup_memory);
