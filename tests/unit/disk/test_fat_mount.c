/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot sector of FAT: what is one, what is none, and what contradicts
 * itself. Classes of bugs that other loaders had here: arithmetic with a
 * cluster size of 0 or with a huge one (U-Boot, CVE-2025-24857), sector
 * times size in 32 bits, a table or a root folder beyond the volume.
 */
#include "err.h"
#include "test_fat.h"
#include "unit.h"
#include <string.h>

static struct fat_made made;

/* @count bytes at @at of the boot sector become @value. */
struct change {
	unsigned int at, count;
	uint32_t value;
};

static void change(struct change c)
{
	for (unsigned int i = 0; i < c.count; i++)
		made.ram.bytes[c.at + i] = (uint8_t)(c.value >> 8 * i);
}

/* Mount with one change, and take it back. */
static int mount_changed(struct change c)
{
	uint8_t boot[512];
	int err;

	memcpy(boot, made.ram.bytes, sizeof(boot));
	change(c);
	err = fat_mount_made(&made);
	memcpy(made.ram.bytes, boot, sizeof(boot));
	return err;
}

/* Mount what fat_make() made, find its file. */
static void check_works(void)
{
	struct fs_node node;

	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "/a", &node), 0);
	CHECK_EQ(node.size, 3);
	CHECK(!strcmp(made.fs.type->name, "fat"));
}

static void make_with_file(unsigned int bits, uint32_t clusters)
{
	fat_make(&made, bits, 512, clusters);
	fat_row(&made, 3, 1);
	fat_short(made.ram.bytes + made.root, "A          ", FAT_FILE, 3, 3);
}

