/* SPDX-License-Identifier: BSD-2-Clause */
/* Disks behind NVMe: what they bring, and controllers that do not play fair. */
#include "block.h"
#include "err.h"
#include "test_disk_rig.h"
#include "test_nvme_rig.h"
#include "unit.h"
#include <string.h>

static uint8_t to[4 * SZ_1M] __attribute__((aligned(4096)));

static bool is_right(uint64_t offset, uint64_t at, uint64_t size)
{
	return !memcmp(to + at, nvme_rig.bytes + offset, size);
}

/* @count runs of one block each, every second block. */
static int read_blocks(unsigned int count)
{
	struct disk_run runs[256];

	memset(to, 0xee, sizeof(to));
	for (unsigned int i = 0; i < count; i++)
		runs[i] = (struct disk_run){ 1024 * i, 512, to + 512 * i };
	return disk_read_runs(block_disk(0), runs, count);
}

TEST_APART(nvme_disk_is_read)
{
	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	CHECK(!strcmp(block_disk(0)->name, "nvme0"));
	CHECK_EQ(block_disk(0)->size, 4 * SZ_1M);
	CHECK_EQ(block_disk(0)->block, 512);
	CHECK_EQ(nvme_rig.command, 6);
	CHECK_EQ(disk_read(block_disk(0), 0, to, 4 * SZ_1M), 0);
	CHECK(is_right(0, 0, 4 * SZ_1M));
	CHECK_EQ(nvme_rig.reads, 8);
	CHECK_EQ(nvme_rig.largest, SZ_1M / 2);
	CHECK(!nvme_rig.broken);
	block_stop_all();
	CHECK_EQ(nvme_rig.cc, 0);
}

/* Wherever the bytes begin, and however many pages they touch. */
TEST_APART(nvme_disk_names_pages)
{
	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	for (unsigned int i = 0; i < 1000; i++) {
		const uint64_t size = 512 * (i < 400 ? 1 + i / 8 :
					     1 + unit_random_below(1200));
		const uint64_t in = 512 * (i % 8);
		const uint64_t at = 512 * unit_random_below(6000);
		struct disk_run run = { at, size, to + in };

		memset(to, 0xee, size + 16384);
		CHECK_EQ(disk_read_runs(block_disk(0), &run, 1), 0);
		CHECK(is_right(at, in, size));
		CHECK(!in || to[in - 1] == 0xee);
		CHECK_EQ(to[in + size], 0xee);
	}
	CHECK(!nvme_rig.broken);
}

TEST_APART(nvme_disk_has_small_commands_only)
{
	nvme_rig_make();
	nvme_rig.mdts = 2;
	nvme_rig.shift = 12;
	nvme_rig.format = 0x13;
	nvme_rig.blocks /= 8;
	nvme_rig.cap = (nvme_rig.cap & ~0xffffull) | 1;	/* two entries */
	CHECK_EQ(nvme_rig_probe(), 0);
	CHECK_EQ(block_disk(0)->block, 4096);
	CHECK_EQ(block_disk(0)->size, 4 * SZ_1M);
	CHECK_EQ(disk_read(block_disk(0), 4096, to, SZ_1M), 0);
	CHECK(is_right(4096, 0, SZ_1M));
	CHECK_EQ(nvme_rig.largest, 16384);
	CHECK_EQ(nvme_rig.reads, 64);
}

TEST_APART(nvme_disk_has_many_commands_in_flight)
{
	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	for (int i = 0; i < 5; i++) {
		CHECK_EQ(read_blocks(256), 0);
		for (unsigned int n = 0; n < 256; n++)
			CHECK(is_right(1024 * n, 512 * n, 512));
	}
	CHECK_EQ(nvme_rig.reads, 5 * 256);
}

TEST_APART(nvme_controller_has_several_disks)
{
	nvme_rig_make();
	for (uint32_t i = 0; i < 6; i++)
		nvme_rig.namespaces[i] = 10 + i;
	CHECK_EQ(nvme_rig_probe(), 0);
	CHECK(!strcmp(block_disk(3)->name, "nvme3"));
	CHECK(!block_disk(4));
}

/* What was found before and behind it stays, also when another one fails. */
TEST_APART(nvme_namespace_is_left_out)
{
	nvme_rig_make();
	for (uint32_t i = 0; i < 3; i++)
		nvme_rig.namespaces[i] = 10 + i;
	nvme_rig.strange = 11;
	CHECK_EQ(nvme_rig_probe(), 0);
	CHECK(!strcmp(block_disk(1)->name, "nvme1"));
	CHECK(!block_disk(2));
	CHECK_EQ(read_blocks(20), 0);
	CHECK(is_right(1024 * 19, 512 * 19, 512));
	nvme_rig_make();
	nvme_rig.never_ready = true;
	CHECK_EQ(nvme_rig_probe(), -ETIMEDOUT);
	CHECK(block_disk(0)->read);
	CHECK(!block_disk(2));
}

