/* SPDX-License-Identifier: BSD-2-Clause */
/* Folders, links and data in inodes that say what cannot be. */
#include "test_ext4.h"
#include "err.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct volume v;

/* A number in an entry, and what a listing and a search say to it. */
struct lie {
	unsigned int offset, size;
	uint32_t value;
	int listed, found;
};

static void tell_lies(uint8_t *entry, const struct lie *lies, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint8_t *there = entry + lies[i].offset;
		uint32_t truth = get(there, lies[i].size);

		put(there, lies[i].size, lies[i].value);
		CHECK_EQ(volume_list(&v, "/deep"), lies[i].listed);
		if (!CHECK_EQ(volume_read(&v, "/deep/file"), lies[i].found) ||
		    !CHECK(lies[i].found != -EINVAL || volume_says(&v, "ext4:")))
			printf("# 0x%x at %u\n", lies[i].value, lies[i].offset);
		put(there, lies[i].size, truth);
	}
	CHECK_EQ(volume_list(&v, "/deep"), 2);
	CHECK_EQ(volume_read(&v, "/deep/file"), 0);
}

TEST(ext4_refuses_entries_that_lie)
{
	static const struct lie lies[] = {
		{ 4, 2, 0, -EINVAL, -EINVAL },
		{ 4, 2, 4, -EINVAL, -EINVAL },
		{ 4, 2, 8, -EINVAL, -EINVAL },
		{ 4, 4, 0x01000008, -EINVAL, -EINVAL },	/* of a name */
		{ 4, 2, 13, -EINVAL, -EINVAL },
		{ 4, 2, 14, -EINVAL, -EINVAL },
		{ 4, 2, 1024, -EINVAL, -EINVAL },
		{ 4, 2, 0xfffc, -EINVAL, -EINVAL },
		{ 4, 4, 0x0105000c, -EINVAL, -EINVAL },	/* no room */
		{ 4, 4, 0x01ff0104, -EINVAL, -EINVAL },
		{ 6, 1, 0, -EINVAL, -ENOENT },
		{ 6, 1, 3, 2, -ENOENT },
		{ 0, 4, 0, 1, -ENOENT },	/* deleted */
		{ 0, 4, 257, -EINVAL, -EINVAL },
		{ 0, 4, UINT32_MAX, -EINVAL, -EINVAL },
		{ 0, 4, 256, 2, -EINVAL },	/* not in use */
		{ 8, 1, '/', -EINVAL, -ENOENT },
		{ 9, 1, 0, -EINVAL, -ENOENT },
		{ 7, 1, 0, 2, 0 },		/* its inode knows */
		{ 7, 1, 8, 2, 0 },
		{ 7, 1, 255, 2, 0 },
	};
	uint8_t *entry;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	CHECK_EQ(get(volume_super(&v), 4), 256);	/* inodes */
	entry = entry_in(volume_data(&v, "/deep"), "file");
	tell_lies(entry, lies, ARRAY_SIZE(lies));
	volume_free(&v);
}

/* An entry that leaves less than one to the end of the block. */
TEST(ext4_refuses_the_rest_of_an_entry)
{
	uint8_t *block;
	uint32_t at = 0;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	block = volume_data(&v, "/deep");
	while (at + get(block + at + 4, 2) < 1024)
		at += get(block + at + 4, 2);
	put(block + at + 4, 2, 1024 - at - 8);
	CHECK_EQ(volume_list(&v, "/deep"), -EINVAL);
	CHECK_EQ(volume_read(&v, "/deep/not-there"), -EINVAL);
	CHECK(volume_says(&v, "a folder's entries"));
	volume_free(&v);
}

/* A block of 64 KiB that is all one entry has three ways to say so. */
TEST(ext4_reads_entries_of_64_kib)
{
	static const uint16_t lengths[] = { 0, 1, UINT16_MAX };
	uint8_t *block, *inode;

	CHECK_EQ(volume_load(&v, "far-64k"), 0);
	CHECK_EQ(volume_list(&v, "/lost+found"), 0);
	inode = volume_inode(&v, "/lost+found");
	block = volume_block(&v, get(inode + I_BLOCK, 4));
	CHECK_EQ(block[8], '.');
	put(block, 4, 0);
	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		put(block + 4, 2, lengths[i]);
		CHECK_EQ(volume_list(&v, "/lost+found"), 0);
	}
	put(block + 4, 2, 2);
	CHECK_EQ(volume_list(&v, "/lost+found"), -EINVAL);
	volume_free(&v);
}

/* @value in a field of the folder's inode. */
static void folder_is(unsigned int field, uint32_t value, int err,
		      const char *why)
{
	uint8_t *at = volume_inode(&v, "/deep") + field;
	uint32_t truth = get(at, 4);

	put(at, 4, value);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(volume_list(&v, "/deep"), err);
	CHECK_EQ(volume_read(&v, "/deep/file"), err < 0 ? err : -ENOENT);
	CHECK(!why || volume_says(&v, why));
	put(at, 4, truth);
}

