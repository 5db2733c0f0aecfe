/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory in a tree that came with a kernel: it becomes that of the machine. */
#include "disk/bytes.h"
#include "err.h"
#include "fixup.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <string.h>

/* The tree of the file, and what becomes of it. */
#define FROM		(MOCK_RAM_BASE + 16 * SZ_1M)
#define TO		(MOCK_RAM_BASE + 20 * SZ_1M)

/* A machine that has loaded this tree (NULL: none). */
static void begin(const char *tree)
{
	struct bytes file;

	rig_machine(0);
	CHECK_EQ(rig_steps(step_board), 0);
	rig.step = "fixup";
	if (!tree)
		return;
	file = bytes_load(tree);
	memcpy((void *)FROM, file.at, file.size);
	rig.devicetree = region_of(FROM, file.size);
	bytes_free(&file);
}

static int fix_memory(void)
{
	const struct fixup *const *it;
	uint32_t size;
	int err = -ENODEV;

	CHECK_EQ(boot_open_tree(&rig), 0);
	dt_edit_open(rig.edit, &rig.handed, (void *)(TO),
		     SZ_1M);
	table_for_each(fixup, it)
		if (!strcmp((*it)->name, "memory"))
			err = (*it)->apply(&rig, rig.edit);
	if (err)
		return err;
	err = dt_edit_close(rig.edit, &size);
	return err ? err : dt_open(&rig.handed,
				   (void *)(TO), size,
				   &(const char *){ NULL });
}

static bool reserves(struct region want)
{
	struct region r;

	for (unsigned int i = 0; !dt_reservation(&rig.handed, i, &r); i++)
		if (r.base == want.base && r.size == want.size)
			return true;
	return false;
}

/* Two ranges of RAM, and what the machine's own tree keeps from everybody. */
TEST(fixup_memory_replaces_that_of_a_tree)
{
	struct region r;

	begin("boot/own.dtb");
	rig.map.ram_count = 2;
	rig.map.ram[1] = region_of(0x880000000, SZ_1G);
	memmap_claim(&rig.map, "kept", region_of(0x44000000, SZ_4K),
		     MEMMAP_RESERVED);
	memmap_claim(&rig.map, "secret", region_of(0x45000000, SZ_64K),
		     MEMMAP_NOMAP);
	rig.checkpoint = rig.map.used_count;
	memmap_claim(&rig.map, "kernel", region_of(0x46000000, SZ_4K),
		     MEMMAP_PLACED);
	CHECK_EQ(fix_memory(), 0);
	CHECK_EQ(dt_path(&rig.handed, "/memory@0"), -ENOENT);
	CHECK_EQ(dt_reg(&rig.handed, dt_path(&rig.handed, "/memory@40000000"),
			0, &r), 0);
	CHECK_EQ(r.size, MOCK_RAM_SIZE);
	CHECK_EQ(dt_reg(&rig.handed, dt_path(&rig.handed, "/memory@880000000"),
			0, &r), 0);
	CHECK_EQ(r.base, 0x880000000);
	CHECK_EQ(r.size, SZ_1G);
	CHECK(reserves(region_of(0x44000000, SZ_4K)));
	CHECK(reserves(region_of(0x45000000, SZ_64K)));
	CHECK(!reserves(region_of(0x46000000, SZ_4K)));
}

/* A tree whose numbers have 32 bits only. */
TEST(fixup_memory_does_not_fit_the_cells)
{
	begin("boot/narrow.dtb");
	CHECK_EQ(fix_memory(), 0);
	begin("boot/narrow.dtb");
	rig.map.ram[0] = region_of(0x880000000, SZ_1G);
	CHECK_EQ(fix_memory(), -ERANGE);
}

/* The machine's own tree says it better. */
TEST(fixup_memory_leaves_the_tree_of_the_machine)
{
	begin(NULL);
	rig.map.ram[0] = region_of(0x880000000, SZ_1G);
	CHECK_EQ(fix_memory(), 0);
	CHECK(dt_path(&rig.handed, "/memory@40000000") >= 0);
	CHECK_EQ(dt_path(&rig.handed, "/memory@880000000"), -ENOENT);
}
