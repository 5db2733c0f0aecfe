/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A read-only device tree reader: every read is bounds checked, every word is
 * read byte by byte, so that a bad tree gives a red row and not a crash.
 * Format: Devicetree Specification v0.4, chapter 5.
 */
#ifndef KERNEL_FDT_H
#define KERNEL_FDT_H

#include "types.h"

struct fdt {
	const uint8_t *base;
	uint32_t total;
	uint32_t version, last_comp;
	uint32_t structs, structs_size;	/* offset of the block, its size */
	uint32_t strings, strings_size;
	uint32_t reserves;
};

/* A node is the offset of its BEGIN token in the structure block. */
#define FDT_NONE	0xffffffffu
#define FDT_ROOT	0u

uint32_t fdt_be32(const uint8_t *p);
/* @cells (1 or 2) big-endian words; a higher count takes the last two. */
uint64_t fdt_cells(const uint8_t *p, uint32_t cells);

/*
 * Read the header at @address. Return: NULL, or what is wrong with it. Only
 * @f->total is valid if the magic was right.
 */
const char *fdt_open(struct fdt *f, uint64_t address);

/* Walk all tokens (HO-01). Return: NULL, or what is wrong. */
const char *fdt_check(const struct fdt *f);

const char *fdt_name(const struct fdt *f, uint32_t node);

/* The property's value and length, or NULL. */
const uint8_t *fdt_prop(const struct fdt *f, uint32_t node, const char *name,
			uint32_t *len);

/* A property that is a NUL-terminated string, or NULL. */
const char *fdt_string(const struct fdt *f, uint32_t node, const char *name);

/* A one-word property, or @otherwise. */
uint32_t fdt_u32(const struct fdt *f, uint32_t node, const char *name,
		 uint32_t otherwise);

/* First child (@previous = FDT_NONE) or the one after; FDT_NONE at the end. */
uint32_t fdt_child(const struct fdt *f, uint32_t node, uint32_t previous);

#define fdt_each_child(f, child, node)					\
	for (uint32_t child = fdt_child(f, node, FDT_NONE);		\
	     child != FDT_NONE; child = fdt_child(f, node, child))

/* The next node in document order, FDT_NONE after the last. */
uint32_t fdt_next(const struct fdt *f, uint32_t node);

uint32_t fdt_parent(const struct fdt *f, uint32_t node);

/* By absolute path; a component may leave out "@address". */
uint32_t fdt_path(const struct fdt *f, const char *path, uint32_t len);

/* The next enabled node after @from that lists @compatible; FDT_NONE. */
uint32_t fdt_compatible(const struct fdt *f, uint32_t from,
			const char *compatible);
bool fdt_is_compatible(const struct fdt *f, uint32_t node,
		       const char *compatible);

/* `status` is absent, "okay" or "ok". */
bool fdt_enabled(const struct fdt *f, uint32_t node);

/*
 * Entry @index of `reg` in the cells of the parent (2/1 by default, as the
 * specification says). Buses are taken as mapped 1:1. Return: it is there.
 */
bool fdt_reg(const struct fdt *f, uint32_t node, uint32_t index,
	     uint64_t *base, uint64_t *size);

/* Entry @index of the reserve map. Return: it lies inside the tree. */
bool fdt_reserve(const struct fdt *f, uint32_t index, uint64_t *base,
		 uint64_t *size);

#endif