TEST(fat_mount_tells_the_type_by_the_clusters)
{
	static const struct {
		unsigned int bits;
		uint32_t clusters;
	} kinds[] = {
		{ 12, 2 }, { 12, 4083 }, { 12, 4084 }, { 16, 4085 },
		{ 16, 4086 }, { 16, 65523 }, { 16, 65524 }, { 32, 65525 },
		{ 32, 70000 }, { 32, 4084 }, { 32, 2 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		make_with_file(kinds[i].bits, kinds[i].clusters);
		check_works();
		fat_free(&made);
	}
	make_with_file(16, 65525);
	CHECK_EQ(fat_mount_made(&made), -EINVAL);
	fat_free(&made);
}

TEST(fat_mount_leaves_others_alone)
{
	static const struct change changes[] = {
		{ 0, 1, 0 }, { 0, 1, 0xea }, { 2, 1, 0x91 }, { 510, 1, 0 },
		{ 511, 1, 0 }, { 11, 2, 0 }, { 11, 2, 256 }, { 11, 2, 513 },
		{ 11, 2, 768 }, { 11, 2, 8192 }, { 13, 1, 0 }, { 13, 1, 3 },
		{ 13, 1, 255 }, { 14, 2, 0 }, { 16, 1, 0 }, { 16, 1, 5 },
		{ 21, 1, 0 }, { 21, 1, 0xf1 }, { 21, 1, 0xf7 },
	};

	make_with_file(12, 100);
	for (size_t i = 0; i < ARRAY_SIZE(changes); i++)
		CHECK_EQ(mount_changed(changes[i]), -ENOEXEC);
	memcpy(made.ram.bytes + 3, "EXFAT   ", 8);
	CHECK_EQ(fat_mount_made(&made), -ENOEXEC);
	memcpy(made.ram.bytes + 3, "NTFS    ", 8);
	CHECK_EQ(fat_mount_made(&made), -ENOEXEC);
	memcpy(made.ram.bytes + 3, "MSDOS5.0", 8);
	check_works();
	memcpy(made.ram.bytes, "\xe9\x00\x01", 3);
	check_works();
	made.ram.bytes[21] = 0xf0;
	check_works();
	fat_free(&made);
	ramdisk_make(&made.ram, 512, 512);
	CHECK_EQ(fs_mount(&made.fs, &made.ram.disk, region_of(0, 511)),
		 -ENOEXEC);
	CHECK_EQ(fs_mount(&made.fs, &made.ram.disk, region_of(0, 512)),
		 -ENOEXEC);
	fat_free(&made);
}

/* A disk that was FAT as a whole and then got partitions keeps its BPB. */
TEST(fat_mount_leaves_an_mbr_alone)
{
	uint8_t *entry;

	make_with_file(12, 100);
	entry = made.ram.bytes + 446 + 16;
	entry[4] = 0x0c;
	fat_put32(entry + 8, 63);
	fat_put32(entry + 12, 20);
	CHECK_EQ(fat_mount_made(&made), -ENOEXEC);
	entry[0] = 0x80;
	CHECK_EQ(fat_mount_made(&made), -ENOEXEC);
	entry[0] = 0x12;	/* boot code */
	check_works();
	entry[0] = 0x80;
	fat_put32(entry + 8, 0);	/* as mkfs.vfat --mbr */
	check_works();
	fat_put32(entry + 8, 63);
	entry[4] = 0;
	check_works();
	memset(made.ram.bytes, 0, 446);	/* nothing but an MBR */
	CHECK_EQ(fat_mount_made(&made), -ENOEXEC);
	fat_free(&made);
}

/* In a partition the same bytes are boot code. */
TEST(fat_mount_in_a_partition)
{
	const uint64_t offset = 3 * 512;
	struct ramdisk disk;
	struct fs_node node;

	make_with_file(12, 100);
	made.ram.bytes[446 + 4] = 0x0c;
	made.ram.bytes[446 + 8] = 63;
	made.ram.bytes[446 + 12] = 20;
	ramdisk_make(&disk, offset + made.ram.disk.size, 512);
	memcpy(disk.bytes + offset, made.ram.bytes, made.ram.disk.size);
	CHECK_EQ(fs_mount(&made.fs, &disk.disk,
			  region_of(offset, made.ram.disk.size)), 0);
	CHECK_EQ(fs_find(&made.fs, "A", &node), 0);
	CHECK_EQ(fs_mount(&made.fs, &disk.disk,
			  region_of(offset, made.ram.disk.size - 1)), -EINVAL);
	ramdisk_free(&disk);
	fat_free(&made);
}

static void check_refused(const struct change *changes, size_t count, int err)
{
	for (size_t i = 0; i < count; i++) {
		CHECK_EQ(mount_changed(changes[i]), err);
		CHECK(made.fs.why && *made.fs.why);
	}
	check_works();
}

TEST(fat_mount_refuses_what_contradicts_itself)
{
	static const struct change changes[] = {
		{ 13, 1, 128 },			/* no cluster is left */
		{ 14, 2, 0xffff }, { 14, 2, 110 }, /* tables reach the end */
		{ 17, 2, 0 },			/* no root at all */
		{ 17, 2, 0xffff },
		{ 22, 2, 0 }, { 22, 2, 0xffff }, { 22, 2, 60 },
		{ 19, 2, 5 }, { 32, 4, 0 }, { 32, 4, 6 },
		{ 32, 4, 7 }, { 32, 4, 108 }, { 32, 4, 0x7fffffff },
		{ 32, 4, UINT32_MAX },
		{ 11, 2, 4096 },		/* eight times as large */
	};

	make_with_file(12, 100);
	CHECK_EQ(made.ram.disk.size, 107 * 512);
	made.ram.disk.size -= 512;
	CHECK_EQ(fat_mount_made(&made), -EINVAL);
	CHECK(strstr(made.fs.why, "ends before"));
	made.ram.disk.size += 512;
	check_refused(changes, ARRAY_SIZE(changes), -EINVAL);
	fat_free(&made);
}

TEST(fat_mount_refuses_what_contradicts_fat32)
{
	static const struct change changes[] = {
		{ 36, 4, 0 }, { 36, 4, UINT32_MAX }, { 36, 4, 0x80000000 },
		{ 36, 4, 0x80000001 }, { 36, 4, 60 },
		{ 32, 4, 0x00800086 },	/* 4 GiB more, in bytes */
		{ 32, 4, UINT32_MAX }, { 17, 2, 16 }, { 40, 2, 0x82 },
		{ 40, 2, 0x8f }, { 44, 4, 0 }, { 44, 4, 1 }, { 44, 4, 102 },
		{ 44, 4, 0x10000002 }, { 44, 4, UINT32_MAX },
		{ 13, 1, 128 },
	};
	static const struct change version = { 42, 2, 1 };

	make_with_file(32, 100);
	check_refused(changes, ARRAY_SIZE(changes), -EINVAL);
	check_refused(&version, 1, -ENOTSUP);
	change((struct change){ 44, 4, 101 });
	CHECK_EQ(fat_mount_made(&made), 0);
	fat_free(&made);
}

/* 512 KiB: a product of two good numbers. Only the numbers are looked at. */
TEST(fat_mount_refuses_huge_clusters)
{
	make_with_file(16, 9000);
	change((struct change){ 11, 2, 4096 });
	change((struct change){ 13, 1, 128 });
	change((struct change){ 14, 2, 1 });
	change((struct change){ 22, 2, 1 });
	change((struct change){ 32, 4, 1000 });
	CHECK_EQ(fat_mount_made(&made), -EINVAL);
	CHECK(strstr(made.fs.why, "256 KiB"));
	change((struct change){ 13, 1, 64 });
	CHECK_EQ(fat_mount_made(&made), 0);
	fat_free(&made);
}

/* Such a table has no entries for the last clusters: they do not exist. */
TEST(fat_mount_takes_a_table_that_is_too_short)
{
	struct fs_node node;
	struct fs_run run;

	make_with_file(32, 300);
	change((struct change){ 36, 4, 1 });
	change((struct change){ 14, 2, 36 });
	made.table += 4 * 512;
	made.table_size = 512;
	fat_set(&made, 2, 0x0fffffff);
	fat_row(&made, 100, 28);
	fat_short(made.ram.bytes + made.root, "A          ", FAT_FILE, 100,
		  28 * 512);
	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "a", &node), 0);
	CHECK_EQ(made.fs.type->map(&made.fs, &node, 0, &run), 0);
	CHECK_EQ(run.size, 28 * 512);
	fat_set(&made, 127, 128);
	disk_forget();
	CHECK_EQ(fs_find(&made.fs, "a", &node), 0);
	CHECK_EQ(made.fs.type->map(&made.fs, &node, 0, &run), -EINVAL);
	fat_free(&made);
	/* A sector has 341 entries of twelve bits, and four bits more. */
	make_with_file(12, 400);
	change((struct change){ 22, 2, 1 });
	change((struct change){ 14, 2, 3 });
	made.table = 3 * 512;
	fat_row(&made, 339, 2);
	fat_short(made.ram.bytes + made.root, "A          ", FAT_FILE, 339, 1024);
	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "a", &node), 0);
	CHECK_EQ(made.fs.type->map(&made.fs, &node, 0, &run), 0);
	CHECK_EQ(run.size, 1024);
	node.number = 341;
	memset(node.own, 0, sizeof(node.own));
	CHECK_EQ(made.fs.type->map(&made.fs, &node, 0, &run), -EINVAL);
	fat_free(&made);
}

/* One that cannot be read is an error of the disk, not "no FAT". */
TEST(fat_mount_tells_what_the_disk_says)
{
	make_with_file(12, 100);
	made.ram.bad = region_of(0, 512);
	CHECK_EQ(fat_mount_made(&made), -EIO);
	fat_free(&made);
}
