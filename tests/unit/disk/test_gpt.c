/* SPDX-License-Identifier: BSD-2-Clause */
/* GUID partition tables: what sfdisk and fdisk write, and damage to it. */
#include "crc.h"
#include "err.h"
#include "partition.h"
#include "ramdisk.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

static struct ramdisk ram;
static struct partition_table table;
static const char *why;

static uint8_t *header(uint64_t lba)
{
	return ram.bytes + lba * ram.disk.block;
}

static void put(uint8_t *to, uint64_t value, unsigned int size)
{
	for (unsigned int i = 0; i < size; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

static uint64_t get(const uint8_t *from, unsigned int size)
{
	uint64_t value = 0;

	while (size--)
		value = value << 8 | from[size];
	return value;
}

/* Make the CRC of this copy right again, so that only the change is wrong. */
static void repair(uint8_t *h)
{
	uint64_t size = get(h + 80, 4) * get(h + 84, 4);
	uint64_t at = get(h + 72, 8) * ram.disk.block;

	if (at <= ram.disk.size && size <= ram.disk.size - at)
		put(h + 88, ~crc32(UINT32_MAX, ram.bytes + at, size), 4);
	put(h + 16, 0, 4);
	if (get(h + 12, 4) <= ram.disk.block)
		put(h + 16, ~crc32(UINT32_MAX, h, get(h + 12, 4)), 4);
}

static uint64_t last(void)
{
	return ram.disk.size / ram.disk.block - 1;
}

static int read_table(void)
{
	disk_forget();
	memset(&table, 0xee, sizeof(table));
	why = "unset";
	ram.requests = 0;
	return partition_read(&ram.disk, &table, &why);
}

/* Change both copies in the same way and see both refused. */
static void refuses(unsigned int offset, uint64_t value, unsigned int size,
		    const char *text)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	put(header(1) + offset, value, size);
	put(header(last()) + offset, value, size);
	repair(header(1));
	repair(header(last()));
	CHECK_EQ(read_table(), -EBADMSG);
	if (!CHECK(why && strstr(why, text)))
		unit_equal(offset, 0, __FILE__, __LINE__, why ? why : "none");
	CHECK_EQ(table.count, 0);
	ramdisk_free(&ram);
}

static bool is(unsigned int index, unsigned int number, uint64_t start,
	       uint64_t size)
{
	const struct partition p = table.partitions[index];

	return p.number == number && p.where.base == start * 512 &&
	       p.where.size == size * 512 && !p.mbr_type;
}

static bool named(unsigned int index, const char *name)
{
	const char *found = partition_type_name(&table.partitions[index]);

	return found ? name && !strcmp(found, name) : !name;
}

static void check_gpt512(void)
{
	CHECK_EQ(table.count, 5);
	CHECK(is(0, 1, 64, 128) && named(0, "EFI system"));
	CHECK(is(1, 2, 192, 64) && named(1, "extended boot loader"));
	CHECK(is(2, 3, 256, 1000) && named(2, "Linux root (arm64)"));
	CHECK(is(3, 5, 1310, 705) && named(3, NULL));
	CHECK(is(4, 7, 1300, 1) && named(4, "Linux file system"));
	CHECK(table.partitions[2].active && !table.partitions[1].active);
}

TEST(gpt_of_sfdisk_in_one_request)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT);
	CHECK(!why && !table.warning && ram.requests == 1);
	check_gpt512();
	ramdisk_free(&ram);
}

TEST(gpt_of_fdisk_with_large_blocks)
{
	ramdisk_load(&ram, "partition/gpt4096.img", 4096);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT);
	CHECK(!table.warning && ram.requests <= 2);
	CHECK_EQ(table.count, 2);
	CHECK(is(0, 1, 8 * 8, 92 * 8) && named(0, "Linux file system"));
	CHECK(is(1, 2, 100 * 8, 100 * 8) && named(1, "EFI system"));
	ramdisk_free(&ram);
}

TEST(gpt_with_four_entries)
{
	ramdisk_load(&ram, "partition/gpt4.img", 512);
	CHECK_EQ(read_table(), 0);
	CHECK(table.count == 1 && is(0, 3, 16, 8));
	ramdisk_free(&ram);
}

