/* SPDX-License-Identifier: BSD-2-Clause */
/* Files and their parts, and the memory in which they wait for the kernel. */
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <string.h>

#define THERE		(MOCK_RAM_BASE + 16 * SZ_1M)

TEST(file_parts_stay_inside)
{
	static uint8_t bytes[100];
	struct file file = file_in_memory(region_of((uintptr_t)bytes, 100),
					  "it"), part;
	uint8_t to[100];

	for (int i = 0; i < 100; i++)
		bytes[i] = (uint8_t)i;
	CHECK_EQ(file_part(&part, &file, 10, 50), 0);
	CHECK_EQ(file_read(&part, 5, to, 45), 0);
	CHECK_EQ(to[0], 15);
	CHECK_EQ(file_read(&part, 5, to, 46), -ERANGE);
	CHECK_EQ(file_read(&part, UINT64_MAX, to, 2), -ERANGE);
	CHECK_EQ(file_part(&part, &part, 20, 31), -ERANGE);
	CHECK_EQ(file_part(&part, &part, 20, 30), 0);
	CHECK_EQ(file_read(&part, 0, to, 30), 0);
	CHECK_EQ(to[0], 30);
	CHECK_EQ(file_part(&part, &file, UINT64_MAX, 1), -ERANGE);
	file.size = 200;	/* says more than lies there */
	CHECK_EQ(file_read(&file, 90, to, 20), -ERANGE);
	CHECK_EQ(file_part(&part, &file, 90, 20), -ERANGE);
}

/* Of a file that lies behind a device. */
TEST(file_parts_of_parts_begin_where_they_should)
{
	static const uint8_t bytes[] = "0123456789abcdefghij";
	struct file part;
	char to[4] = "";

	rig_machine(0);
	fake[0].kernel = (struct fake_file){ bytes, 20, 0, 0 };
	fake_count = 1;
	CHECK(find_next(&rig, false));
	CHECK_EQ(file_part(&part, &rig.candidate.kernel, 5, 15), 0);
	CHECK_EQ(file_part(&part, &part, 4, 11), 0);
	CHECK_EQ(file_read(&part, 2, to, 3), 0);
	CHECK(!strcmp(to, "bcd"));
	CHECK_EQ(file_read(&part, 8, to, 4), -ERANGE);
}

/* A kernel in memory wants a claim of its own. */
TEST(file_in_memory_finds_the_map_full)
{
	uint8_t *at = (uint8_t *)MOCK_RAM_BASE + 8 * SZ_1M;

	rig_machine(0);
	image_make(at, 0, SZ_64K, 0);
	mock.kernel = region_of((uintptr_t)at, SZ_4K);
	CHECK_EQ(rig_steps(step_board), 0);
	for (uint64_t i = 1; !memmap_claim(&rig.map, "full",
			region_of(MOCK_RAM_BASE + 16 * SZ_1M + i * SZ_8K,
				  SZ_4K), MEMMAP_LOADER); i++)
		CHECK(i < 4096);
	rig.step = "find";
	CHECK_EQ(step_find(&rig), -ENOSPC);
	CHECK(rig_said("find: embedded: error: memory map is full: raise "
		       "MEMMAP_USED_MAX (ENOSPC)"));
}

TEST(file_initrds_are_added_up)
{
	struct candidate c = { .initrd_count = 3 };

	c.initrd[0].size = 5;
	c.initrd[1].size = 8;
	c.initrd[2].size = 1;
	CHECK_EQ(candidate_initrd_size(&c), 17);
	c.initrd[1].size = UINT64_MAX;
	CHECK_EQ(candidate_initrd_size(&c), UINT64_MAX / 2);
	c.initrd[1].size = UINT64_MAX / 2 - 8;
	CHECK(candidate_initrd_size(&c) >= UINT64_MAX / 2 - 1);
	c.initrd_count = 0;
	CHECK_EQ(candidate_initrd_size(&c), 0);
}

TEST(stage_leaves_bytes_in_memory_where_they_are)
{
	static const uint8_t bytes[] = "bytes";
	const struct region there = region_of(THERE, 100);
	struct file file = file_in_memory(there, "it");
	struct region r;

	rig_machine(0);
	CHECK_EQ(rig_steps(step_board), 0);
	CHECK_EQ(boot_stage_file(&rig, &file, 60, &r), 0);
	CHECK_EQ(r.base, THERE);
	CHECK_EQ(r.size, 60);
	CHECK_EQ(boot_stage_file(&rig, &file, 101, &r), -ERANGE);
	fake[0].initrd = (struct fake_file){ bytes, sizeof(bytes), 0, 0 };
	fake_count = 1;
	CHECK(find_next(&rig, false));
	CHECK_EQ(boot_stage_file(&rig, &rig.candidate.initrd[0], 5, &r), 0);
	CHECK_EQ(r.size, 5);
	CHECK(IS_ALIGNED(r.base, SZ_4K));
	CHECK(!memcmp((void *)r.base, bytes, 5));
	mock.map_error = -ENOMEM;
	CHECK_EQ(boot_stage(&rig, "x", 1, &r), -ENOMEM);
}
