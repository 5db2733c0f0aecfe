/* SPDX-License-Identifier: BSD-2-Clause */
/* A range of memory or of a file: [base, base + size), never wrapping. */
#ifndef REGION_H
#define REGION_H

#include "types.h"

struct region {
	uint64_t base;
	uint64_t size;
};

/* From numbers that we chose ourselves; a wrap is our bug and panics. */
struct region region_of(uint64_t base, uint64_t size);

/* From numbers of outside. Return: 0, -ERANGE if base + size wraps. */
int region_from(struct region *r, uint64_t base, uint64_t size);

/*
 * The part of @whole that starts @offset bytes in and is @size long.
 * Return: 0, -ERANGE if it does not lie wholly inside.
 */
int region_slice(struct region *part, struct region whole, uint64_t offset,
		 uint64_t size);

/* First byte after @r. A region may end at the very top only if empty. */
static inline uint64_t region_end(struct region r)
{
	return r.base + r.size;
}

/* An empty region overlaps none, and lies in another by its base. */
static inline bool region_is_empty(struct region r)
{
	return r.size == 0;
}

/* @inner, also an empty one, lies wholly in @outer. */
bool region_contains(struct region outer, struct region inner);

/* They have at least one byte in common. */
bool region_overlaps(struct region a, struct region b);

/* Grow outwards to multiples of @align, a power of two. */
struct region region_grow(struct region r, uint64_t align);

#endif
