/* SPDX-License-Identifier: BSD-2-Clause */
/* Each checksum of ext4, wrong: it is noticed where the bytes are used. */
#include "test_ext4.h"
#include "err.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static struct volume v;

static void flip(uint8_t *at)
{
	*at ^= 0x10;
	disk_forget();
}

/* With @at changed @path cannot be read; with it as it was, it can. */
static void noticed(uint8_t *at, const char *path, const char *why)
{
	flip(at);
	CHECK_EQ(volume_again(&v), 0);
	if (!CHECK_EQ(volume_read(&v, path), -EBADMSG) ||
	    !CHECK(volume_says(&v, why)))
		printf("# %s, byte %td\n", path, at - v.ram.bytes);
	flip(at);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(volume_read(&v, path), 0);
}

/* Nobody asks for the checksums of what is not used. */
static void ignored(uint8_t *at, const char *path)
{
	flip(at);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(volume_read(&v, path), 0);
	flip(at);
}

static void inode_is_checked(const char *path, uint32_t size)
{
	uint8_t *inode = volume_inode(&v, path);

	noticed(inode + 0x10, path, "an inode's checksum");
	noticed(inode + I_BLOCK + 59, path, "an inode's checksum");
	noticed(inode + I_GENERATION, path, "an inode's checksum");
	noticed(inode + I_CHECKSUM, path, "an inode's checksum");
	noticed(inode + I_CHECKSUM + 2, path, "an inode's checksum");
	if (size > 128) {
		noticed(inode + 0x82, path, "an inode's checksum");
		noticed(inode + 0x84, path, "an inode's checksum");
		noticed(inode + size - 1, path, "an inode's checksum");
	}
}

TEST(ext4_notices_a_damaged_inode)
{
	CHECK_EQ(volume_load(&v, "seed"), 0);
	inode_is_checked("/size-300", 256);
	inode_is_checked("/deep/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/bottom",
			 256);
	ignored(volume_inode(&v, "/size-300"), "/size-400");
	volume_free(&v);
	CHECK_EQ(volume_load(&v, "narrow"), 0);
	inode_is_checked("/size-300", 128);
	volume_free(&v);
	CHECK_EQ(volume_load(&v, "wide"), 0);
	inode_is_checked("/size-300", 1024);
	volume_free(&v);
}

static void descriptor_is_checked(const char *image, uint32_t size)
{
	uint8_t *desc;

	CHECK_EQ(volume_load(&v, image), 0);
	desc = volume_block(&v, 2);
	noticed(desc + 0xc, "/size-300", "group descriptor");
	noticed(desc + 0x1e, "/size-300", "group descriptor");
	noticed(desc + 0x1f, "/size-300", "group descriptor");
	noticed(desc + 8, "/size-300", "group descriptor");
	if (size == 64) {
		noticed(desc + 0x28, "/size-300", "group descriptor");
		noticed(desc + 63, "/size-300", "group descriptor");
	}
	ignored(desc + size, "/size-300");
	volume_free(&v);
}

TEST(ext4_notices_a_damaged_group_descriptor)
{
	descriptor_is_checked("ext4-1k", 64);
	descriptor_is_checked("narrow", 32);
	descriptor_is_checked("uninit", 32);
	descriptor_is_checked("uninit64", 64);
}

/* The block that number @entry of a tree's @node leads to. */
static uint8_t *child(const uint8_t *node, unsigned int entry)
{
	return volume_block(&v, get(node + 12 + 12 * entry + 4, 4));
}

TEST(ext4_notices_damaged_extents)
{
	uint8_t *index, *leaf, *last;

	CHECK_EQ(volume_load(&v, "ext4-1k"), 0);
	index = child(volume_inode(&v, "/holes-2") + I_BLOCK, 0);
	CHECK_EQ(get(index + 6, 2), 1);
	leaf = child(index, 0);
	last = child(index, get(index + 2, 2) - 1u);
	noticed(index + 1020, "/holes-2", "a file's extents");
	noticed(index + 8, "/holes-2", "a file's extents");
	noticed(index + 1000, "/holes-2", "a file's extents");
	noticed(leaf + 12 + 9, "/holes-2", "a file's extents");
	noticed(leaf + 1023, "/holes-2", "a file's extents");
	noticed(last + 1019, "/holes-2", "a file's extents");
	ignored(leaf + 9, "/holes-1");
	volume_free(&v);
}

