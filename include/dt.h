/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reader of flattened device trees: bounds-checked, without a copy,
 * without state, small enough for the smallest variant. All that the loader
 * itself learns from a tree it learns here; editing is dt_edit.h.
 * Facts: Devicetree Specification v0.4, chapter 5 (the format), 2.3 (reg,
 * ranges, status).
 */
#ifndef DT_H
#define DT_H

#include "region.h"
#include "types.h"

#define DT_ALIGN	8		/* BP-DTB-01 */
#define DT_SIZE_MAX	SZ_2M		/* BP-DTB-02 */
#define DT_HEADER_SIZE	40u
#define DT_DEPTH_MAX	64		/* as deep as Linux follows */
#define DT_NODE_NAME_MAX	63		/* bytes of a node's name in a path */

/* A tree that dt_open() has checked. All offsets are into @blob. */
struct dt {
	const uint8_t *blob;
	uint32_t size;			/* totalsize of the header */
	uint32_t reserve;		/* offset of the memory reservations */
	uint32_t structs, structs_end;
	uint32_t strings, strings_end;
	uint32_t name_max;		/* bytes of a property's name */
	bool checked;			/* every token, by dt_open() */
};

/* The value of a property, inside the blob. */
struct dt_prop {
	const uint8_t *data;
	uint32_t size;
};

/*
 * The totalsize that the header at @blob announces, if magic and bounds are
 * right; @room is how many bytes may be read there.
 * Return: size in bytes, 0 if this is no device tree.
 */
uint32_t dt_probe(const void *blob, uint64_t room);

/*
 * Check header, reservations and every token of the tree at @blob, of which
 * @room bytes may be read. @why gets a fixed text on failure.
 * Return: 0, -EINVAL (broken), -ENOEXEC (no device tree at all), -ERANGE
 * (larger than @room or than DT_SIZE_MAX).
 */
int dt_open(struct dt *dt, const void *blob, uint64_t room, const char **why);

/*
 * The same for what is no tree of a machine, and comes from anybody: of up
 * to @max bytes, and with no more nodes, properties and longer names than
 * can be looked through in no time. -ERANGE: larger than @room or @max.
 */
int dt_open_sized(struct dt *dt, const void *blob, uint64_t room,
		  uint64_t max, const char **why);

/*
 * The tree that is the value of a property in another one, where it is
 * aligned to 4 only. Its header is checked; its tokens are not, so what it
 * says of itself may end early.
 */
int dt_open_inside(struct dt *dt, struct dt_prop value, const char **why);

/*
 * Nodes are named by the offset of their first token; negative is "none"
 * (-ENOENT). dt_next() goes in document order and keeps @depth (root 0).
 * dt_child() gives the child after @previous, the first for a negative one.
 */
int dt_root(const struct dt *dt);
int dt_next(const struct dt *dt, int node, int *depth);
int dt_child(const struct dt *dt, int parent, int previous);
int dt_parent(const struct dt *dt, int node);

/* By absolute path; a component without '@' matches any unit address. */
int dt_path(const struct dt *dt, const char *path);

/* The absolute path of @node. Return: 0, -ENOSPC (longer than @size - 1). */
int dt_path_of(const struct dt *dt, int node, char *path, size_t size);

/* The next node after @from (root if negative) compatible with @string. */
int dt_compatible(const struct dt *dt, int from, const char *string);

/* "" for the root. */
const char *dt_name(const struct dt *dt, int node);

/* Return: whether @node has @name; @prop (may be NULL) gets its value. */
bool dt_prop(const struct dt *dt, int node, const char *name,
	     struct dt_prop *prop);

/*
 * Property number @index of @node, in the order of the tree; its name, or
 * NULL if there are no more.
 */
const char *dt_prop_number(const struct dt *dt, int node, unsigned int index,
			   struct dt_prop *prop);

/* Property @name equals the one string @value. */
bool dt_prop_is(const struct dt *dt, int node, const char *name,
		const char *value);

/* String number @index of a string list, NULL if there is none. */
const char *dt_string(struct dt_prop prop, unsigned int index);

/* status is absent, "okay" or "ok" (only the node's own). */
bool dt_is_enabled(const struct dt *dt, int node);

/* Big-endian cell @index; 0 beyond the end. */
uint32_t dt_cell(struct dt_prop prop, unsigned int index);

/* @count cells (at most 2) from @first on as one number. */
uint64_t dt_cells_at(struct dt_prop prop, unsigned int first,
		     unsigned int count);

/* One or two cells by the property's length (HO-03). -EINVAL otherwise. */
int dt_number(struct dt_prop prop, uint64_t *value);

/* #address-cells and #size-cells that hold for the children of @node. */
struct dt_cells {
	unsigned int address;
	unsigned int size;
};
struct dt_cells dt_cells(const struct dt *dt, int node);

/*
 * Entry @index of the reg of @node as the CPU sees it, through the ranges
 * of every parent. Return: 0, -ENOENT (no such entry), -EINVAL (lengths do
 * not fit the cells), -EFAULT (a parent does not translate it), -ENOTSUP
 * (numbers of more than 64 bits), -ERANGE (it wraps).
 */
int dt_reg(const struct dt *dt, int node, unsigned int index,
	   struct region *r);

/*
 * The same as @bus, its parent, sees it: all that there is to it where the
 * parent is the root or, by its binding, does not translate.
 */
int dt_bus_reg(const struct dt *dt, int bus, int node, unsigned int index,
	       struct region *r);

/*
 * The bytes that a signature of mkimage covers: of the nodes @nodes all but
 * their data, of their children the names, and the first @strings_size bytes
 * of the strings. @nodes ascend.
 */
struct dt_signed {
	const int *nodes;
	unsigned int count;
	uint32_t strings_size;
};

/*
 * Give those bytes, piece by piece, to @take.
 * Return: 0, -EINVAL (a name of a property lies behind the signed strings, a
 * node is none).
 */
int dt_region(const struct dt *dt, const struct dt_signed *what,
	      void (*take)(void *context, const void *data, uint64_t size),
	      void *context);

/* Memory reservation @index. Return: 0, -ENOENT (end), -ERANGE. */
int dt_reservation(const struct dt *dt, unsigned int index,
		   struct region *r);

#endif
