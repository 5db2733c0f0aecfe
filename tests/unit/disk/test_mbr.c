/* SPDX-License-Identifier: BSD-2-Clause */
/* MBR partition tables: primaries, chains of logical ones, and loops. */
#include "err.h"
#include "partition.h"
#include "ramdisk.h"
#include "unit.h"
#include <string.h>

static struct ramdisk ram;
static struct partition_table table;
static const char *why;

static int read_table(void)
{
	disk_forget();
	memset(&table, 0xee, sizeof(table));
	why = "unset";
	ram.requests = 0;
	return partition_read(&ram.disk, &table, &why);
}

static void put32(uint8_t *to, uint32_t value)
{
	for (unsigned int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

/* Write entry @slot of the table in block @at. */
static void entry(uint64_t at, unsigned int slot, uint8_t type, uint32_t start,
		  uint32_t size)
{
	uint8_t *sector = ram.bytes + at * ram.disk.block;
	uint8_t *to = sector + 446 + 16 * slot;

	memset(to, 0, 16);
	to[4] = type;
	put32(to + 8, start);
	put32(to + 12, size);
	sector[510] = 0x55;
	sector[511] = 0xaa;
}

static bool is(unsigned int index, unsigned int number, uint8_t type,
	       uint64_t start, uint64_t size)
{
	const struct partition *p = &table.partitions[index];

	return index < table.count && p->number == number &&
	       p->mbr_type == type &&
	       p->where.base == start * ram.disk.block &&
	       p->where.size == size * ram.disk.block;
}

static bool warned(const char *text)
{
	return table.warning && strstr(table.warning, text);
}

TEST(mbr_of_sfdisk)
{
	ramdisk_load(&ram, "partition/mbr.img", 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_MBR);
	CHECK_EQ(table.count, 4);
	CHECK(!table.warning && !why);
	CHECK_EQ(ram.requests, 1);
	CHECK(is(0, 1, 0x0c, 64, 256) && is(1, 2, 0x83, 320, 100));
	CHECK(is(2, 3, 0x82, 420, 10) && is(3, 4, 0x8e, 500, 1548));
	CHECK(table.partitions[0].active && !table.partitions[1].active);
	CHECK(!strcmp(partition_type_name(&table.partitions[3]), "Linux LVM"));
	ramdisk_free(&ram);
}

TEST(mbr_of_fdisk_with_large_blocks)
{
	ramdisk_load(&ram, "partition/mbr4096.img", 4096);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 1);
	CHECK(is(0, 2, 0x83, 16, 240));
	ramdisk_free(&ram);
}

/* fdisk's chain goes back where a partition was deleted and made again. */
TEST(mbr_logical_partitions_in_any_order)
{
	ramdisk_load(&ram, "partition/logical.img", 512);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 5);
	CHECK(!table.warning);
	CHECK(is(0, 1, 0x0c, 64, 256) && is(1, 4, 0x83, 2012, 36));
	CHECK(is(2, 5, 0x83, 800, 100) && is(3, 6, 0xef, 1200, 812));
	CHECK(is(4, 7, 0x83, 580, 50));
	ramdisk_free(&ram);
}

TEST(mbr_extended_types_of_all_kinds)
{
	static const uint8_t types[] = { 0x05, 0x0f, 0x85 };

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		ramdisk_make(&ram, SZ_1M, 512);
		entry(0, 3, types[i], 100, 1000);
		entry(100, 0, 0x83, 10, 20);
		entry(100, 1, types[i], 50, 100);
		entry(150, 0, 0x0c, 5, 6);
		CHECK_EQ(read_table(), 0);
		CHECK_EQ(table.count, 2);
		CHECK(is(0, 5, 0x83, 110, 20) && is(1, 6, 0x0c, 155, 6));
		ramdisk_free(&ram);
	}
}

TEST(mbr_two_extended_partitions)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x05, 100, 100);
	entry(0, 1, 0x83, 50, 10);
	entry(0, 2, 0x0f, 300, 100);
	entry(100, 0, 0x83, 10, 20);
	entry(300, 0, 0x83, 10, 20);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 3);
	CHECK(is(0, 2, 0x83, 50, 10) && is(1, 5, 0x83, 110, 20) &&
	      is(2, 6, 0x83, 310, 20));
	ramdisk_free(&ram);
}

/* CVE-2019-13103: U-Boot followed a table to itself until its stack ended. */
TEST(mbr_cve_2019_13103_extended_partition_holds_itself)
{
	/* What the report shows: it begins at 0, where it is described. */
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x05, 0, 100);
	CHECK_EQ(read_table(), -EINVAL);
	CHECK(why && strstr(why, "not one"));
	CHECK_EQ(table.count, 0);
	entry(0, 1, 0x83, 100, 100);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 1);
	CHECK(warned("at its own table"));
	/* And further down. */
	entry(0, 0, 0x05, 300, 100);
	entry(300, 0, 0x83, 10, 20);
	entry(300, 1, 0x05, 0, 100);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 2);
	CHECK(warned("has no end"));
	CHECK(is(1, 5, 0x83, 310, 20));
	ramdisk_free(&ram);
}

TEST(mbr_loop_of_several_tables)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x05, 100, 1000);
	entry(100, 0, 0x83, 1, 9);
	entry(100, 1, 0x05, 20, 10);
	entry(120, 0, 0x83, 1, 9);
	entry(120, 1, 0x05, 40, 10);
	entry(140, 0, 0x83, 1, 9);
	entry(140, 1, 0x05, 20, 10);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 3);
	CHECK(warned("has no end"));
	ramdisk_free(&ram);
}