/* An image that was written to a disk with other blocks. */
TEST(gpt_made_for_other_blocks)
{
	static const struct { const char *name; uint32_t block, made; } cases[] = {
		{ "partition/gpt512.img", 4096, 512 },
		{ "partition/gpt512.img", 1024, 512 },
		{ "partition/gpt4096.img", 512, 4096 },
		{ "partition/gpt4096.img", 2048, 4096 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		ramdisk_load(&ram, cases[i].name, cases[i].block);
		CHECK_EQ(read_table(), 0);
		CHECK_EQ(table.scheme, PARTITION_GPT);
		CHECK(ram.requests <= 2);
		CHECK(table.warning && strstr(table.warning, cases[i].made == 512
			? "blocks of 512 bytes" : "blocks of 4096 bytes"));
		CHECK_EQ(table.count, cases[i].made == 512 ? 5 : 2);
		memset(ram.bytes + cases[i].made, 0, 512);
		CHECK_EQ(read_table(), 0);
		CHECK_EQ(table.scheme, PARTITION_GPT_BACKUP);
		CHECK(strstr(table.warning, "blocks of"));
		ramdisk_free(&ram);
	}
}

/* Every byte of the header counts; what lies behind it does not. */
TEST(gpt_falls_back_to_its_backup)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	for (unsigned int i = 0; i < 512 + 128; i++) {
		header(1)[i] ^= 0x10;
		CHECK_EQ(read_table(), 0);
		check_gpt512();
		CHECK_EQ(table.scheme, i < 92 || i >= 512 ?
			 PARTITION_GPT_BACKUP : PARTITION_GPT);
		CHECK_EQ(!table.warning, i >= 92 && i < 512);
		CHECK(!table.warning || strstr(table.warning, "sgdisk -e"));
		CHECK(!why && ram.requests <= 2);
		header(1)[i] ^= 0x10;
	}
	ramdisk_free(&ram);
}

TEST(gpt_with_both_copies_damaged)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	for (unsigned int i = 0; i < 92; i++) {
		header(1)[i] ^= 1;
		header(last())[i] ^= 1;
		CHECK_EQ(read_table(), -EBADMSG);
		CHECK(why && table.count == 0);
		CHECK_EQ(table.scheme, PARTITION_NONE);
		header(1)[i] ^= 1;
		header(last())[i] ^= 1;
	}
	CHECK_EQ(read_table(), 0);
	header(2)[56] ^= 1;	/* a letter of a name */
	header(last() - 32)[56] ^= 1;
	CHECK_EQ(read_table(), -EBADMSG);
	CHECK(strstr(why, "entries do not match their CRC"));
	ramdisk_free(&ram);
}

TEST(gpt_backup_alone)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	memset(header(1), 0, 33 * 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT_BACKUP);
	check_gpt512();
	/* The first copy stands although the second is gone. */
	ramdisk_free(&ram);
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	memset(header(last() - 32), 0, 33 * 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT);
	ramdisk_free(&ram);
}

/* The image of a smaller disk: its backup is not the last block. */
TEST(gpt_backup_where_the_first_header_says)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	ram.disk.size = 2 * SZ_1M;
	ram.bytes = realloc(ram.bytes, ram.disk.size);
	memset(ram.bytes + SZ_1M, 0, SZ_1M);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT);
	header(1)[60] ^= 1;	/* the disk's GUID: only the CRC notices */
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT_BACKUP);
	check_gpt512();
	put(header(1) + 32, 2 * 2048, 8);	/* behind the end */
	CHECK_EQ(read_table(), -EBADMSG);
	put(header(1) + 32, UINT64_MAX, 8);
	CHECK_EQ(read_table(), -EBADMSG);
	ramdisk_free(&ram);
}

TEST(gpt_header_refusals)
{
	refuses(8, 0x00020000, 4, "revision or a size");
	refuses(12, 91, 4, "revision or a size");
	refuses(12, 513, 4, "revision or a size");
	refuses(12, UINT32_MAX, 4, "revision or a size");
	refuses(24, 3, 8, "lies elsewhere");
	refuses(40, 1, 8, "beyond the disk");
	refuses(40, 2016, 8, "beyond the disk");	/* behind the last */
	refuses(48, 2048, 8, "beyond the disk");
	refuses(48, UINT64_MAX, 8, "beyond the disk");
	refuses(72, 0, 8, "entries lie beyond");
	refuses(72, 2017, 8, "entries lie beyond");
	refuses(72, 2048, 8, "entries lie beyond");
	refuses(72, UINT64_MAX, 8, "entries lie beyond");
	refuses(72, 1ull << 55, 8, "entries lie beyond");
	refuses(80, 0, 4, "number of its entries");
	refuses(80, 1025, 4, "number of its entries");
	refuses(80, UINT32_MAX, 4, "number of its entries");
	refuses(84, 0, 4, "size or the number");
	refuses(84, 64, 4, "size or the number");
	refuses(84, 136, 4, "size or the number");
	refuses(84, 384, 4, "size or the number");
	refuses(84, 8192, 4, "size or the number");
	refuses(84, 1u << 31, 4, "size or the number");
}