TEST(ext4_refuses_folders_that_lie)
{
	CHECK_EQ(volume_load(&v, "plain"), 0);
	folder_is(I_SIZE, 0, 0, NULL);
	folder_is(I_SIZE, 1023, -EINVAL, "a folder that is over 64 MiB");
	folder_is(I_SIZE, 65 << 20, -EINVAL, "a folder that is over 64 MiB");
	folder_is(I_SIZE, 0xfffffc00, -EINVAL, "a folder that is over 64 MiB");
	folder_is(I_BLOCK + 20, 100000, -EINVAL, "leads out of the volume");
	/* A hole, while the bytes at 0 look like a folder that is empty. */
	put(v.ram.bytes + 4, 2, 1024);
	folder_is(I_BLOCK + 12, 1, -EINVAL, "a folder's entries");
	folder_is(I_FLAGS, I_EXTENTS | 0x800, -ENOTSUP, "encrypted");
	volume_free(&v);
}

/* A folder that goes on where nothing is, after names that are good. */
TEST(ext4_ends_a_listing_with_an_error)
{
	struct fs_entry entry;
	struct fs_node folder;
	uint64_t at = 0;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	put(volume_inode(&v, "/deep") + I_SIZE, 4, 2048);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/deep", &folder), 0);
	CHECK_EQ(fs_list(&v.fs, &folder, &at, &entry), 0);
	CHECK_EQ(fs_list(&v.fs, &folder, &at, &entry), 0);
	CHECK_EQ(fs_list(&v.fs, &folder, &at, &entry), -EINVAL);
	CHECK_EQ(fs_list(&v.fs, &folder, &at, &entry), -EINVAL);
	volume_free(&v);
}

TEST(ext4_refuses_to_search_where_case_does_not_count)
{
	CHECK_EQ(volume_load(&v, "plain"), 0);
	put(volume_inode(&v, "/deep") + I_FLAGS, 4, I_EXTENTS | 0x40000000);
	CHECK_EQ(volume_list(&v, "/deep"), 2);
	CHECK_EQ(volume_read(&v, "/deep/file"), -ENOTSUP);
	CHECK(volume_says(&v, "upper and lower case"));
	volume_free(&v);
}

/*
 * CVE-2024-57256, CVE-2025-26723: size + 1 is 0. CVE-2024-57254 and others: a
 * length that is believed. A link that is not short has its target in blocks.
 */
static void link_is(const char *path, uint32_t size, int err, const char *why)
{
	uint8_t *at = volume_inode(&v, path) + I_SIZE;
	uint32_t truth = get(at, 4);

	put(at, 4, size);
	CHECK_EQ(volume_again(&v), 0);
	if (!CHECK_EQ(volume_read(&v, path), err) ||
	    !CHECK(!why || volume_says(&v, why)))
		printf("# %s of %u bytes\n", path, size);
	put(at, 4, truth);
}

TEST(ext4_refuses_links_that_lie)
{
	static const uint32_t large[] = { 0, 1025, 4096, 0x7fffffff,
					  0x80000000, 0xfffffffe, UINT32_MAX };

	CHECK_EQ(volume_load(&v, "plain"), 0);
	for (size_t i = 0; i < ARRAY_SIZE(large); i++) {
		link_is("/fast", large[i], -EINVAL, "a symbolic link has no");
		link_is("/slow", large[i], -EINVAL, "a symbolic link has no");
	}
	link_is("/fast", 60, -EINVAL, "leads out of the volume");
	link_is("/fast", 1000, -EINVAL, "leads out of the volume");
	link_is("/fast", 59, -EINVAL, NULL);	/* its end is in it */
	link_is("/fast", 5, -ENOENT, NULL);
	link_is("/slow", 1024, -ERANGE, NULL);
	link_is("/slow", 1000, -EINVAL, NULL);
	link_is("/slow", 59, -EINVAL, NULL);
	put(volume_inode(&v, "/fast") + I_SIZE_HI, 4, UINT32_MAX);
	CHECK_EQ(volume_read(&v, "/fast"), 0);
	volume_free(&v);
}

/* A number in an inode with its data in it, and what comes of it. */
static void inline_is(unsigned int field, unsigned int size, uint32_t value,
		      int err, const char *why)
{
	uint8_t *at = volume_inode(&v, "/size-100") + field;
	uint32_t truth = get(at, size);

	put(at, size, value);
	CHECK_EQ(volume_again(&v), 0);
	if (!CHECK_EQ(volume_read(&v, "/size-100"), err) ||
	    !CHECK(!why || volume_says(&v, why)))
		printf("# 0x%x at %u\n", value, field);
	put(at, size, truth);
}

