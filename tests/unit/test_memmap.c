/* SPDX-License-Identifier: BSD-2-Clause */
/* The memory map: refusals, then the search against brute force. */
#include "err.h"
#include "memmap.h"
#include "unit.h"
#include <string.h>

static struct memmap map;

static struct memmap_rule rule_of(uint64_t size, uint64_t align)
{
	return (struct memmap_rule){ .size = size, .align = align, .block = 1,
				     .window = MEMMAP_ANYWHERE };
}

static void one_range(uint64_t base, uint64_t size)
{
	memset(&map, 0, sizeof(map));
	CHECK_EQ(memmap_add_ram(&map, region_of(base, size)), 0);
}

TEST(memmap_merges_ram_that_touches)
{
	one_range(0x3000, 0x1000);
	CHECK_EQ(memmap_add_ram(&map, region_of(0x1000, 0x1000)), 0);
	CHECK_EQ(map.ram_count, 2);
	CHECK_EQ(map.ram[0].base, 0x1000);
	CHECK_EQ(memmap_add_ram(&map, region_of(0x2000, 0x1000)), 0);
	CHECK_EQ(map.ram_count, 1);
	CHECK_EQ(map.ram[0].size, 0x3000);
	CHECK_EQ(memmap_add_ram(&map, region_of(0x9000, 0)), 0);
	CHECK_EQ(map.ram_count, 1);
}

TEST(memmap_refuses_too_many_ranges)
{
	memset(&map, 0, sizeof(map));
	for (uint64_t i = 0; i < MEMMAP_RAM_MAX; i++)
		CHECK_EQ(memmap_add_ram(&map, region_of(i << 20, 1)), 0);
	CHECK_EQ(memmap_add_ram(&map, region_of(1ull << 40, 1)), -ENOSPC);
	CHECK_EQ(memmap_add_ram(&map, region_of(1, 1)), 0);
	CHECK_EQ(map.ram_count, MEMMAP_RAM_MAX);
}

TEST(memmap_refuses_ram_beyond_52_bits)
{
	memset(&map, 0, sizeof(map));
	CHECK_EQ(memmap_add_ram(&map, region_of(1ull << 52, 1)), -ERANGE);
	CHECK_EQ(memmap_add_ram(&map, region_of(0, (1ull << 52) + 1)),
		 -ERANGE);
}

TEST(memmap_refuses_too_many_claims)
{
	struct memmap_rule rule = rule_of(1, 1);
	struct region r;

	one_range(0, SZ_1M);
	for (unsigned int i = 0; i < MEMMAP_USED_MAX; i++)
		CHECK_EQ(memmap_claim(&map, "x", region_of(i, 1),
				      MEMMAP_RESERVED), 0);
	CHECK_EQ(memmap_claim(&map, "x", region_of(0, 1), MEMMAP_RESERVED),
		 -ENOSPC);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -ENOSPC);
}

TEST(memmap_refuses_senseless_rules)
{
	struct memmap_rule rule = rule_of(0, 1);
	struct region r;

	one_range(0, SZ_1M);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -EINVAL);
	rule = rule_of(UINT64_MAX, 1);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -EINVAL);
	rule = rule_of(1, 0);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -EINVAL);
	rule = rule_of(1, 1);
	rule.offset = UINT64_MAX;
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -EINVAL);
}

TEST(memmap_refuses_when_nothing_fits)
{
	struct memmap_rule rule = rule_of(SZ_1M + 1, 1);
	struct region r;

	one_range(SZ_2M, SZ_1M);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -ENOMEM);
	rule.size = SZ_1M;
	rule.window = region_of(0, SZ_2M);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -ENOMEM);
	rule.window = MEMMAP_ANYWHERE;
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), 0);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -ENOMEM);
}

TEST(memmap_lives_with_claims_at_the_top)
{
	struct memmap_rule rule = rule_of(SZ_4K, SZ_4K);
	struct region r;

	one_range(0, SZ_1M);
	memmap_claim(&map, "all", region_of(1, UINT64_MAX - 1), MEMMAP_NOMAP);
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -ENOMEM);
	rule.highest = true;
	rule.block = SZ_2M;
	CHECK_EQ(memmap_alloc(&map, "x", &rule, &r), -ENOMEM);
}

TEST(memmap_rollback_frees)
{
	struct memmap_rule rule = rule_of(SZ_1M, SZ_4K);
	unsigned int checkpoint;
	struct region r, again;

	one_range(SZ_1G, 2 * SZ_1M);
	CHECK_EQ(memmap_alloc(&map, "kept", &rule, &r), 0);
	checkpoint = memmap_checkpoint(&map);
	CHECK_EQ(memmap_alloc(&map, "given back", &rule, &r), 0);
	memmap_rollback(&map, checkpoint);
	CHECK_EQ(memmap_alloc(&map, "again", &rule, &again), 0);
	CHECK_EQ(r.base, again.base);
}

/* What the rules say, word by word; slow and obvious. */
static bool allowed(uint64_t start, const struct memmap_rule *rule)
{
	struct region r = region_of(start, rule->size);
	struct region blocks = region_grow(r, rule->block);
	struct region below = region_of(start - rule->offset, rule->offset);

	if (!memmap_is_ram(&map, blocks) || !memmap_is_ram(&map, below) ||
	    !region_contains(rule->window, r))
		return false;
	for (unsigned int i = 0; i < map.used_count; i++)
		if (region_overlaps(map.used[i].region, r) ||
		    (map.used[i].use == MEMMAP_NOMAP &&
		     region_overlaps(map.used[i].region, blocks)))
			return false;
	return true;
}

#define SPACE	256u

/* The start that the rule asks for, by trying all; UINT64_MAX: none. */
static uint64_t brute_force(const struct memmap_rule *rule)
{
	uint64_t best = UINT64_MAX;

	for (uint64_t base = 0; base < 2 * SPACE; base += rule->align) {
		uint64_t start = base + rule->offset;

		if (!allowed(start, rule))
			continue;
		best = start;
		if (!rule->highest)
			break;
	}
	return best;
}

static struct region random_region(uint64_t most)
{
	return region_of(unit_random_below(SPACE),
			 1 + unit_random_below(most));
}

static void random_map(void)
{
	memset(&map, 0, sizeof(map));
	for (uint64_t i = 1 + unit_random_below(4); i; i--)
		memmap_add_ram(&map, random_region(80));
	for (uint64_t i = unit_random_below(6); i; i--)
		memmap_claim(&map, "x", random_region(24),
			     unit_random_below(2) ? MEMMAP_NOMAP
						  : MEMMAP_RESERVED);
}

static struct memmap_rule random_rule(void)
{
	struct memmap_rule rule = {
		.size = 1 + unit_random_below(40),
		.align = 1ull << unit_random_below(6),
		.block = 1ull << unit_random_below(5),
		.window = MEMMAP_ANYWHERE,
		.highest = unit_random_below(2),
	};

	if (unit_random_below(2))
		rule.offset = unit_random_below(20);
	if (unit_random_below(3) == 0)
		rule.window = random_region(128);
	return rule;
}

TEST(memmap_finds_exactly_what_brute_force_finds)
{
	struct region r;

	for (int i = 0; i < 20000; i++) {
		struct memmap_rule rule;
		uint64_t want;
		int err;

		random_map();
		rule = random_rule();
		want = brute_force(&rule);
		err = memmap_alloc(&map, "x", &rule, &r);
		if (!CHECK_EQ(err, want == UINT64_MAX ? -ENOMEM : 0) ||
		    (!err && !CHECK_EQ(r.base, want)))
			return;
	}
}