TEST_APART(nvme_command_fails)
{
	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	nvme_rig.answer = NVME_FAILED;
	CHECK_EQ(read_blocks(200), -EIO);
	CHECK(nvme_rig.reads < 100);
	nvme_rig.answer = NVME_WELL;
	CHECK_EQ(read_blocks(200), 0);
	CHECK(is_right(1024 * 199, 512 * 199, 512));
}

/* The controller is switched off, and asked for nothing any more. */
static void check_lost(enum nvme_answer answer, uint16_t id, int want)
{
	unsigned int reads;

	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	nvme_rig.answer = answer;
	nvme_rig.id = id;
	CHECK_EQ(read_blocks(50), want);
	CHECK_EQ(nvme_rig.cc, 0);
	reads = nvme_rig.reads;
	nvme_rig.answer = NVME_WELL;
	CHECK_EQ(read_blocks(1), -EIO);
	CHECK_EQ(nvme_rig.reads, reads);
}

TEST_APART(nvme_controller_never_answers)
{
	check_lost(NVME_NEVER, 0, -ETIMEDOUT);
	CHECK(mock.counter >= 30 * arch_counter_freq());
	CHECK(mock.counter < 40 * arch_counter_freq());
}

TEST_APART(nvme_controller_answers_what_nobody_asked)
{
	check_lost(NVME_ID, 31, -EIO);
}

TEST_APART(nvme_controller_answers_what_cannot_be_asked)
{
	check_lost(NVME_ID, 0xffff, -EIO);
}

/* All 31 are out; each ring of the doorbell has one command. */
TEST_APART(nvme_controller_answers_one_command_twice)
{
	check_lost(NVME_ID, 5, -EIO);
}

TEST_APART(nvme_controller_answers_a_command_that_is_not_out)
{
	struct disk_run run = { 0, 512, to };

	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	nvme_rig.answer = NVME_ID;
	nvme_rig.id = 3;
	CHECK_EQ(disk_read_runs(block_disk(0), &run, 1), -EIO);
	CHECK_EQ(nvme_rig.cc, 0);
}

TEST_APART(nvme_controller_does_not_shut_down)
{
	nvme_rig_make();
	CHECK_EQ(nvme_rig_probe(), 0);
	nvme_rig.never_down = true;
	block_stop_all();
	CHECK_EQ(nvme_rig.cc, 0);
	CHECK(mock.counter < 10 * arch_counter_freq());
}

/* One fact of the good controller is another: what does the driver say? */
#define CHECK_PROBE(field, value, want)					\
	do {								\
		nvme_rig_make();					\
		nvme_rig.field = (value);				\
		CHECK_EQ(nvme_rig_probe(), want);			\
		CHECK(!block_disk(0));					\
		CHECK_EQ(nvme_rig.cc, 0);				\
	} while (0)

TEST_APART(nvme_controller_is_refused)
{
	CHECK_PROBE(coherent, false, -ENOTSUP);
	CHECK_PROBE(bar_size, 0x1000, -EINVAL);
	CHECK_PROBE(bar_size, 0x200000, -ENOSPC);
	CHECK_PROBE(cap, 2 << 24 | 63, -ENOTSUP);
	CHECK_PROBE(cap, 1ull << 37 | 2 << 24, -ENOTSUP);
	CHECK_PROBE(cap, 1ull << 48 | 1ull << 37 | 2 << 24 | 63, -ENOTSUP);
	CHECK_PROBE(never_ready, true, -ETIMEDOUT);
	CHECK_PROBE(is_fatal, true, -EIO);
	CHECK_PROBE(failing, 1, -EIO);
	CHECK_PROBE(failing, 5, -EIO);
	CHECK_PROBE(failing, 6, -EIO);
	CHECK_PROBE(namespaces[0], 0, -ENODEV);
	CHECK_PROBE(shift, 8, -ENOTSUP);
	CHECK_PROBE(shift, 13, -ENOTSUP);
	CHECK_PROBE(shift, 255, -ENOTSUP);
	CHECK_PROBE(blocks, 0, -ENOTSUP);
	CHECK_PROBE(blocks, UINT64_MAX, -ENOTSUP);
}

TEST_APART(nvme_controllers_are_too_many)
{
	nvme_rig_make();
	for (int i = 0; i < 4; i++)
		CHECK_EQ(nvme_rig_probe(), 0);
	CHECK_EQ(nvme_rig_probe(), -ENOSPC);
	CHECK(!block_disk(4));
}
