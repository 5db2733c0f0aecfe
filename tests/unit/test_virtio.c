/* SPDX-License-Identifier: BSD-2-Clause */
/* Disks behind virtio: what they bring, and devices that do not play fair. */
#include "block.h"
#include "err.h"
#include "test_disk_rig.h"
#include "test_virtio_rig.h"
#include "unit.h"
#include "virtio.h"
#include <string.h>

static uint8_t to[SZ_1M] __attribute__((aligned(4096)));

static bool is_right(uint64_t offset, uint64_t at, uint64_t size)
{
	return !memcmp(to + at, virtio_rig.bytes + offset, size);
}

/* @count runs of one block each, every second block. */
static int read_blocks(const struct disk *disk, unsigned int count)
{
	struct disk_run runs[256];

	memset(to, 0xee, sizeof(to));
	for (unsigned int i = 0; i < count; i++)
		runs[i] = (struct disk_run){ 1024 * i, 512, to + 512 * i };
	return disk_read_runs(disk, runs, count);
}

TEST_APART(virtio_disk_is_read)
{
	const struct disk *disk;

	virtio_rig_make();
	disk = virtio_rig_disk();
	CHECK(!strcmp(disk->name, "virtio0"));
	CHECK_EQ(disk->size, SZ_1M);
	CHECK_EQ(disk->block, 512);
	CHECK_EQ(virtio_rig.status, 15);
	CHECK_EQ(virtio_rig.accepted, VIRTIO_F_VERSION_1 | 2 | 64);
	CHECK_EQ(disk_read(disk, 0, to, SZ_1M), 0);
	CHECK(is_right(0, 0, SZ_1M));
	CHECK_EQ(virtio_rig.requests, 1);
	CHECK_EQ(disk_read(disk, 777, to, 99), 0);
	CHECK(is_right(777, 0, 99));
	CHECK(!virtio_rig.broken);
	block_stop_all();
	CHECK_EQ(virtio_rig.status, 0);
}

/* More runs than the queue has room for; in whatever order they come back. */
TEST_APART(virtio_disk_has_many_requests_in_flight)
{
	const struct disk *disk;

	virtio_rig_make();
	virtio_rig.queue_max = 20;	/* that is six requests */
	disk = virtio_rig_disk();
	for (int i = 0; i < 3; i++) {
		virtio_rig.answer = i % 2 ? ANSWER_BACKWARDS : ANSWER_WELL;
		CHECK_EQ(read_blocks(disk, 256), 0);
		for (unsigned int n = 0; n < 256; n++)
			CHECK(is_right(1024 * n, 512 * n, 512));
	}
	CHECK_EQ(virtio_rig.requests, 3 * 256);
	CHECK_EQ(virtio_rig.most, 6);
	CHECK(!virtio_rig.broken);
}

TEST_APART(virtio_disk_has_small_requests_only)
{
	const struct disk *disk;

	virtio_rig_make();
	virtio_rig.size_max = 3 * 4096 + 511;
	virtio_rig.block_size = 4096;
	virtio_rig.sectors += 7;
	disk = virtio_rig_disk();
	CHECK_EQ(disk->block, 4096);
	CHECK_EQ(disk->size, SZ_1M);
	CHECK_EQ(disk_read(disk, 4096, to, SZ_1M - 4096), 0);
	CHECK(is_right(4096, 0, SZ_1M - 4096));
	CHECK_EQ(virtio_rig.largest, 3 * 4096);
	CHECK_EQ(virtio_rig.requests, 85);
}

TEST_APART(virtio_device_has_a_length_of_its_own)
{
	const struct disk *disk;

	virtio_rig_make();
	disk = virtio_rig_disk();
	virtio_rig.answer = ANSWER_LENGTH;
	CHECK_EQ(read_blocks(disk, 20), 0);
	CHECK(is_right(1024 * 19, 512 * 19, 512));
}

/* A failed request is no reason to give the disk up. */
TEST_APART(virtio_request_fails)
{
	const struct disk *disk;

	virtio_rig_make();
	disk = virtio_rig_disk();
	virtio_rig.answer = ANSWER_FAILED;
	CHECK_EQ(read_blocks(disk, 200), -EIO);
	CHECK(virtio_rig.requests < 100);
	virtio_rig.answer = ANSWER_WELL;
	CHECK_EQ(read_blocks(disk, 200), 0);
	CHECK(is_right(1024 * 199, 512 * 199, 512));
}

/* The device is reset, and asked for nothing any more. */
static void check_lost(enum virtio_answer answer, uint32_t id, int want)
{
	const struct disk *disk = block_disk(0);
	unsigned int requests;

	if (!disk) {
		virtio_rig_make();
		disk = virtio_rig_disk();
	}
	virtio_rig.answer = answer;
	virtio_rig.id = id;
	CHECK_EQ(read_blocks(disk, 50), want);
	CHECK_EQ(virtio_rig.status, 0);
	requests = virtio_rig.requests;
	virtio_rig.answer = ANSWER_WELL;
	CHECK_EQ(read_blocks(disk, 1), -EIO);
	CHECK_EQ(virtio_rig.requests, requests);
}

