/* SPDX-License-Identifier: BSD-2-Clause */
/* The wrong machine is named: tree, memory, GIC, load address. */
#include "err.h"
#include "mock.h"
#include "unit.h"
#include <string.h>

#define TREE	((void *)MOCK_RAM_BASE)

static struct boot boot;

static void reset(void)
{
	mock_reset();
	memset(&boot, 0, sizeof(boot));
	memset(TREE, 0, SZ_4K);
	boot.step = "board";
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
}

static int board_with(struct tree_spec spec)
{
	reset();
	if (!spec.ram[0].size && !spec.no_memory)
		spec.ram[0] = (struct tree_ram){ MOCK_RAM_BASE,
						 MOCK_RAM_SIZE };
	tree_make(&spec, TREE, 4 * SZ_1M);
	return step_board(&boot);
}

#define BOARD(...)	board_with((struct tree_spec){ __VA_ARGS__ })

TEST(board_accepts_a_machine)
{
	CHECK_EQ(BOARD(.pad = SZ_1M), 0);
	CHECK_EQ(boot.map.ram_count, 1);
	CHECK_EQ(boot.tree_origin, TREE_MACHINE);
}

TEST(board_refuses_no_tree)
{
	reset();
	CHECK_EQ(step_board(&boot), -ENOENT);
	CHECK(mock_said("REMEDY-TREE"));
}

TEST(board_refuses_an_x0_that_is_no_tree_and_goes_on)
{
	static const uint64_t odd[] = { 4, UINT64_MAX, UINT64_MAX - 7,
					MOCK_RAM_BASE + SZ_4K };

	for (size_t i = 0; i < ARRAY_SIZE(odd); i++) {
		struct tree_spec spec = { .ram = { { MOCK_RAM_BASE,
						     MOCK_RAM_SIZE } } };

		reset();
		tree_make(&spec, TREE, SZ_64K);
		memset((void *)(MOCK_RAM_BASE + SZ_4K), 0, 64);
		mock.x0 = odd[i];
		CHECK_EQ(step_board(&boot), 0);
		CHECK_EQ(boot.tree_origin, TREE_MACHINE);
	}
}

TEST(board_prefers_the_tree_of_the_payload)
{
	static uint8_t blob[SZ_64K] __attribute__((aligned(16)));
	struct tree_spec spec = { .ram = { { MOCK_RAM_BASE, MOCK_RAM_SIZE } } };

	reset();
	mock.dtb = region_of((uintptr_t)blob,
			     tree_make(&spec, blob, sizeof(blob)));
	CHECK_EQ(step_board(&boot), 0);
	CHECK_EQ(boot.tree_origin, TREE_PAYLOAD);
}

TEST(board_refuses_a_tree_that_cannot_be_mapped)
{
	reset();
	mock.map_error = -ERANGE;
	CHECK_EQ(step_board(&boot), -ENOENT);
}

TEST(board_refuses_a_tree_too_large_for_its_arena)
{
	int err = BOARD(.ballast = 300 * SZ_1K);

	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return unit_skip("the tree stays where it lies");
	CHECK_EQ(err, -ENOSPC);
	CHECK(mock_said("ARENA_SIZE"));
}

TEST(board_refuses_a_tree_without_memory)
{
	CHECK_EQ(BOARD(.no_memory = true), -ENOENT);
	CHECK(mock_said("names no RAM"));
}

TEST(board_refuses_memory_that_makes_no_sense)
{
	CHECK_EQ(BOARD(.bad_memory = true), -EINVAL);
	CHECK_EQ(BOARD(.ram = { { UINT64_MAX, 2 } }), -ERANGE);
	CHECK_EQ(BOARD(.ram = { { 1ull << 52, 2 } }), -ERANGE);
	CHECK(mock_said("52 address bits"));
}

TEST(board_refuses_ram_that_does_not_cover_the_loader)
{
	CHECK_EQ(BOARD(.ram = { { MOCK_RAM_BASE, 48 * SZ_1M } }), -EFAULT);
	CHECK(mock_said("REMEDY-RAM"));
}

TEST(board_ignores_memory_of_size_0_and_joins_ranges)
{
	CHECK_EQ(BOARD(.ram = { { MOCK_RAM_BASE, SZ_1M }, { 0x80000000, 0 },
				{ MOCK_RAM_BASE + SZ_1M, 63 * SZ_1M },
				{ 0x90000000, SZ_1M } }), 0);
	CHECK_EQ(boot.map.ram_count, 2);
}

TEST(board_claims_what_is_reserved)
{
	struct region nomap = region_of(0x40800000, SZ_4K);
	struct region kept = region_of(0x40900000, SZ_4K);
	struct region mem = region_of(0x40a00000, SZ_4K);
	const struct memmap_claim *claim;

	CHECK_EQ(BOARD(.nomap = { nomap.base, nomap.size },
		       .reserved = { kept.base, kept.size },
		       .memreserve = { mem.base, mem.size }), 0);
	claim = memmap_holder(&boot.map, nomap, -1);
	CHECK(claim && claim->use == MEMMAP_NOMAP);
	claim = memmap_holder(&boot.map, kept, -1);
	CHECK(claim && claim->use == MEMMAP_RESERVED);
	CHECK(memmap_holder(&boot.map, mem, -1));
	CHECK(memmap_holder(&boot.map, mock.loader, -1));
}

TEST(board_refuses_another_gic)
{
	int err = BOARD(.gic = "arm,cortex-a15-gic");

	if (!IS_ENABLED(CONFIG_GICV3))
		return unit_skip("built without a GIC");
	CHECK_EQ(err, -ENODEV);
	CHECK(mock_said("built for GICv3, this machine has GICv2: "
			"REMEDY-GICV3"));
	CHECK_EQ(BOARD(.gic = "arm,none"), -ENODEV);
	CHECK(mock_said("this machine has no GIC"));
}

TEST(board_finds_the_conduit)
{
	const enum psci_conduit of_tree =
		IS_ENABLED(CONFIG_EL3_PRESENT) ? PSCI_SMC :
		IS_ENABLED(CONFIG_SPIN_TABLE) ? PSCI_NONE : PSCI_HVC;

	CHECK_EQ(BOARD(.psci = "hvc"), 0);
	CHECK_EQ(boot.conduit, of_tree);
	CHECK_EQ(BOARD(), 0);
	CHECK_EQ(boot.conduit, IS_ENABLED(CONFIG_EL3_PRESENT) ? PSCI_SMC
							      : PSCI_NONE);
}
