/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the device tree reader: what it opens can be walked, and properties
 * lie in the tree.
 * link: lib/dt.c lib/dt_check.c lib/dt_reg.c lib/region.c
 */
#include "dt.h"
#include "err.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NODES_MAX	300u	/* looking at each is a walk of its own */
#define must(what)	do { if (!(what)) abort(); } while (0)

static void check_inside(const struct dt *dt, struct dt_prop prop)
{
	const uint8_t *end = dt->blob + dt->structs_end;

	must(prop.data >= dt->blob + dt->structs && prop.data <= end &&
	     prop.size <= (size_t)(end - prop.data));
}

static void look_at_props(const struct dt *dt, int node)
{
	struct dt_prop prop, first;
	const char *name, *why;
	uint64_t number;
	struct dt inner;

	for (unsigned int i = 0;
	     (name = dt_prop_number(dt, node, i, &prop)); i++) {
		check_inside(dt, prop);
		must(dt_prop(dt, node, name, &first));
		must(i || first.data == prop.data);
		dt_number(prop, &number);
		dt_cell(prop, prop.size / 4);
		dt_cells_at(prop, i, 2);
		dt_prop_is(dt, node, name, "okay");
		for (unsigned int n = 0; dt_string(prop, n); n++)
			must(strlen(dt_string(prop, n)) < prop.size);
		if (!dt_open_inside(&inner, prop, &why))
			dt_prop(&inner, dt_root(&inner), "compatible", &first);
	}
}

/* Is it the first one below the root? */
static bool is_first(const struct dt *dt, int node)
{
	return dt_child(dt, dt_root(dt), -1) == node;
}

static bool is_plain(const char *name)
{
	return *name && !strchr(name, '/');
}

static void look_at_node(const struct dt *dt, int node)
{
	const int parent = dt_parent(dt, node), child = dt_child(dt, node, -1);
	struct region r;
	char path[96];

	must(child < 0 || dt_parent(dt, child) == node);
	must(child < 0 || dt_child(dt, node, child) != child);
	dt_is_enabled(dt, node);
	dt_cells(dt, node);
	for (unsigned int i = 0; i < 3; i++) {
		if (!dt_reg(dt, node, i, &r))
			must(r.base + r.size >= r.base);
		if (parent >= 0 && !dt_bus_reg(dt, parent, node, i, &r))
			must(r.base + r.size >= r.base);
	}
	if (dt_path_of(dt, node, path, sizeof(path)))
		return;
	must(strlen(path) < sizeof(path) && *path == '/');
	/* The path of the root and of its first child mean just these. */
	if (parent < 0 || (is_first(dt, node) && is_plain(path + 1)))
		must(dt_path(dt, path) == node);
	else
		dt_path(dt, path);
}

static void walk(const struct dt *dt)
{
	struct region r;
	unsigned int count = 0;
	int depth = 0;

	for (int n = dt_root(dt); n >= 0; n = dt_next(dt, n, &depth)) {
		must(depth >= 0 && depth < DT_DEPTH_MAX);
		if (count++ >= NODES_MAX)
			return;
		look_at_props(dt, n);
		look_at_node(dt, n);
	}
	dt_path(dt, "/reserved-memory/x");
	for (int n = dt_compatible(dt, -1, "arm,gic-v3"); n >= 0;)
		n = dt_compatible(dt, n, "arm,gic-v3");
	for (unsigned int i = 0; !dt_reservation(dt, i, &r); i++)
		must(i < dt->size / 16);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *copy = aligned_alloc(8, ALIGN_UP(size + 1, 8));
	struct dt dt, sized;
	const char *why = NULL;
	int err;

	memcpy(copy, data, size);
	err = dt_open(&dt, copy, size, &why);
	must(!err || why);
	/* The other way to open is stricter. */
	if (!dt_open_sized(&sized, copy, size, size, &why))
		must(!err && sized.structs == dt.structs);
	if (!err) {
		must(dt_probe(copy, size) == dt.size);
		walk(&dt);
	}
	free(copy);
	return 0;
}