TEST(ext4_refuses_data_in_inodes_that_lies)
{
	enum { XATTR = 160, NAME = XATTR + 4, WHERE = NAME + 2,
	       INODE = NAME + 4, SIZE = NAME + 8 };
	static const char out[] = "data in an inode leads out";
	const uint8_t *inode;

	CHECK_EQ(volume_load(&v, "inline-nocsum"), 0);
	inode = volume_inode(&v, "/size-100");
	CHECK_EQ(get(inode + I_EXTRA, 2), 32);
	CHECK_EQ(get(inode + XATTR, 4), 0xea020000);
	CHECK_EQ(get(inode + SIZE, 4), 40);
	inline_is(I_SIZE, 4, 101, -EINVAL, out);
	inline_is(I_SIZE, 4, UINT32_MAX, -EINVAL, out);
	inline_is(I_SIZE_HI, 4, 1, -EINVAL, out);
	inline_is(SIZE, 4, 39, -EINVAL, out);
	inline_is(SIZE, 4, 0x7fffffff, -EINVAL, out);
	inline_is(SIZE, 4, UINT32_MAX, -EINVAL, out);
	inline_is(WHERE, 2, UINT16_MAX, -EINVAL, out);
	inline_is(WHERE, 2, 256 - XATTR - 4 - 39, -EINVAL, out);
	inline_is(WHERE, 2, 256 - XATTR - 4 - 40, 0, NULL);
	inline_is(INODE, 4, 12, -ENOTSUP, "inline data in another inode");
	inline_is(NAME, 1, 255, -EINVAL, out);
	inline_is(NAME, 1, 3, -EINVAL, out);
	inline_is(NAME + 1, 1, 1, -EINVAL, out);
	inline_is(NAME, 4, 0, -EINVAL, out);
	inline_is(XATTR, 4, 0, -EINVAL, out);
	inline_is(I_EXTRA, 2, 128, -EINVAL, out);
	inline_is(I_EXTRA, 2, 126, -EINVAL, out);
	inline_is(I_EXTRA, 2, 129, -EINVAL, "fields are longer");
	inline_is(I_FLAGS, 4, 0, -EINVAL, NULL);
	inline_is(I_FLAGS, 4, I_EXTENTS, -EINVAL, "extents of a file");
	volume_free(&v);
}

/* As the kernel leaves it where other attributes came first. */
TEST(ext4_finds_data_behind_other_attributes)
{
	uint8_t *first;

	CHECK_EQ(volume_load(&v, "inline-nocsum"), 0);
	first = volume_inode(&v, "/size-100") + 164;
	CHECK(!memcmp(first + 16, "data", 4));
	memmove(first + 20, first, 24);
	put(first, 2, 1 << 8 | 2);	/* "user.ab", without a value */
	put(first + 8, 4, 0);
	memcpy(first + 16, "ab", 2);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(volume_read(&v, "/size-100"), 0);
	put(first + 20, 2, 7 << 8 | 5);	/* and this is no more */
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(volume_read(&v, "/size-100"), -EINVAL);
	volume_free(&v);
}

TEST(ext4_refuses_folders_in_inodes_that_lie)
{
	static const struct lie lies[] = {
		{ 4, 2, 0, -EINVAL, -EINVAL },
		{ 4, 2, 8, -EINVAL, -EINVAL },
		{ 4, 2, 60, -EINVAL, -EINVAL },
		{ 4, 2, 0xfffc, -EINVAL, -EINVAL },
		{ 4, 4, 0x0105000c, -EINVAL, -EINVAL },
		{ 6, 1, 255, -EINVAL, -EINVAL },
		{ 0, 4, 0, 1, -ENOENT },
		{ 0, 4, UINT32_MAX, -EINVAL, -EINVAL },
	};
	uint8_t *inode;

	CHECK_EQ(volume_load(&v, "inline-nocsum"), 0);
	inode = volume_inode(&v, "/deep");
	CHECK(get(inode + I_FLAGS, 4) & I_INLINE);
	tell_lies(entry_in(inode + I_BLOCK + 4, "file"), lies, ARRAY_SIZE(lies));
	CHECK_EQ(volume_list(&v, "/deep/.."), volume_list(&v, "/"));
	put(inode + I_BLOCK, 4, 0);
	CHECK_EQ(volume_list(&v, "/deep/.."), -EINVAL);
	CHECK(volume_says(&v, "an inode number"));
	put(inode + I_BLOCK, 4, UINT32_MAX);
	CHECK_EQ(volume_list(&v, "/deep/.."), -EINVAL);
	volume_free(&v);
}

TEST(ext4_refuses_a_root_that_is_none)
{
	struct fs_node node;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	put(volume_inode(&v, "/") + I_MODE, 2, 0x81a4);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/", &node), -EINVAL);
	CHECK(volume_says(&v, "the root is no folder"));
	volume_free(&v);
}
