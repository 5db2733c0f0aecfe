/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Editing of device trees, with CONFIG_DTB_FIXUP: changes are noted and then
 * written in one pass over the tree. All functions return 0 or an error; one
 * that found no room (-ENOSPC) is told again by dt_edit_close().
 */
#ifndef DT_EDIT_H
#define DT_EDIT_H

#include "dt.h"
#include "region.h"
#include "types.h"

#define DT_EDIT_CHANGES		512	/* properties: two a CPU, and others */
#define DT_EDIT_NODES		64	/* new ones */
#define DT_EDIT_RESERVES	64
#define DT_EDIT_GONE		32	/* removed nodes */
#define DT_EDIT_DATA		(32 * SZ_1K)	/* of new names and values */

/* New nodes are numbered from here on, beyond every offset of a tree. */
#define DT_EDIT_NEW		0x40000000

/* A property that is set (or removed: no value) in a node. */
struct dt_change {
	int node;
	const char *name;
	const uint8_t *data;	/* NULL: removed */
	uint32_t size;
};

struct dt_new_node {
	int parent;
	const char *name;
};

/* A tree under the knife. Large: not for the stack. */
struct dt_edit {
	struct dt from;
	uint8_t *to;
	size_t room;
	int err;		/* the first change that found no room */
	unsigned int change_count, node_count, reserve_count, gone_count;
	size_t data_used;
	struct dt_change changes[DT_EDIT_CHANGES];
	struct dt_new_node nodes[DT_EDIT_NODES];
	struct region reserves[DT_EDIT_RESERVES];
	int gone[DT_EDIT_GONE];
	uint8_t data[DT_EDIT_DATA];
};

/*
 * Begin: @from has passed dt_open() and stays as it is until the end; the
 * result goes to @to, 8-byte aligned, of which up to @room bytes are used.
 */
void dt_edit_open(struct dt_edit *edit, const struct dt *from, void *to,
		  size_t room);

/*
 * Write the result; @size gets its totalsize, without padding.
 * Return: 0, -ENOSPC.
 */
int dt_edit_close(struct dt_edit *edit, uint32_t *size);

/*
 * The node with absolute @path, made if only its last component is missing.
 * Return: what stands for it in this edit, -ENOENT, -ENOSPC. The functions
 * below take such an error as their @node and return it.
 */
int dt_edit_node(struct dt_edit *edit, const char *path);

/*
 * Set a property: bytes, a string, a 32-bit or 64-bit big-endian number. What
 * was set before is forgotten. @name stays where it is until the end, the
 * value is copied.
 */
int dt_edit_set(struct dt_edit *edit, int node, const char *name,
		const void *data, size_t size);
int dt_edit_set_string(struct dt_edit *edit, int node, const char *name,
		       const char *value);
int dt_edit_set_u32(struct dt_edit *edit, int node, const char *name,
		    uint32_t value);
int dt_edit_set_u64(struct dt_edit *edit, int node, const char *name,
		    uint64_t value);

/* @r as reg with so many cells. -ERANGE if a number does not fit them. */
int dt_edit_set_reg(struct dt_edit *edit, int node, unsigned int address_cells,
		    unsigned int size_cells, struct region r);

/* Add a memory reservation. */
int dt_edit_reserve(struct dt_edit *edit, struct region r);

/* Remove the node of a path and all below it; 0 if it was not there. */
int dt_edit_remove_node(struct dt_edit *edit, const char *path);

/* Was that node of the old tree removed, itself and not one above it? */
bool dt_edit_is_gone(const struct dt_edit *edit, int node);

/* Remove a property; 0 if it was not there. */
int dt_edit_remove(struct dt_edit *edit, int node, const char *name);

/* What of an overlay does not fit; names inside the overlay, or NULL. */
struct dt_blame {
	const char *fragment;	/* "/fragment@0"; never NULL */
	const char *symbol;	/* a label that the tree lacks */
	const char *path;	/* a node that the tree lacks */
};

/*
 * Merge @overlay, which has passed dt_open(), into the tree at @blob with
 * @room bytes; both are spoilt if that fails half-way.
 * Return: 0, -ENOENT, with @blame; -EINVAL, -ENOSPC.
 */
int dt_overlay(void *blob, size_t room, const struct dt *overlay,
	       struct dt_blame *blame);

#endif
