/* SPDX-License-Identifier: BSD-2-Clause */
/* The device tree reader: what properties mean (strings, cells, addresses). */
#include "dt.h"
#include "err.h"
#include <string.h>

const char *dt_string(struct dt_prop prop, unsigned int index)
{
	const char *text = (const char *)prop.data;
	const char *end = text + prop.size;

	while (text < end) {
		const char *nul = memchr(text, 0, (size_t)(end - text));

		if (!nul)
			return NULL;
		if (!index--)
			return text;
		text = nul + 1;
	}
	return NULL;
}

bool dt_prop_is(const struct dt *dt, int node, const char *name,
		const char *value)
{
	struct dt_prop prop;
	const char *text;

	if (!dt_prop(dt, node, name, &prop))
		return false;
	text = dt_string(prop, 0);
	return text && !strcmp(text, value);
}

bool dt_is_enabled(const struct dt *dt, int node)
{
	return !dt_prop(dt, node, "status", NULL) ||
	       dt_prop_is(dt, node, "status", "okay") ||
	       dt_prop_is(dt, node, "status", "ok");
}

int dt_compatible(const struct dt *dt, int from, const char *string)
{
	struct dt_prop prop;
	const char *text;
	int depth = 0;
	int node = from < 0 ? dt_root(dt) : dt_next(dt, from, &depth);

	for (; node >= 0; node = dt_next(dt, node, &depth)) {
		if (!dt_prop(dt, node, "compatible", &prop))
			continue;
		for (unsigned int i = 0; (text = dt_string(prop, i)); i++)
			if (!strcmp(text, string))
				return node;
	}
	return -ENOENT;
}

uint32_t dt_cell(struct dt_prop prop, unsigned int index)
{
	const uint32_t *cells = (const void *)prop.data;	/* aligned */

	return index < prop.size / 4 ? __builtin_bswap32(cells[index]) : 0;
}

uint64_t dt_cells_at(struct dt_prop prop, unsigned int first,
		     unsigned int count)
{
	uint64_t value = 0;

	while (count--)
		value = value << 32 | dt_cell(prop, first++);
	return value;
}

int dt_number(struct dt_prop prop, uint64_t *value)
{
	if (prop.size != 4 && prop.size != 8)
		return -EINVAL;
	*value = dt_cells_at(prop, 0, prop.size / 4);
	return 0;
}

struct dt_cells dt_cells(const struct dt *dt, int node)
{
	struct dt_cells cells = { 1, 1 };	/* as Linux assumes, HO-09 */
	struct dt_prop prop;

	if (dt_prop(dt, node, "#address-cells", &prop))
		cells.address = dt_cell(prop, 0);
	if (dt_prop(dt, node, "#size-cells", &prop))
		cells.size = dt_cell(prop, 0);
	return cells;
}

static bool usable(struct dt_cells cells)
{
	return cells.address >= 1 && cells.address <= 2 && cells.size <= 2;
}

/* One step up: @r from the address space of @bus to that of its parent. */
static int translate(const struct dt *dt, int bus, int parent,
		     struct region *r)
{
	struct dt_cells in = dt_cells(dt, bus), out = dt_cells(dt, parent);
	unsigned int width = in.address + out.address + in.size;
	struct region window, part;
	struct dt_prop ranges;

	if (!dt_prop(dt, bus, "ranges", &ranges))
		return -EFAULT;
	if (!ranges.size)
		return 0;
	if (!usable(in) || !usable(out))
		return -ENOTSUP;
	for (unsigned int i = 0; i + width <= ranges.size / 4; i += width) {
		uint64_t to = dt_cells_at(ranges, i + in.address, out.address);

		if (region_from(&window, dt_cells_at(ranges, i, in.address),
				dt_cells_at(ranges, i + in.address + out.address,
					 in.size)) ||
		    !region_contains(window, *r))
			continue;
		if (region_from(&window, to, window.size) ||
		    region_slice(&part, window,
				 r->base - dt_cells_at(ranges, i, in.address),
				 r->size))
			return -ERANGE;
		*r = part;
		return 0;
	}
	return -EFAULT;
}

int dt_bus_reg(const struct dt *dt, int bus, int node, unsigned int index,
	       struct region *r)
{
	struct dt_cells cells = dt_cells(dt, bus);
	unsigned int width = cells.address + cells.size;
	struct dt_prop reg;

	if (!dt_prop(dt, node, "reg", &reg))
		return -ENOENT;
	if (!usable(cells))
		return -ENOTSUP;
	if (!reg.size || reg.size % (4 * width))
		return -EINVAL;
	if (index >= reg.size / (4 * width))
		return -ENOENT;
	return region_from(r, dt_cells_at(reg, index * width, cells.address),
			   dt_cells_at(reg, index * width + cells.address,
				    cells.size));
}

int dt_reg(const struct dt *dt, int node, unsigned int index,
	   struct region *r)
{
	int bus = dt_parent(dt, node), parent, err;

	if (bus < 0)
		return -ENOENT;
	err = dt_bus_reg(dt, bus, node, index, r);
	for (; !err && (parent = dt_parent(dt, bus)) >= 0; bus = parent)
		err = translate(dt, bus, parent, r);
	return err;
}

int dt_path_of(const struct dt *dt, int node, char *path, size_t size)
{
	size_t at = size - 1;	/* built from its end */

	path[at] = '\0';
	for (int up; (up = dt_parent(dt, node)) >= 0; node = up) {
		size_t length = strlen(dt_name(dt, node));

		if (length + 1 > at)
			return -ENOSPC;
		at -= length;
		memcpy(path + at, dt_name(dt, node), length);
		path[--at] = '/';
	}
	if (at == size - 1)
		path[--at] = '/';
	memmove(path, path + at, size - at);
	return 0;
}
