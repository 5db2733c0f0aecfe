/* SPDX-License-Identifier: BSD-2-Clause */
/* What is changed in a tree that came with a kernel, beside the machine's. */
#include "board.h"
#include "dt_edit.h"
#include "fixup.h"
#include "mock.h"
#include "unit.h"
#include <libfdt.h>
#include <string.h>

#define RAM	0x40000000ul

static struct boot boot;
static uint8_t machine[SZ_4K] __attribute__((aligned(8)));
static uint8_t kernels[SZ_4K] __attribute__((aligned(8)));
static uint8_t out[SZ_64K] __attribute__((aligned(8)));

/* A tree with the nodes that are named, each with a status of "okay". */
static void make(void *to, const char *const *names)
{
	fdt_create(to, SZ_4K);
	fdt_finish_reservemap(to);
	fdt_begin_node(to, "");
	fdt_property_u32(to, "#address-cells", 2);
	fdt_property_u32(to, "#size-cells", 2);
	for (; *names; names++) {
		fdt_begin_node(to, *names);
		fdt_property_string(to, "status", "okay");
		fdt_property_u32(to, "phandle", 7);
		fdt_end_node(to);
	}
	fdt_end_node(to);
	fdt_finish(to);
}

/* @fixup on the two trees. Return: the result is whole. */
static bool edited_by(const char *fixup)
{
	const struct fixup *const *it;
	const char *why;
	uint32_t size;

	boot.ledger = &mock_ledger;
	ledger_init(boot.ledger);
	boot.devicetree = region_of(RAM, SZ_4K);
	CHECK_EQ(dt_open(&boot.tree, machine, sizeof(machine), &why), 0);
	CHECK_EQ(dt_open(&boot.handed, kernels, sizeof(kernels), &why), 0);
	dt_edit_open(&mock_edit, &boot.handed, out, sizeof(out));
	table_for_each(fixup, it)
		if (!strcmp((*it)->name, fixup))
			CHECK_EQ((*it)->apply(&boot, &mock_edit), 0);
	return CHECK_EQ(dt_edit_close(&mock_edit, &size), 0) &&
	       CHECK_EQ(fdt_check_full(out, size), 0);
}

static bool prop_is(const char *path, const char *name, const char *want)
{
	const char *is = fdt_getprop(out, fdt_path_offset(out, path), name,
				     NULL);

	return want ? is && !strcmp(is, want) : !is;
}

static bool has_fixups(void)
{
	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		unit_skip("the tree is passed on untouched");
	return IS_ENABLED(CONFIG_DTB_FIXUP);
}

TEST(fixup_board_edits_what_is_there)
{
	static const char *const one[] = { "cpus", NULL };
	static const char *const two[] = { "uart", "absent", "clock", NULL };

	mock_reset();
	memset(&boot, 0, sizeof(boot));
	make(machine, one);
	make(kernels, two);
	if (!has_fixups() || !edited_by("board"))
		return;
	CHECK(prop_is("/uart", "status", NULL));
	CHECK(prop_is("/uart", "label", "console"));
	CHECK_EQ(fdt32_ld(fdt_getprop(out, fdt_path_offset(out, "/uart"),
				      "clocks", NULL)), 7);
	CHECK(prop_is("/absent", "status", "disabled"));
	CHECK(fdt_path_offset(out, "/nowhere") < 0);
}

TEST(fixup_board_leaves_what_the_machine_tells_of)
{
	static const char *const one[] = { "cpus", "absent", NULL };
	static const char *const two[] = { "absent", NULL };

	mock_reset();
	memset(&boot, 0, sizeof(boot));
	make(machine, one);
	make(kernels, two);
	if (has_fixups() && edited_by("board"))
		CHECK(prop_is("/absent", "status", "okay"));
}

/* A node with no-map follows: Linux refuses it if the range is reserved. */
TEST(fixup_memory_reserves_all_but_the_monitor)
{
	static const char *const none[] = { NULL };
	const struct region kept = region_of(RAM + SZ_2M, SZ_4K);
	uint64_t base, size;

	mock_reset();
	memset(&boot, 0, sizeof(boot));
	make(machine, none);
	make(kernels, none);
	memmap_add_ram(&boot.map, region_of(RAM, SZ_1G));
	memmap_claim(&boot.map, "firmware", kept, MEMMAP_RESERVED);
	memmap_claim(&boot.map, "monitor", boot_monitor_region(),
		     MEMMAP_NOMAP);
	boot.checkpoint = boot.map.used_count;
	if (!has_fixups() || !edited_by("memory"))
		return;
	CHECK(prop_is("/memory@40000000", "device_type", "memory"));
	CHECK_EQ(fdt_num_mem_rsv(out), 1);
	CHECK_EQ(fdt_get_mem_rsv(out, 0, &base, &size), 0);
	CHECK(base == kept.base && size == kept.size);
}
