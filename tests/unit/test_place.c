/* SPDX-License-Identifier: BSD-2-Clause */
/* Placement: each refusal, then all rules on random machines. */
#include "err.h"
#include "mock.h"
#include "unit.h"
#include <string.h>

static struct boot boot;
static uint8_t blob[64] __attribute__((aligned(16)));

/* A machine that exists only as a map. */
static void machine(void)
{
	mock_reset();
	memset(&boot, 0, sizeof(boot));
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
	boot.step = "place";
	boot.tree.blob = blob;
	boot.tree.size = 8 * SZ_1K;
	boot.candidate.kernel.size = SZ_64K;
	boot.image.memory_size = SZ_1M;
}

static void ram(uint64_t base, uint64_t size)
{
	CHECK_EQ(memmap_add_ram(&boot.map, region_of(base, size)), 0);
}

TEST(place_refuses_a_kernel_without_room)
{
	machine();
	ram(SZ_1G, 16 * SZ_1M);
	boot.image.memory_size = 16 * SZ_1M + 1;
	CHECK_EQ(step_place(&boot), -ENOMEM);
	CHECK(mock_said("place: kernel: error: no free"));
	boot.image.memory_size = SZ_1M;
	boot.image.text_offset = 16 * SZ_1M;
	CHECK_EQ(step_place(&boot), -ENOMEM);
}

TEST(place_refuses_a_kernel_without_an_aligned_base)
{
	machine();
	ram(SZ_1G + SZ_4K, 3 * SZ_1M);
	boot.image.memory_size = SZ_2M;
	CHECK_EQ(step_place(&boot), -ENOMEM);
}

TEST(place_refuses_a_tree_without_room)
{
	machine();
	/* The kernel fits; every 2 MiB block that is left has a no-map hole. */
	ram(SZ_1G, 4 * SZ_1M);
	boot.image.memory_size = SZ_2M;
	memmap_claim(&boot.map, "hole", region_of(SZ_1G + 3 * SZ_1M, SZ_4K),
		     MEMMAP_NOMAP);
	CHECK_EQ(step_place(&boot), -ENOMEM);
	CHECK(mock_said("place: dtb: error: no free"));
}

TEST(place_refuses_an_initrd_without_room)
{
	machine();
	ram(SZ_1G, 16 * SZ_1M);
	boot.candidate.initrd_count = 1;
	boot.candidate.initrd[0].size = 16 * SZ_1M;
	if (!IS_ENABLED(CONFIG_DTB_FIXUP)) {
		CHECK_EQ(step_place(&boot), 0);
		CHECK_EQ(boot.place.initrd.size, 0);
		return;
	}
	CHECK_EQ(step_place(&boot), -ENOMEM);
	boot.candidate.initrd_count = 1;
	boot.candidate.initrd[0].size = UINT64_MAX;
	CHECK(step_place(&boot) < 0);
}

TEST(place_refuses_an_initrd_beyond_the_window)
{
	machine();
	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return unit_skip("no initrd without a tree to name it");
	ram(SZ_1G, 4 * SZ_1M);
	ram(40 * SZ_1G, SZ_1G);
	boot.candidate.initrd_count = 1;
	boot.candidate.initrd[0].size = 8 * SZ_1M;
	CHECK_EQ(step_place(&boot), -ENOMEM);
	CHECK(mock_said("place: initrd: error"));
	ram(31 * SZ_1G, SZ_1G);
	CHECK_EQ(step_place(&boot), 0);
	CHECK_EQ(region_end(boot.place.initrd), 32 * SZ_1G);
}

TEST(place_takes_the_lowest_base_for_the_kernel)
{
	machine();
	ram(SZ_1G + SZ_1M, 64 * SZ_1M);
	boot.image.text_offset = 0x80000;
	CHECK_EQ(step_place(&boot), 0);
	CHECK_EQ(boot.place.kernel.base, SZ_1G + SZ_2M + 0x80000);
}

static struct tree_ram random_ram(uint64_t at)
{
	return (struct tree_ram){
		at + SZ_64K * unit_random_below(64),
		SZ_64K + SZ_64K * unit_random_below(2048),
	};
}

static void random_machine(void)
{
	machine();
	for (uint64_t i = 1 + unit_random_below(3), at = SZ_1G; i; i--) {
		struct tree_ram r = random_ram(at);

		ram(r.base, r.size);
		at = r.base + r.size + (unit_random_below(4) ? 0 : 20 * SZ_1G);
	}
	for (uint64_t i = unit_random_below(8); i; i--)
		memmap_claim(&boot.map, "x",
			     region_of(SZ_1G + SZ_4K *
				       unit_random_below(65536),
				       1 + unit_random_below(SZ_2M)),
			     (enum memmap_use)unit_random_below(3));
	boot.checkpoint = memmap_checkpoint(&boot.map);
	boot.image.memory_size = 1 + unit_random_below(40 * SZ_1M);
	boot.image.text_offset = SZ_4K * unit_random_below(1024);
	boot.image.anywhere = unit_random_below(2);
	boot.candidate.initrd_count = 1;
	boot.candidate.initrd[0].size = unit_random_below(20 * SZ_1M);
}

/* The claims of this candidate meet nothing else. */
static void check_overlaps(void)
{
	for (unsigned int i = boot.checkpoint; i < boot.map.used_count; i++)
		CHECK(!memmap_holder(&boot.map, boot.map.used[i].region,
				     (int)i));
}

static void check_kernel(void)
{
	struct region k = boot.place.kernel;
	uint64_t base = k.base - boot.image.text_offset;

	CHECK(IS_ALIGNED(base, SZ_2M));
	CHECK(memmap_is_ram(&boot.map,
			    region_of(base, region_end(k) - base)));
	CHECK_EQ(k.size, boot.image.memory_size);
}

static void check_initrd(void)
{
	struct region i = boot.place.initrd, k = boot.place.kernel;
	uint64_t low = i.base < k.base ? i.base : k.base;
	uint64_t high = region_end(i) > region_end(k) ? region_end(i)
						      : region_end(k);

	if (region_is_empty(i))
		return;
	CHECK_EQ(i.size, boot.candidate.initrd[0].size);
	CHECK(memmap_is_ram(&boot.map, region_grow(i, SZ_4K)));
	CHECK(ALIGN_UP(high, SZ_1G) - ALIGN_DOWN(low, SZ_1G) <= 32 * SZ_1G);
}

static void check_tree(void)
{
	struct region t = boot.place.tree;
	struct region blocks = region_grow(t, SZ_2M);

	CHECK(IS_ALIGNED(t.base, 8) && t.size <= SZ_2M);
	CHECK(memmap_is_ram(&boot.map, blocks));
	for (unsigned int i = 0; i < boot.map.used_count; i++)
		CHECK(boot.map.used[i].use != MEMMAP_NOMAP ||
		      !region_overlaps(boot.map.used[i].region, blocks));
}

TEST(place_obeys_all_rules_on_random_machines)
{
	unsigned int placed = 0;

	for (int i = 0; i < 5000; i++) {
		random_machine();
		if (step_place(&boot))
			continue;
		placed++;
		check_overlaps();
		check_kernel();
		check_initrd();
		check_tree();
	}
	CHECK(placed > 1000);
}
