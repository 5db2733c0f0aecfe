/* SPDX-License-Identifier: BSD-2-Clause */
/* The device tree reader: its nodes and properties. */
#include "dt_token.h"
#include "err.h"
#include <string.h>

int dt_root(const struct dt *dt)
{
	return (int)dt->structs;
}

static int next_unchecked(const struct dt *dt, int node, int *depth)
{
	uint32_t at = (uint32_t)node;
	struct dt_token t;

	for (; !dt_token(dt, at, &t); at = t.next) {
		if (t.kind == TOKEN_STOP)
			break;
		if (t.kind == TOKEN_END)
			--*depth;
		if (t.kind == TOKEN_BEGIN && at != (uint32_t)node) {
			++*depth;
			return (int)at;
		}
	}
	return -ENOENT;
}

/* Most of all that is done with a tree is this, so it takes no detour. */
int dt_next(const struct dt *dt, int node, int *depth)
{
	const uint8_t *p = dt->blob + node;
	uint32_t kind;
	int up = 0;

	if (IS_ENABLED(CONFIG_OPTIMIZE_SIZE) || !dt->checked)
		return next_unchecked(dt, node, depth);
	do {
		p = dt_behind(p);
		kind = dt_read32(p);
		up += kind == TOKEN_END;
	} while (kind != TOKEN_BEGIN && kind != TOKEN_STOP);
	*depth += 1 - up;
	return kind == TOKEN_BEGIN ? (int)(p - dt->blob) : -ENOENT;
}

int dt_child(const struct dt *dt, int parent, int previous)
{
	int depth = previous < 0 ? 0 : 1;
	int node = previous < 0 ? parent : previous;

	do {
		node = dt_next(dt, node, &depth);
	} while (node >= 0 && depth > 1);
	return depth == 1 ? node : -ENOENT;
}

int dt_parent(const struct dt *dt, int node)
{
	int above[DT_DEPTH_MAX + 1];
	int depth = 0;

	for (int at = dt_root(dt); at >= 0; at = dt_next(dt, at, &depth)) {
		if (depth < 0 || depth > DT_DEPTH_MAX)
			break;
		above[depth] = at;
		if (at == node)
			return depth ? above[depth - 1] : -ENOENT;
	}
	return -ENOENT;
}

static size_t path_part(const char *path)
{
	size_t length = 0;

	while (path[length] && path[length] != '/')
		length++;
	return length;
}

int dt_path(const struct dt *dt, const char *path)
{
	int node = dt_root(dt);

	while (node >= 0 && *path++ == '/' && *path) {
		size_t length = path_part(path);
		int child = dt_child(dt, node, -1);

		while (child >= 0 &&
		       !dt_same_name(dt_name(dt, child), path, length))
			child = dt_child(dt, node, child);
		node = child;
		path += length;
	}
	return node;
}

const char *dt_name(const struct dt *dt, int node)
{
	struct dt_token t;

	if (node < 0 || dt_token(dt, (uint32_t)node, &t) ||
	    t.kind != TOKEN_BEGIN)
		return "";
	return t.name;
}

static bool prop_unchecked(const struct dt *dt, uint32_t at, const char *name,
			   struct dt_prop *prop)
{
	struct dt_token t;

	if (dt_token(dt, at, &t))
		return false;
	while (!dt_token(dt, at = t.next, &t)) {
		if (t.kind == TOKEN_NOP)
			continue;
		if (t.kind != TOKEN_PROP)
			break;
		if (strcmp(t.name, name))
			continue;
		*prop = t.value;
		return true;
	}
	return false;
}

static bool prop_checked(const struct dt *dt, uint32_t at, const char *name,
			 struct dt_prop *prop)
{
	const char *strings = (const char *)dt->blob + dt->strings;
	const uint8_t *p = dt->blob + at;
	uint32_t kind;

	while ((kind = dt_read32(p = dt_behind(p))) == TOKEN_PROP ||
	       kind == TOKEN_NOP) {
		if (kind == TOKEN_NOP || strcmp(strings + dt_read32(p + 8), name))
			continue;
		*prop = (struct dt_prop){ p + 12, dt_read32(p + 4) };
		return true;
	}
	return false;
}

bool dt_prop(const struct dt *dt, int node, const char *name,
	     struct dt_prop *prop)
{
	struct dt_prop unused;

	if (node < 0)
		return false;
	if (!prop)
		prop = &unused;
	if (IS_ENABLED(CONFIG_OPTIMIZE_SIZE) || !dt->checked)
		return prop_unchecked(dt, (uint32_t)node, name, prop);
	return prop_checked(dt, (uint32_t)node, name, prop);
}

int dt_reservation(const struct dt *dt, unsigned int index, struct region *r)
{
	uint64_t at = (uint64_t)dt->reserve + 16ull * index;

	/* dt_open() saw the end of the list; stay inside all the same. */
	if (at + 16 > dt->size || !dt_read64(dt->blob + at + 8))
		return -ENOENT;
	return region_from(r, dt_read64(dt->blob + at),
			   dt_read64(dt->blob + at + 8));
}

const char *dt_prop_number(const struct dt *dt, int node, unsigned int index,
			   struct dt_prop *prop)
{
	uint32_t at = (uint32_t)node;
	struct dt_token t;

	if (node < 0 || dt_token(dt, at, &t))
		return NULL;
	while (!dt_token(dt, t.next, &t)) {
		if (t.kind == TOKEN_NOP)
			continue;
		if (t.kind != TOKEN_PROP)
			return NULL;
		if (index--)
			continue;
		*prop = t.value;
		return t.name;
	}
	return NULL;
}