TEST_APART(virtio_device_never_answers)
{
	check_lost(ANSWER_NEVER, 0, -ETIMEDOUT);
	CHECK(mock.counter >= 30 * arch_counter_freq());
	CHECK(mock.counter < 40 * arch_counter_freq());
}

TEST_APART(virtio_device_forgets_a_request)
{
	check_lost(ANSWER_NOT_LAST, 0, -ETIMEDOUT);
}

TEST_APART(virtio_device_gives_back_what_is_not_done)
{
	check_lost(ANSWER_NO_STATUS, 0, -EIO);
}

TEST_APART(virtio_device_gives_back_one_request_twice)
{
	check_lost(ANSWER_TWICE, 0, -EIO);
}

TEST_APART(virtio_device_gives_back_more_than_it_got)
{
	check_lost(ANSWER_JUMP, 0, -EIO);
}

TEST_APART(virtio_device_gives_back_a_part_of_a_request)
{
	check_lost(ANSWER_ID, 1, -EIO);
}

TEST_APART(virtio_device_gives_back_what_is_beyond_the_queue)
{
	check_lost(ANSWER_ID, 3 * 42, -EIO);
}

TEST_APART(virtio_device_gives_back_what_nobody_has)
{
	check_lost(ANSWER_ID, UINT32_MAX - 3, -EIO);
}

/* One is out, in slot 0; no other is an answer, there or beyond the last. */
TEST_APART(virtio_device_gives_back_a_request_that_is_not_out)
{
	static const uint32_t ids[] = { 3, 3 * 41, 3 * 42, 3 * 43, 1 << 16 };

	virtio_rig_make();
	for (unsigned int i = 0; i < ARRAY_SIZE(ids); i++) {
		struct disk_run run = { 0, 512, to };

		CHECK_EQ(virtio_rig_probe(), 0);
		virtio_rig.answer = ANSWER_ID;
		virtio_rig.id = ids[i];
		CHECK_EQ(disk_read_runs(block_disk(i), &run, 1), -EIO);
		CHECK_EQ(virtio_rig.status, 0);
	}
}

/* One number of the good device is another: what does the driver say? */
#define CHECK_PROBE(field, value, want)					\
	do {								\
		virtio_rig_make();					\
		virtio_rig.field = (value);				\
		CHECK_EQ(virtio_rig_probe(), want);			\
		CHECK(!block_disk(0));					\
	} while (0)

TEST_APART(virtio_device_is_refused)
{
	CHECK_PROBE(magic, 0x12345678, -ENODEV);
	CHECK_PROBE(version, 3, -ENOTSUP);
	CHECK_PROBE(version, 0, -ENOTSUP);
	CHECK_PROBE(regs_size, 0xfc, -EINVAL);
	CHECK_PROBE(coherent, false, -ENOTSUP);
	CHECK_PROBE(features, 2 | 64, -ENOTSUP);
	CHECK_PROBE(refuses_features, true, -ENOTSUP);
	CHECK_PROBE(never_resets, true, -ETIMEDOUT);
	CHECK_PROBE(queue_max, 0, -ENODEV);
	CHECK_PROBE(queue_max, 2, -ENOTSUP);
	CHECK_PROBE(sectors, 0, -ENODEV);
	CHECK_PROBE(sectors, UINT64_MAX / 512 + 1, -EINVAL);
	CHECK_PROBE(block_size, 0, -EINVAL);
	CHECK_PROBE(block_size, 256, -EINVAL);
	CHECK_PROBE(block_size, 513, -EINVAL);
	CHECK_PROBE(block_size, 8192, -EINVAL);
	CHECK_PROBE(size_max, 0, -EINVAL);
	CHECK_PROBE(size_max, 511, -EINVAL);
	/* No place for its configuration: no blocks. */
	CHECK_PROBE(regs_size, 0x100, -EINVAL);
}

/* Nothing to complain about: an empty slot, and a network card. */
TEST_APART(virtio_device_is_not_for_us)
{
	CHECK_PROBE(device, 0, 0);
	CHECK_PROBE(device, 1, 0);
	CHECK_EQ(virtio_rig.status, 0);
}

/* Its page number has 32 bits; this process is above them. */
TEST_APART(virtio_device_is_old)
{
	CHECK_PROBE(version, 1, -ENOTSUP);
	CHECK_EQ(virtio_rig.status, 0);
	virtio_rig_make();
	virtio_rig.version = 1;
	virtio_rig.queue_max = 64;
	CHECK_EQ(virtio_rig_probe(), -ENOTSUP);
}

TEST_APART(virtio_devices_are_too_many)
{
	virtio_rig_make();
	for (int i = 0; i < 8; i++)
		CHECK_EQ(virtio_rig_probe(), 0);
	CHECK_EQ(virtio_rig_probe(), -ENOSPC);
	CHECK(!strcmp(block_disk(7)->name, "virtio7"));
	CHECK(!block_disk(8));
}