/* A longer header and larger entries are a later specification's right. */
TEST(gpt_with_longer_header_and_entries)
{
	uint8_t entries[2048];

	ramdisk_load(&ram, "partition/gpt512.img", 512);
	memcpy(entries, header(2), sizeof(entries));
	put(header(1) + 12, 511, 4);
	header(1)[300] = 7;
	for (unsigned int size = 128; size <= 4096; size *= 2) {
		memset(header(2), 0xaa, 16384);
		put(header(1) + 84, size, 4);
		put(header(1) + 80, 8, 4);
		for (unsigned int i = 0; i < 8; i++)
			memcpy(header(2) + i * size, entries + i * 128, 128);
		repair(header(1));
		CHECK_EQ(read_table(), 0);
		CHECK_EQ(table.scheme, PARTITION_GPT);
		check_gpt512();
	}
	ramdisk_free(&ram);
}

/* One field of the first entry, in both copies. */
static void refuses_entry(unsigned int number, unsigned int offset,
			  uint64_t value, const char *text)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	offset += (number - 1) * 128;
	put(header(2) + offset, value, 8);
	put(header(last() - 32) + offset, value, 8);
	repair(header(1));
	repair(header(last()));
	CHECK_EQ(read_table(), -EBADMSG);
	CHECK(why && strstr(why, text));
	CHECK_EQ(table.count, 0);
	ramdisk_free(&ram);
}

TEST(gpt_entry_refusals)
{
	refuses_entry(1, 32, 192, "empty or lies outside");	/* > last */
	refuses_entry(1, 32, 33, "empty or lies outside");
	refuses_entry(1, 32, 0, "empty or lies outside");
	refuses_entry(1, 40, 63, "empty or lies outside");
	refuses_entry(5, 40, 2015, "empty or lies outside");
	refuses_entry(5, 40, UINT64_MAX, "empty or lies outside");
	refuses_entry(1, 40, 192, "overlap");
	refuses_entry(7, 40, 1310, "overlap");
	refuses_entry(3, 32, 255, "overlap");
}

/* Bad entries in one copy only: the other one is asked. */
TEST(gpt_overlap_in_one_copy)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	put(header(2) + 40, 200, 8);
	repair(header(1));
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT_BACKUP);
	check_gpt512();
	ramdisk_free(&ram);
}

TEST(gpt_with_more_partitions_than_we_keep)
{
	ramdisk_load(&ram, "partition/many.img", 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, PARTITIONS_MAX);
	CHECK(strstr(table.warning, "more than 128"));
	CHECK(is(0, 1, 101, 1) && is(127, 128, 228, 1));
	/* The CRC goes over those as well that are left out. */
	header(2)[150 * 128] ^= 1;
	header(last() - 40)[150 * 128] ^= 1;
	CHECK_EQ(read_table(), -EBADMSG);
	ramdisk_free(&ram);
}

TEST(gpt_beside_other_mbr_entries)
{
	uint8_t *mbr;

	ramdisk_load(&ram, "partition/gpt512.img", 512);
	mbr = ram.bytes + 446;
	memcpy(mbr + 16, mbr, 16);	/* hybrid: protective one second */
	mbr[0] = 0x80;
	mbr[4] = 0x0c;
	put(mbr + 8, 64, 4);
	put(mbr + 12, 128, 4);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT);
	check_gpt512();
	memset(header(1), 0, 512);
	memset(header(last()), 0, 512);
	/* What the MBR says is no way out. */
	CHECK_EQ(read_table(), -EBADMSG);
	CHECK(strstr(why, "there is none"));
	ramdisk_free(&ram);
}

/* UEFI specification, 5.2.3: no protective MBR, no GPT. */
TEST(gpt_without_its_mbr)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	memset(ram.bytes, 0, 512);
	CHECK_EQ(read_table(), 0);
	CHECK(table.scheme == PARTITION_NONE && !table.count);
	ramdisk_free(&ram);
}

TEST(gpt_on_a_disk_that_fails)
{
	ramdisk_load(&ram, "partition/gpt512.img", 512);
	ram.bad = region_of(512, 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT_BACKUP);
	check_gpt512();
	ram.bad = region_of(20 * 512, 512);	/* in the entries */
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_GPT_BACKUP);
	ram.bad = region_of(512, ram.disk.size - 512);
	CHECK_EQ(read_table(), -EIO);
	CHECK(why && strstr(why, "cannot be read"));
	ram.bad = region_of(0, 512);
	CHECK_EQ(read_table(), -EIO);
	CHECK(why && strstr(why, "first block"));
	ramdisk_free(&ram);
}

TEST(gpt_on_disks_of_few_blocks)
{
	for (unsigned int blocks = 1; blocks < 68; blocks++) {
		ramdisk_load(&ram, "partition/gpt512.img", 512);
		ram.disk.size = blocks * 512;
		CHECK_EQ(read_table(), -EBADMSG);
		ramdisk_free(&ram);
	}
}
