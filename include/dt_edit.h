/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Editing of device trees, with CONFIG_DTB_FIXUP. lib/fdt.c is the door to
 * the library behind it; nobody else sees that. All functions return 0 or
 * -ENOSPC (the room is used up), -EINVAL (the tree is damaged) and what they
 * name themselves.
 */
#ifndef DT_EDIT_H
#define DT_EDIT_H

#include "region.h"
#include "types.h"

/* A tree under the knife. */
struct dt_edit {
	void *blob;
};

/*
 * Copy the tree at @from to @to without its padding. @from has passed
 * dt_open(); here the library checks it as well. -ENOSPC: > @room bytes.
 */
int dt_edit_copy(const void *from, void *to, size_t room);

/* Copy @from to @to and prepare it for edits that use up to @room bytes. */
int dt_edit_open(struct dt_edit *edit, const void *from, void *to,
		 size_t room);

/* Done: give back the unused room, check the result once more. */
int dt_edit_close(struct dt_edit *edit);

/*
 * The node with absolute @path, made if only its last component is missing.
 * Return: its offset, valid until a node is added elsewhere or a property
 * of another node changes, or an error, also -ENOENT. The functions below
 * take such an error as their @node and return it.
 */
int dt_edit_node(struct dt_edit *edit, const char *path);

/* Set a property: bytes, a string, a 32-bit or 64-bit big-endian number. */
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

/* Remove a property; 0 if it was not there. */
int dt_edit_remove(struct dt_edit *edit, int node, const char *name);

#endif