/* Two ways on: the first is the chain, as Linux sees it. */
TEST(mbr_table_with_two_links)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x05, 100, 1000);
	entry(100, 0, 0x05, 20, 10);
	entry(100, 1, 0x05, 40, 10);
	entry(120, 0, 0x83, 1, 9);
	entry(140, 0, 0x82, 1, 9);
	entry(140, 1, 0x05, 60, 10);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, 1);
	CHECK(is(0, 5, 0x83, 121, 9) && !table.warning);
	ramdisk_free(&ram);
}

TEST(mbr_chain_that_is_too_long)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x05, 1, 2000);
	for (unsigned int i = 0; i < 200; i++) {
		entry(1 + 4 * i, 0, 0x83, 1, 2);
		entry(1 + 4 * i, 1, 0x05, 4 * (i + 1), 4);
	}
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, PARTITIONS_MAX);
	CHECK(warned("more than 128"));
	/* Two in each: the table is full before the chain is. */
	for (unsigned int i = 0; i < 200; i++) {
		entry(1 + 4 * i, 0, 0x05, 4 * (i + 1), 4);
		entry(1 + 4 * i, 1, 0x83, 1, 1);
		entry(0, 1 + i % 3, 0x83, 1000 + i % 3, 1);
	}
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.count, PARTITIONS_MAX);
	CHECK(warned("more than 128 partitions"));
	ramdisk_free(&ram);
}

TEST(mbr_chain_that_breaks_off)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x05, 100, 100);
	CHECK_EQ(read_table(), -EINVAL);	/* no table there at all */
	entry(100, 0, 0x83, 1, 9);
	CHECK_EQ(read_table(), 0);
	CHECK(!table.warning);
	entry(100, 1, 0x05, 100, 1);		/* just behind its end */
	CHECK_EQ(read_table(), 0);
	CHECK(warned("outside of the extended"));
	entry(100, 1, 0x05, UINT32_MAX, 1);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("outside of the extended"));
	entry(100, 1, 0x05, 50, 1);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("no signature"));
	ram.bad = region_of(150 * 512, 512);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("cannot be read"));
	CHECK_EQ(table.count, 1);
	ramdisk_free(&ram);
}

TEST(mbr_partitions_beyond_the_disk)
{
	ramdisk_make(&ram, SZ_1M, 512);		/* 2048 blocks */
	entry(0, 0, 0x83, 2000, 48);
	CHECK_EQ(read_table(), 0);
	CHECK(!table.warning && is(0, 1, 0x83, 2000, 48));
	entry(0, 0, 0x83, 2000, 49);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("cut there") && is(0, 1, 0x83, 2000, 48));
	entry(0, 0, 0x83, UINT32_MAX, UINT32_MAX);
	CHECK_EQ(read_table(), -EINVAL);
	entry(0, 1, 0x83, 2047, UINT32_MAX);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("left out") && is(0, 2, 0x83, 2047, 1));
	entry(0, 1, 0x83, 0, 5);
	CHECK_EQ(read_table(), -EINVAL);
	/* Far away by a sum: the number is used up all the same. */
	entry(0, 0, 0x0f, 1000, 1000);
	entry(1000, 0, 0x83, UINT32_MAX, 5);
	entry(1000, 1, 0x05, 10, 5);
	entry(1010, 0, 0x83, 1, 5);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("left out") && is(0, 6, 0x83, 1011, 5));
	ramdisk_free(&ram);
}

TEST(mbr_overlaps_are_told)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x83, 10, 10);
	entry(0, 1, 0x83, 20, 10);
	CHECK_EQ(read_table(), 0);
	CHECK(!table.warning);
	entry(0, 1, 0x83, 19, 10);
	CHECK_EQ(read_table(), 0);
	CHECK(warned("overlap"));
	CHECK_EQ(table.count, 2);
	ramdisk_free(&ram);
}

/* Neither a type without a length nor a length without a type. */
TEST(mbr_unused_entries)
{
	ramdisk_make(&ram, SZ_1M, 512);
	entry(0, 0, 0x83, 10, 0);
	entry(0, 1, 0x00, 10, 10);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	entry(0, 2, 0x0b, 30, 10);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_MBR);
	CHECK_EQ(table.count, 1);
	CHECK(is(0, 3, 0x0b, 30, 10));
	ramdisk_free(&ram);
}

TEST(mbr_disks_without_a_table)
{
	static const char *const names[] = {
		"fat12", "fat16", "fat32", "ntfs", "exfat", "ext4", "nothing",
	};
	char name[64];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		strcpy(name, "partition/");
		strcat(strcat(name, names[i]), ".img");
		for (uint32_t block = 512; block <= 4096; block *= 8) {
			ramdisk_load(&ram, name, block);
			CHECK_EQ(read_table(), 0);
			CHECK_EQ(table.scheme, PARTITION_NONE);
			CHECK_EQ(table.count, 0);
			CHECK(!table.warning && !why);
			ramdisk_free(&ram);
		}
	}
}

/* Boot code where entries would be, and parameters that a format left. */
TEST(mbr_or_boot_sector)
{
	ramdisk_load(&ram, "partition/fat32.img", 512);
	memcpy(ram.bytes + 446, "NTLDR is missing", 16);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	memset(ram.bytes + 446, 0, 64);
	entry(0, 0, 0x0c, 1, UINT32_MAX);	/* not a good entry */
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	entry(0, 0, 0x0c, 0, 100);
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	entry(0, 0, 0x0c, 64, 100);		/* partitioned later */
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_MBR);
	CHECK(is(0, 1, 0x0c, 64, 100));
	ram.bytes[446] = 0x81;
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	ram.bytes[446] = 0x80;
	ram.bytes[511] = 0;
	CHECK_EQ(read_table(), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	ramdisk_free(&ram);
}
