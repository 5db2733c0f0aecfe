/* SPDX-License-Identifier: BSD-2-Clause */
/* Edits of a device tree as they are noted; dt_write.c writes the result. */
#include "dt_edit.h"
#include "dt_token.h"
#include "err.h"
#include <string.h>

void dt_edit_open(struct dt_edit *edit, const struct dt *from, void *to,
		  size_t room)
{
	edit->from = *from;
	edit->to = to;
	edit->room = room;
	edit->err = 0;
	edit->change_count = 0;
	edit->node_count = 0;
	edit->reserve_count = 0;
	edit->gone_count = 0;
	edit->data_used = 0;
}

static int full(struct dt_edit *edit)
{
	edit->err = -ENOSPC;
	return -ENOSPC;
}

/* A copy that lives as long as the edit; NULL if there is no room. */
static const void *keep(struct dt_edit *edit, const void *data, size_t size)
{
	uint8_t *to = edit->data + edit->data_used;

	if (size > sizeof(edit->data) - edit->data_used) {
		full(edit);
		return NULL;
	}
	memcpy(to, data, size);
	edit->data_used += size;
	return to;
}

bool dt_edit_is_gone(const struct dt_edit *edit, int node)
{
	for (unsigned int i = 0; i < edit->gone_count; i++)
		if (edit->gone[i] == node)
			return true;
	return false;
}

static int find_new(const struct dt_edit *edit, int parent, const char *name)
{
	for (unsigned int i = 0; i < edit->node_count; i++)
		if (edit->nodes[i].parent == parent &&
		    dt_same_name(edit->nodes[i].name, name, strlen(name)))
			return DT_EDIT_NEW + (int)i;
	return -ENOENT;
}

static int find_old(const struct dt_edit *edit, int parent, const char *name)
{
	const size_t length = strlen(name);
	int node;

	if (parent >= DT_EDIT_NEW)
		return -ENOENT;
	node = dt_child(&edit->from, parent, -1);
	while (node >= 0 && (dt_edit_is_gone(edit, node) ||
			     !dt_same_name(dt_name(&edit->from, node), name,
					   length)))
		node = dt_child(&edit->from, parent, node);
	return node;
}

static int find_child(const struct dt_edit *edit, int parent, const char *name)
{
	const int node = find_old(edit, parent, name);

	return node >= 0 ? node : find_new(edit, parent, name);
}

static int add_node(struct dt_edit *edit, int parent, const char *name)
{
	const char *kept = keep(edit, name, strlen(name) + 1);

	if (!kept || edit->node_count == DT_EDIT_NODES)
		return full(edit);
	edit->nodes[edit->node_count] = (struct dt_new_node){ parent, kept };
	return DT_EDIT_NEW + (int)edit->node_count++;
}

/*
 * The next component of @path into @name, and @path behind it.
 * Return: its length, 0 (no more), -ENOENT (longer than a path may have).
 */
static int component(const char **path, char *name, size_t size)
{
	size_t length;

	while (**path == '/')
		++*path;
	length = strcspn(*path, "/");
	if (length >= size)
		return -ENOENT;
	memcpy(name, *path, length);
	name[length] = '\0';
	*path += length;
	return (int)length;
}

/* Return: the node, -ENOENT; with @make the last component may be new. */
static int walk(struct dt_edit *edit, const char *path, bool make)
{
	char name[DT_NODE_NAME_MAX + 1];
	int node = dt_root(&edit->from), child, length;

	while ((length = component(&path, name, sizeof(name))) > 0) {
		child = find_child(edit, node, name);
		if (child < 0 && (!make || *path))
			return -ENOENT;
		node = child < 0 ? add_node(edit, node, name) : child;
		if (node < 0)
			return node;
	}
	return length < 0 ? length : node;
}

int dt_edit_node(struct dt_edit *edit, const char *path)
{
	return walk(edit, path, true);
}

int dt_edit_remove_node(struct dt_edit *edit, const char *path)
{
	const int node = walk(edit, path, false);

	if (node == -ENOENT)
		return 0;
	if (node <= dt_root(&edit->from) || node >= DT_EDIT_NEW)
		return -EINVAL;
	if (edit->gone_count == DT_EDIT_GONE)
		return full(edit);
	edit->gone[edit->gone_count++] = node;
	return 0;
}

/* The change of this property that was noted before, or a new one; NULL. */
static struct dt_change *change_for(struct dt_edit *edit, int node,
				    const char *name)
{
	for (unsigned int i = edit->change_count; i-- > 0;)
		if (edit->changes[i].node == node &&
		    !strcmp(edit->changes[i].name, name))
			return &edit->changes[i];
	if (edit->change_count == DT_EDIT_CHANGES)
		return NULL;
	return &edit->changes[edit->change_count++];
}

static int note(struct dt_edit *edit, int node, const char *name,
		const uint8_t *data, size_t size)
{
	struct dt_change *change = change_for(edit, node, name);

	if (!change)
		return full(edit);
	*change = (struct dt_change){ node, name, data, (uint32_t)size };
	return 0;
}

int dt_edit_set(struct dt_edit *edit, int node, const char *name,
		const void *data, size_t size)
{
	const uint8_t *kept;

	if (node < 0)
		return node;
	kept = keep(edit, data, size);
	return kept ? note(edit, node, name, kept, size) : -ENOSPC;
}

int dt_edit_remove(struct dt_edit *edit, int node, const char *name)
{
	return node < 0 ? node : note(edit, node, name, NULL, 0);
}

int dt_edit_set_string(struct dt_edit *edit, int node, const char *name,
		       const char *value)
{
	return dt_edit_set(edit, node, name, value, strlen(value) + 1);
}

int dt_edit_set_u32(struct dt_edit *edit, int node, const char *name,
		    uint32_t value)
{
	const uint32_t cell = __builtin_bswap32(value);

	return dt_edit_set(edit, node, name, &cell, sizeof(cell));
}

int dt_edit_set_u64(struct dt_edit *edit, int node, const char *name,
		    uint64_t value)
{
	const uint64_t cells = __builtin_bswap64(value);

	return dt_edit_set(edit, node, name, &cells, sizeof(cells));
}

/* Append @value as @count cells to @cells. */
static int put_cells(uint32_t *cells, unsigned int count, uint64_t value)
{
	if (count < 1 || count > 2 || (count == 1 && value >> 32))
		return -ERANGE;
	if (count == 2)
		*cells++ = __builtin_bswap32((uint32_t)(value >> 32));
	*cells = __builtin_bswap32((uint32_t)value);
	return 0;
}

int dt_edit_set_reg(struct dt_edit *edit, int node, unsigned int address_cells,
		    unsigned int size_cells, struct region r)
{
	uint32_t cells[4];
	int err = put_cells(cells, address_cells, r.base);

	if (!err)
		err = put_cells(cells + address_cells, size_cells, r.size);
	if (err)
		return err;
	return dt_edit_set(edit, node, "reg", cells,
			   (address_cells + size_cells) * sizeof(cells[0]));
}

int dt_edit_reserve(struct dt_edit *edit, struct region r)
{
	if (edit->reserve_count == DT_EDIT_RESERVES)
		return full(edit);
	edit->reserves[edit->reserve_count++] = r;
	return 0;
}
