/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading bytes of a disk: the cache, what goes straight, and what fails. */
#include "crc.h"
#include "disk.h"
#include "err.h"
#include "ramdisk.h"
#include "unit.h"
#include <string.h>

static struct ramdisk ram;
static uint8_t to[256 * SZ_1K] __attribute__((aligned(4096)));

static void numbered(uint64_t size, uint32_t block)
{
	ramdisk_make(&ram, size, block);
	for (uint64_t i = 0; i < size; i++)
		ram.bytes[i] = (uint8_t)(i * 7 + i / 256);
}

TEST(disk_reads_any_bytes)
{
	static const uint32_t blocks[] = { 512, 4096 };

	for (size_t b = 0; b < ARRAY_SIZE(blocks); b++) {
		numbered(SZ_1M + blocks[b], blocks[b]);
		for (unsigned int i = 0; i < 2000; i++) {
			uint64_t size = unit_random_below(sizeof(to) - 1) + 1;
			uint64_t at = unit_random_below(ram.disk.size - size);
			uint64_t in = unit_random_below(2) *
				      unit_random_below(sizeof(to) - size);

			memset(to, 0xee, sizeof(to));
			CHECK_EQ(disk_read(&ram.disk, at, to + in, size), 0);
			CHECK(!memcmp(to + in, ram.bytes + at, size));
			CHECK(!in || to[in - 1] == 0xee);
			CHECK(to[in + size] == 0xee || in + size == sizeof(to));
		}
		ramdisk_free(&ram);
	}
}

TEST(disk_refuses_what_is_outside)
{
	struct disk_run run = { 512, 512, to };

	numbered(4096, 512);
	CHECK_EQ(disk_read(&ram.disk, 4096, to, 1), -ERANGE);
	CHECK_EQ(disk_read(&ram.disk, 1, to, 4096), -ERANGE);
	CHECK_EQ(disk_read(&ram.disk, UINT64_MAX, to, 2), -ERANGE);
	CHECK_EQ(disk_read(&ram.disk, 4096, to, 0), 0);
	CHECK_EQ(disk_read_runs(&ram.disk, &run, 1), 0);
	run.offset = 4096;
	CHECK_EQ(disk_read_runs(&ram.disk, &run, 1), -ERANGE);
	run.offset = 100;
	CHECK_EQ(disk_read_runs(&ram.disk, &run, 1), -EINVAL);
	run = (struct disk_run){ 0, 0, to };
	CHECK_EQ(disk_read_runs(&ram.disk, &run, 1), -EINVAL);
	CHECK_EQ(disk_read_runs(&ram.disk, &run, 0), 0);
	ramdisk_free(&ram);
}

TEST(disk_asks_once_for_what_lies_together)
{
	numbered(SZ_1M, 512);
	for (unsigned int i = 0; i < 100; i++)
		CHECK_EQ(disk_read(&ram.disk, i * 64, to, 64), 0);
	CHECK_EQ(ram.requests, 1);
	CHECK_EQ(disk_read(&ram.disk, 0, to, 200 * SZ_1K), 0);
	CHECK_EQ(ram.requests, 2);
	disk_forget();
	CHECK_EQ(disk_read(&ram.disk, 0, to, 1), 0);
	CHECK_EQ(ram.requests, 3);
	ramdisk_free(&ram);
}

/* What lies beside a bad block is still there. */
TEST(disk_reads_around_a_bad_block)
{
	numbered(SZ_1M, 512);
	ram.bad = region_of(1024, 512);
	CHECK_EQ(disk_read(&ram.disk, 512, to, 512), 0);
	CHECK(!memcmp(to, ram.bytes + 512, 512));
	CHECK_EQ(disk_read(&ram.disk, 1023, to, 1), 0);
	CHECK_EQ(disk_read(&ram.disk, 1023, to, 2), -EIO);
	CHECK_EQ(disk_read(&ram.disk, 1536, to, 1), 0);
	CHECK_EQ(disk_read(&ram.disk, 0, to, 200 * SZ_1K), -EIO);
	ramdisk_free(&ram);
}

TEST(crc_of_the_usual_text)
{
	CHECK_EQ((uint32_t)~crc32(UINT32_MAX, "123456789", 9), 0xcbf43926);
	CHECK_EQ((uint32_t)~crc32c(UINT32_MAX, "123456789", 9), 0xe3069283);
	CHECK_EQ(crc16(0, "123456789", 9), 0xbb3d);
}
