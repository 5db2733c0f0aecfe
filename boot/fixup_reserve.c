/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /reserved-memory: what must survive us. The ledger always, the monitor if
 * it lies in memory that the tree calls RAM (BP-MEM-03, HO-12).
 */
#include "fixup.h"
#include "err.h"
#include "mutation.h"
#include "print.h"

#define PARENT		"/reserved-memory"
#define NAME_LENGTH	64

/* Linux ignores the whole node unless its cells equal the root's. */
static bool node_is_usable(const struct dt *dt)
{
	int node = dt_path(dt, PARENT);
	struct dt_cells cells = dt_cells(dt, node);
	struct dt_cells root = dt_cells(dt, dt_root(dt));

	return node < 0 || (cells.address == root.address &&
			    cells.size == root.size);
}

static int prepare(struct boot *boot, struct dt_edit *tree)
{
	struct dt_cells root = dt_cells(&boot->handed, dt_root(&boot->handed));
	int node = dt_edit_node(tree, PARENT);
	int err = dt_edit_set_u32(tree, node, "#address-cells", root.address);

	if (!err)
		err = dt_edit_set_u32(tree, node, "#size-cells", root.size);
	return err ? err : dt_edit_set(tree, node, "ranges", "", 0);
}

static int add_node(struct boot *boot, struct dt_edit *tree, const char *what,
		    struct region r, bool nomap)
{
	struct dt_cells cells = dt_cells(&boot->handed, dt_root(&boot->handed));
	char text[NAME_LENGTH];
	int err, node;

	print_to(text, sizeof(text), PARENT "/aglet-%s@%lx", what, r.base);
	node = dt_edit_node(tree, text);
	err = dt_edit_set_reg(tree, node, cells.address, cells.size, r);
	if (!err && nomap)
		err = dt_edit_set(tree, node, "no-map", "", 0);
	if (err)
		return err;
	print_to(text, sizeof(text), "aglet,%s", what);
	return dt_edit_set_string(tree, node, "compatible", text);
}

static int reserve(struct boot *boot, struct dt_edit *tree, const char *what,
		   struct region r, bool nomap)
{
	if (node_is_usable(&boot->handed))
		return add_node(boot, tree, what, r, nomap);
	boot_warn(boot, what, "only in the memory reservations: the tree's "
		  PARENT " has other cells than its root");
	return dt_edit_reserve(tree, r);
}

static bool monitor_in_ram(const struct boot *boot, struct region monitor)
{
	for (unsigned int i = 0; i < boot->map.ram_count; i++)
		if (region_overlaps(boot->map.ram[i], monitor))
			return true;
	return false;
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	struct region monitor = boot_monitor_region();
	int err = node_is_usable(&boot->handed) ? prepare(boot, tree) : 0;

	if (!err)
		err = reserve(boot, tree, "ledger", boot->place.ledger,
			      false);
	if (!err && monitor_in_ram(boot, monitor) &&
	    !mutation_is(MUTATION_MONITOR_FREE))
		err = reserve(boot, tree, "monitor", monitor, true);
	return err;
}

static const struct fixup fixup_reserve = { "reserve", apply };
TABLE_ADD(fixup, 50, fixup_reserve);
