/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory map: which addresses are RAM and who has a claim on which part.
 * Fixed-size tables; a table that is too small is an error, never a silent
 * loss. Claims are taken back in bulk by going back to a checkpoint.
 */
#ifndef MEMMAP_H
#define MEMMAP_H

#include "region.h"
#include "types.h"

#define MEMMAP_RAM_MAX		64
#define MEMMAP_USED_MAX		128

enum memmap_use {
	MEMMAP_RESERVED,	/* the device tree keeps it from everybody */
	MEMMAP_NOMAP,		/* the same, and it must not be mapped */
	MEMMAP_LOADER,		/* ours until the hand-off, then free */
	MEMMAP_PLACED,		/* handed over */
};

struct memmap_claim {
	struct region region;
	enum memmap_use use;
	const char *name;	/* lives as long as the map */
};

struct memmap {
	unsigned int ram_count, used_count;
	struct region ram[MEMMAP_RAM_MAX];	/* sorted, disjoint, merged */
	struct memmap_claim used[MEMMAP_USED_MAX];	/* as they came */
};

/* How a range is to be chosen. */
struct memmap_rule {
	uint64_t size;		/* bytes, not 0 */
	uint64_t align;		/* power of two */
	uint64_t offset;	/* start = multiple of align + offset */
	uint64_t block;		/* each block of this size that is touched is
				 * RAM without a no-map range (BP-DTB-03);
				 * power of two, 1 for "no such rule" */
	struct region window;	/* inside this */
	bool highest;		/* else lowest */
};

/* All addresses that a region can name. */
#define MEMMAP_ANYWHERE	((struct region){ 0, UINT64_MAX })

/*
 * RAM exists at @r; touching ranges become one. Empty ones are ignored.
 * Return: 0, -ENOSPC (table full), -ERANGE (beyond 52 address bits).
 */
int memmap_add_ram(struct memmap *map, struct region r);

/* Claim @r, which may overlap other claims. Return: 0, -ENOSPC. */
int memmap_claim(struct memmap *map, const char *name, struct region r,
		 enum memmap_use use);

/*
 * Choose a free range by @rule and claim it as MEMMAP_PLACED.
 * Return: 0, -ENOMEM (nothing obeys the rule), -ENOSPC, -EINVAL (the rule
 * itself makes no sense: size 0 or a number that wraps).
 */
int memmap_alloc(struct memmap *map, const char *name,
		 const struct memmap_rule *rule, struct region *r);

/* @r lies wholly in one piece of RAM. */
bool memmap_is_ram(const struct memmap *map, struct region r);

/* The first claim that meets @r, other than @except (-1: none); NULL. */
const struct memmap_claim *memmap_holder(const struct memmap *map,
					 struct region r, int except);

/* Take back all claims since the checkpoint. */
unsigned int memmap_checkpoint(const struct memmap *map);
void memmap_rollback(struct memmap *map, unsigned int checkpoint);

#endif
