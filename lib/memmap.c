/* SPDX-License-Identifier: BSD-2-Clause */
/* RAM, claims on it, and the search for a range that obeys a rule. */
#include "memmap.h"
#include "err.h"

/* No CPU of the architecture has more physical address bits (FEAT_LPA). */
#define ADDRESS_END	(1ull << 52)

static bool touches(struct region a, struct region b)
{
	return a.base <= region_end(b) && b.base <= region_end(a);
}

static void remove_ram(struct memmap *map, unsigned int index)
{
	map->ram_count--;
	for (; index < map->ram_count; index++)
		map->ram[index] = map->ram[index + 1];
}

/* Make @r as wide as the ranges that it touches, and remove those. */
static struct region absorb(struct memmap *map, struct region r)
{
	for (unsigned int i = 0; i < map->ram_count;) {
		struct region other = map->ram[i];
		uint64_t base, end;

		if (!touches(r, other)) {
			i++;
			continue;
		}
		base = r.base < other.base ? r.base : other.base;
		end = region_end(r) > region_end(other) ? region_end(r)
							: region_end(other);
		r = region_of(base, end - base);
		remove_ram(map, i);
	}
	return r;
}

int memmap_add_ram(struct memmap *map, struct region r)
{
	unsigned int at;

	if (region_is_empty(r))
		return 0;
	if (region_end(r) > ADDRESS_END)
		return -ERANGE;
	r = absorb(map, r);
	if (map->ram_count == MEMMAP_RAM_MAX)
		return -ENOSPC;
	for (at = map->ram_count++; at && map->ram[at - 1].base > r.base; at--)
		map->ram[at] = map->ram[at - 1];
	map->ram[at] = r;
	return 0;
}

int memmap_claim(struct memmap *map, const char *name, struct region r,
		 enum memmap_use use)
{
	if (map->used_count == MEMMAP_USED_MAX)
		return -ENOSPC;
	map->used[map->used_count++] = (struct memmap_claim){ r, use, name };
	return 0;
}

bool memmap_is_ram(const struct memmap *map, struct region r)
{
	for (unsigned int i = 0; i < map->ram_count; i++)
		if (region_contains(map->ram[i], r))
			return true;
	return false;
}

const struct memmap_claim *memmap_holder(const struct memmap *map,
					 struct region r, int except)
{
	for (unsigned int i = 0; i < map->used_count; i++)
		if ((int)i != except &&
		    region_overlaps(map->used[i].region, r))
			return &map->used[i];
	return NULL;
}

/* What of @claim is in the way under @rule: no-map spoils whole blocks. */
static struct region obstacle(const struct memmap_claim *claim,
			      const struct memmap_rule *rule)
{
	if (claim->use == MEMMAP_NOMAP)
		return region_grow(claim->region, rule->block);
	return claim->region;
}

/* The first obstacle that meets @r; empty if there is none. */
static struct region in_the_way(const struct memmap *map, struct region r,
				const struct memmap_rule *rule)
{
	for (unsigned int i = 0; i < map->used_count; i++) {
		struct region o = obstacle(&map->used[i], rule);

		if (region_overlaps(o, r))
			return o;
	}
	return region_of(0, 0);
}

/* The part of @ram where @rule allows a start to be looked for. */
static bool limits(struct region ram, const struct memmap_rule *rule,
		   uint64_t *low, uint64_t *high)
{
	*low = ALIGN_UP(ram.base, rule->block);
	*high = ALIGN_DOWN(region_end(ram), rule->block);
	if (*low < rule->window.base)
		*low = rule->window.base;
	if (*high > region_end(rule->window))
		*high = region_end(rule->window);
	return *low < *high && *high - *low >= rule->size;
}

/* Start at or above @from, its aligned base not below @ram. No wrap: < 2^53. */
static uint64_t start_above(uint64_t from, struct region ram,
			    const struct memmap_rule *rule)
{
	uint64_t base = ALIGN_UP(ram.base, rule->align);

	if (from > base + rule->offset)
		base = ALIGN_UP(from - rule->offset, rule->align);
	return base + rule->offset;
}

static bool search_up(const struct memmap *map, struct region ram,
		      const struct memmap_rule *rule, uint64_t *start)
{
	uint64_t low, high;
	struct region o;

	if (!limits(ram, rule, &low, &high))
		return false;
	for (*start = start_above(low, ram, rule);
	     *start <= high && high - *start >= rule->size;
	     *start = start_above(region_end(o), ram, rule)) {
		o = in_the_way(map, region_of(*start, rule->size), rule);
		if (region_is_empty(o))
			return true;
		if (region_end(o) >= high)
			return false;
	}
	return false;
}

static bool search_down(const struct memmap *map, struct region ram,
			const struct memmap_rule *rule, uint64_t *start)
{
	uint64_t low, high;
	struct region o;

	if (!limits(ram, rule, &low, &high))
		return false;
	while (high >= rule->size && high - rule->size >= rule->offset) {
		*start = ALIGN_DOWN(high - rule->size - rule->offset,
				    rule->align) + rule->offset;
		if (*start < low || *start - rule->offset < ram.base)
			return false;
		o = in_the_way(map, region_of(*start, rule->size), rule);
		if (region_is_empty(o))
			return true;
		high = o.base;
	}
	return false;
}

static bool search(const struct memmap *map, const struct memmap_rule *rule,
		   uint64_t *start)
{
	for (unsigned int n = 0; n < map->ram_count; n++) {
		unsigned int i = rule->highest ? map->ram_count - 1 - n : n;

		if (rule->highest ? search_down(map, map->ram[i], rule, start)
				  : search_up(map, map->ram[i], rule, start))
			return true;
	}
	return false;
}

int memmap_alloc(struct memmap *map, const char *name,
		 const struct memmap_rule *rule, struct region *r)
{
	uint64_t start;

	if (!rule->size || !rule->align || !rule->block ||
	    rule->size > ADDRESS_END ||
	    rule->offset > ADDRESS_END || rule->align > ADDRESS_END ||
	    rule->block > ADDRESS_END)
		return -EINVAL;
	if (!search(map, rule, &start))
		return -ENOMEM;
	*r = region_of(start, rule->size);
	return memmap_claim(map, name, *r, MEMMAP_PLACED);
}

unsigned int memmap_checkpoint(const struct memmap *map)
{
	return map->used_count;
}

void memmap_rollback(struct memmap *map, unsigned int checkpoint)
{
	map->used_count = checkpoint;
}
