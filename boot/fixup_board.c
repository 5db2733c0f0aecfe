/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the board wants otherwise in the tree that came with a kernel: devices
 * that need a firmware that is not there, or that the machine lacks.
 */
#include "fixup.h"
#include "board.h"
#include "err.h"

/* A specifier of no cells, so many times: a fixed clock for each input. */
static int set_clocks(const struct dt *dt, struct dt_edit *tree, int node,
		      const struct board_edit *e)
{
	uint32_t cells[BOARD_CLOCKS_MAX];
	struct dt_prop phandle;
	const int clock = dt_path(dt, e->clock);

	if (clock < 0 || !dt_prop(dt, clock, "phandle", &phandle) ||
	    e->count > BOARD_CLOCKS_MAX)
		return -ENOENT;
	for (unsigned int i = 0; i < e->count; i++)
		cells[i] = __builtin_bswap32(dt_cell(phandle, 0));
	return dt_edit_set(tree, node, e->property, cells,
			   e->count * sizeof(cells[0]));
}

static int change(const struct dt *dt, struct dt_edit *tree, int node,
		  const struct board_edit *e)
{
	if (e->clock)
		return set_clocks(dt, tree, node, e);
	if (e->string)
		return dt_edit_set_string(tree, node, e->property, e->string);
	return dt_edit_remove(tree, node, e->property);
}

static bool is_meant(const struct boot *boot, const struct board_edit *e)
{
	return dt_path(&boot->handed, e->node) >= 0 &&
	       !(e->if_untold && dt_path(&boot->tree, e->node) >= 0);
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	const struct dt *dt = &boot->handed;
	const struct board_edit *e = board.edits;
	unsigned int count = 0;
	int err = 0;

	if (region_is_empty(boot->devicetree))
		return 0;
	for (; e && e->node && !err; e++) {
		if (!is_meant(boot, e))
			continue;
		err = change(dt, tree, dt_edit_node(tree, e->node), e);
		count++;
	}
	if (!err && count)
		boot_debug(boot, "board", "%u properties of its own", count);
	return err;
}

static const struct fixup fixup_board = { "board", apply };
TABLE_ADD(fixup, 20, fixup_board);