TEST(ext4_notices_a_damaged_folder)
{
	static const char path[] = "/deep/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/bottom";
	uint8_t *block;

	CHECK_EQ(volume_load(&v, "ext4-1k"), 0);
	block = volume_data(&v, "/deep/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t");
	noticed(block + 100, path, "a folder");
	for (unsigned int i = 1012; i < 1024; i++)
		noticed(block + i, path, "a folder");
	noticed(block + 4, path, "a folder");
	ignored(block + 100, "/size-300");
	volume_free(&v);
}

/* Also where the name seems not to be there, and in a listing. */
TEST(ext4_notices_a_name_that_was_lost)
{
	struct fs_node node;
	uint8_t *entry;

	CHECK_EQ(volume_load(&v, "ext4-1k"), 0);
	entry = entry_in(volume_data(&v, "/deep"), "file");
	CHECK_EQ(volume_read(&v, "/deep/file"), 0);
	CHECK_EQ(volume_list(&v, "/deep"), 2);
	entry[8] = 'F';
	CHECK_EQ(volume_read(&v, "/deep/file"), -EBADMSG);
	CHECK_EQ(volume_read(&v, "/deep/File"), -EBADMSG);
	CHECK(volume_says(&v, "a folder"));
	CHECK_EQ(volume_list(&v, "/deep"), -EBADMSG);
	entry[8] = 'f';
	CHECK_EQ(fs_find(&v.fs, "/deep/File", &node), -EBADMSG);
	disk_forget();
	CHECK_EQ(fs_find(&v.fs, "/deep/File", &node), -ENOENT);
	volume_free(&v);
}

/* Block @number of the folder with many names, which is in one piece. */
static uint8_t *names_block(uint32_t number)
{
	struct fs_node folder;
	struct fs_run run;

	CHECK_EQ(fs_find(&v.fs, "/names", &folder), 0);
	CHECK_EQ(v.fs.type->map(&v.fs, &folder, number * 1024ull, &run), 0);
	return v.ram.bytes + run.where;
}

/* A damaged hash table has no names, but a listing passes it. */
static void table_is_checked(uint8_t *at)
{
	flip(at);
	CHECK_EQ(volume_again(&v), 0);
	if (!CHECK_EQ(volume_list(&v, "/names"), -EBADMSG) ||
	    !CHECK(volume_says(&v, "a folder")))
		printf("# byte %td\n", at - v.ram.bytes);
	CHECK_EQ(volume_read(&v, "/names/a-name-of-some-length-0001"), 0);
	CHECK_EQ(volume_read(&v, "/names/a-name-of-some-length-5000"),
		 -EBADMSG);
	flip(at);
	CHECK_EQ(volume_list(&v, "/names"), 5000);
}

TEST(ext4_notices_a_damaged_hash_table)
{
	uint8_t *root, *node;

	CHECK_EQ(volume_load(&v, "many"), 0);
	CHECK_EQ(volume_list(&v, "/names"), 5000);
	root = names_block(0);
	CHECK_EQ(root[0x1e], 1);
	node = names_block(get(root + 0x24, 4));
	CHECK_EQ(get(node + 4, 2), 1024);
	table_is_checked(root + 0x1c);
	table_is_checked(root + 0x20);
	table_is_checked(root + 0x23);
	table_is_checked(root + 0x28);
	table_is_checked(root + 1023);
	table_is_checked(node + 8);
	table_is_checked(node + 11);
	table_is_checked(node + 100);
	table_is_checked(node + 1016);
	table_is_checked(node + 1020);
	volume_free(&v);
}

/* Without metadata_csum nobody can tell. */
TEST(ext4_reads_without_checksums)
{
	CHECK_EQ(volume_load(&v, "plain"), 0);
	ignored(volume_inode(&v, "/size-300") + 0x10, "/size-300");
	ignored(volume_block(&v, 2) + 0x1e, "/size-300");
	ignored(volume_data(&v, "/deep") + 100, "/deep/file");
	volume_free(&v);
}
