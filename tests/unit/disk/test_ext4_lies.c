/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inodes, extents and lists of blocks that say what cannot be, on volumes
 * whose checksums do not help. Names of tests tell the classes of mistakes
 * that others were caught with.
 */
#include "test_ext4.h"
#include "err.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct volume v;

/* A number in a place, and what comes of it. */
struct lie {
	unsigned int offset, size;
	uint32_t value;
	int err;
	const char *why;
};

/* Tell each of the lies at @at, and read @path. */
static void tell_lies(uint8_t *at, const char *path, const struct lie *lies,
		      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint8_t *there = at + lies[i].offset;
		uint32_t truth = get(there, lies[i].size);

		put(there, lies[i].size, lies[i].value);
		if (!CHECK_EQ(volume_read(&v, path), lies[i].err) ||
		    !CHECK(!lies[i].why || volume_says(&v, lies[i].why)))
			printf("# %s: 0x%x at 0x%x\n", path, lies[i].value,
			       lies[i].offset);
		put(there, lies[i].size, truth);
	}
	CHECK_EQ(volume_read(&v, path), 0);
}

#define TELL(at, path, lies)	tell_lies(at, path, lies, ARRAY_SIZE(lies))

/* Also CVE-2019-13104: sizes that wrap when a part of a block is left. */
TEST(ext4_refuses_inodes_that_lie)
{
	static const struct lie lies[] = {
		{ I_MODE, 2, 0x0124, -EINVAL, "not in use" },
		{ I_LINKS, 2, 0, -EINVAL, "not in use" },
		{ I_MODE, 2, 0x41ed, -EISDIR, NULL },
		{ I_MODE, 2, 0x11ed, -ERANGE + ERANGE, NULL },
		{ I_FLAGS, 4, I_EXTENTS | 0x800, -ENOTSUP, "encrypted" },
		{ I_FLAGS, 4, I_EXTENTS | 0x200000, -EINVAL, "an attribute" },
		{ I_FLAGS, 4, I_EXTENTS | 0x100000, 0, NULL },
		{ I_FLAGS, 4, I_EXTENTS | I_INLINE, -EINVAL, "data in an inode" },
		{ I_FLAGS, 4, 0, -EINVAL, "leads out of the volume" },
		{ I_SIZE_HI, 4, 0x401, -ERANGE, "longer than any" },
		{ I_SIZE_HI, 4, 0x10000, -ERANGE, "longer than any" },
		{ I_SIZE_HI, 4, 0x80000000, -ERANGE, "longer than any" },
		{ I_SIZE_HI, 4, UINT32_MAX, -ERANGE, "longer than any" },
		{ I_EXTRA, 2, 0xfffc, -EINVAL, "fields are longer" },
		{ I_EXTRA, 2, 132, -EINVAL, "fields are longer" },
		{ I_EXTRA, 2, 128, 0, NULL },
	};

	CHECK_EQ(volume_load(&v, "plain"), 0);
	TELL(volume_inode(&v, "/size-4097"), "/size-4097", lies);
	volume_free(&v);
}

TEST(ext4_refuses_extents_that_lie)
{
	static const struct lie lies[] = {
		{ 0, 2, 0xf30b, -EINVAL, "extents of a file" },
		{ 2, 2, 5, -EINVAL, "extents of a file" },
		{ 2, 2, UINT16_MAX, -EINVAL, "extents of a file" },
		{ 4, 2, 5, -EINVAL, "extents of a file" },
		{ 4, 2, 0, -EINVAL, "extents of a file" },
		{ 4, 2, UINT16_MAX, -EINVAL, "extents of a file" },
		{ 6, 2, 6, -EINVAL, "extents of a file" },
		{ 6, 2, UINT16_MAX, -EINVAL, "extents of a file" },
		{ 6, 2, 1, -EINVAL, NULL },
		{ 2, 2, 0, 0, NULL },		/* all of it a hole */
		{ 16, 2, 0, -EINVAL, "extents of a file" },
		{ 16, 2, 32768, -EINVAL, "leads out of the volume" },
		{ 16, 2, 32769, 0, NULL },	/* one, not written */
		{ 16, 2, UINT16_MAX, -EINVAL, "leads out of the volume" },
		{ 18, 2, 1, -EINVAL, "leads out of the volume" },
		{ 18, 2, UINT16_MAX, -EINVAL, "leads out of the volume" },
		{ 20, 4, 0, -EINVAL, "leads out of the volume" },
		{ 20, 4, 1, -EINVAL, "leads out of the volume" },
		{ 20, 4, 3071, -EINVAL, "leads out of the volume" },
		{ 20, 4, UINT32_MAX, -EINVAL, "leads out of the volume" },
		{ 12, 4, UINT32_MAX, -EINVAL, "extents of a file" },
		{ 12, 4, 1, 0, NULL },		/* a hole in front */
	};

	CHECK_EQ(volume_load(&v, "plain"), 0);
	TELL(volume_inode(&v, "/size-4097") + I_BLOCK, "/size-4097", lies);
	volume_free(&v);
}

/* Space that was reserved and never written has somebody else's old bytes. */
TEST(ext4_reads_unwritten_extents_as_holes)
{
	struct fs_node node;
	struct fs_run run;
	uint8_t byte = 1;
	uint8_t *tree;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	tree = volume_inode(&v, "/size-4097") + I_BLOCK;
	put(tree + 16, 2, 32768 + get(tree + 16, 2));
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/size-4097", &node), 0);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, 0, &run), 0);
	CHECK(run.hole);
	CHECK_EQ(run.size, 4097);
	CHECK_EQ(fs_read(&v.fs, &node, 4096, &byte, 1), 0);
	CHECK_EQ(byte, 0);
	volume_free(&v);
}

/* Extents of one file that overlap, or go back. */
TEST(ext4_refuses_extents_out_of_order)
{
	static const struct lie first[] = {
		{ 12, 4, 320, -EINVAL, "extents of a file" },
		{ 12, 4, 1000, -EINVAL, "extents of a file" },
		{ 16, 2, 300, -EINVAL, "extents of a file" },
	};
	static const struct lie second[] = {
		{ 24, 4, 64, -EINVAL, "extents of a file" },
		{ 24, 4, 0, -EINVAL, "extents of a file" },
	};

	CHECK_EQ(volume_load(&v, "plain"), 0);
	TELL(volume_inode(&v, "/sparse") + I_BLOCK, "/sparse", first);
	TELL(volume_inode(&v, "/sparse") + I_BLOCK, "/sparse", second);
	volume_free(&v);
}

static uint8_t *child(const uint8_t *node, unsigned int entry)
{
	return volume_block(&v, get(node + 12 + 12 * entry + 4, 4));
}

TEST(ext4_refuses_trees_of_extents_that_lie)
{
	static const struct lie lies[] = {
		{ 0, 2, 0, -EINVAL, "extents of a file" },
		{ 2, 2, 85, -EINVAL, "extents of a file" },
		{ 4, 2, 85, -EINVAL, "extents of a file" },
		{ 4, 2, UINT16_MAX, -EINVAL, "extents of a file" },
		{ 6, 2, 1, -EINVAL, "extents of a file" },
		{ 6, 2, 2, -EINVAL, "extents of a file" },
		{ 12, 4, 4, -EINVAL, "extents of a file" },
		{ 12 * 41, 4, UINT32_MAX, -EINVAL, "extents of a file" },
		{ 12 * 83, 4, 166, -EINVAL, "extents of a file" },
		{ 12 * 83 + 4, 2, 3, -EINVAL, "extents of a file" },
	};
	static const struct lie index[] = {
		{ 2, 2, 0, -EINVAL, "extents of a file" },
		{ 6, 2, 0, -EINVAL, NULL },
		{ 6, 2, 2, -EINVAL, "extents of a file" },
		{ 12 + 4, 4, 0, -EINVAL, "extents of a file" },
		{ 12 + 4, 4, 3072, -EINVAL, "leads out of the volume" },
		{ 12 + 4, 4, 1, -EINVAL, "leads out of the volume" },
		{ 12 + 8, 2, 1, -EINVAL, "leads out of the volume" },
		{ 24, 4, 0, -EINVAL, "extents of a file" },
		{ 24, 4, 500, -EINVAL, "extents of a file" },
		{ 36 + 4, 4, 3, -EINVAL, "extents of a file" },
	};
	uint8_t *top, *inner, *leaf;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	top = volume_inode(&v, "/holes-2") + I_BLOCK;
	inner = child(top, 0);
	leaf = child(inner, 0);
	TELL(leaf, "/holes-2", lies);
	TELL(inner, "/holes-2", index);
	volume_free(&v);
}

/* A tree whose nodes lead back to themselves has no leaves. */
TEST(ext4_refuses_extents_without_an_end)
{
	uint8_t *inode, *inner;
	uint32_t block;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	inode = volume_inode(&v, "/holes-2") + I_BLOCK;
	block = get(inode + 12 + 4, 4);
	inner = volume_block(&v, block);
	for (unsigned int i = 0; i < get(inner + 2, 2); i++)
		put(inner + 12 + 12 * i + 4, 4, block);
	CHECK_EQ(volume_read(&v, "/holes-2"), -EINVAL);
	put(inner + 6, 2, 5);
	CHECK_EQ(volume_read(&v, "/holes-2"), -EINVAL);
	put(inode + 6, 2, 5);
	CHECK_EQ(volume_read(&v, "/holes-2"), -EINVAL);
	CHECK(volume_says(&v, "extents of a file"));
	volume_free(&v);
}

/* An index that begins late has a hole before it; one that is in front of
 * all, and the last blocks that a file can have. */
TEST(ext4_reads_holes_at_the_ends_of_a_tree)
{
	struct fs_node node;
	struct fs_run run;
	uint8_t *top;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	top = volume_inode(&v, "/holes-1");
	put(top + I_BLOCK + 12, 4, 8);
	put(child(top + I_BLOCK, 0) + 12, 4, 8);
	put(child(top + I_BLOCK, 0) + 24, 4, 9);
	put(top + I_SIZE_HI, 4, 0x400);
	put(top + I_SIZE, 4, 0);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/holes-1", &node), 0);
	CHECK_EQ(node.size, 1ull << 42);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, 0, &run), 0);
	CHECK(run.hole);
	CHECK_EQ(run.size, 8 * 1024);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, 8 * 1024, &run), 0);
	CHECK(!run.hole);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, 500 * 1024, &run), 0);
	CHECK(run.hole);
	CHECK_EQ(run.size, (1ull << 42) - 500 * 1024);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, (1ull << 42) - 1, &run), 0);
	CHECK(run.hole);
	CHECK_EQ(run.size, 1);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, 1ull << 42, &run), -ERANGE);
	volume_free(&v);
}

TEST(ext4_refuses_lists_of_blocks_that_lie)
{
	static const struct lie lies[] = {
		{ 0, 4, 1, -EINVAL, "leads out of the volume" },
		{ 0, 4, 3072, -EINVAL, "leads out of the volume" },
		{ 44, 4, UINT32_MAX, -EINVAL, "leads out of the volume" },
		{ 48, 4, 1, -EINVAL, "leads out of the volume" },
		{ 48, 4, 3072, -EINVAL, "leads out of the volume" },
		{ 52, 4, UINT32_MAX, -EINVAL, "leads out of the volume" },
		{ 52, 4, 0, 0, NULL },		/* holes */
		{ 48, 4, 0, 0, NULL },
		{ 0, 4, 0, 0, NULL },
		{ 56, 4, UINT32_MAX, 0, NULL },	/* the file ends before it */
	};
	static const struct lie list[] = {
		{ 0, 4, 3072, -EINVAL, "leads out of the volume" },
		{ 0, 4, UINT32_MAX, -EINVAL, "leads out of the volume" },
		{ 0, 4, 0, 0, NULL },
	};
	uint8_t *inode;

	CHECK_EQ(volume_load(&v, "ext2"), 0);
	inode = volume_inode(&v, "/size-307207");
	TELL(inode + I_BLOCK, "/size-307207", lies);
	TELL(volume_block(&v, get(inode + I_BLOCK + 52, 4)), "/size-307207", list);
	/* A list that is its own first block is read once, as data. */
	put(volume_block(&v, get(inode + I_BLOCK + 48, 4)), 4,
	    get(inode + I_BLOCK + 48, 4));
	CHECK_EQ(volume_read(&v, "/size-307207"), 0);
	volume_free(&v);
}

TEST(ext4_bounds_how_far_lists_of_blocks_reach)
{
	const uint64_t most = (12 + 256 + 256 * 256 + 256 * 256 * 256) * 1024ull;
	struct fs_node node;
	struct fs_run run;
	uint8_t *inode;

	CHECK_EQ(volume_load(&v, "ext2"), 0);
	inode = volume_inode(&v, "/size-300");
	put(inode + I_SIZE_HI, 4, 0x400);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/size-300", &node), -ERANGE);
	put(inode + I_SIZE_HI, 4, 0x3ff);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/size-300", &node), 0);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, most - 1, &run), 0);
	CHECK(run.hole);
	CHECK_EQ(run.size, 1);
	CHECK_EQ(v.fs.type->map(&v.fs, &node, most, &run), -ERANGE);
	CHECK(volume_says(&v, "longer than any"));
	CHECK_EQ(v.fs.type->map(&v.fs, &node, 0, &run), 0);
	CHECK_EQ(run.size, 1024);
	volume_free(&v);
}

/* An error of a search leaves nothing behind that a later one believes. */
TEST(ext4_forgets_a_search_that_failed)
{
	static const char *const images[] = { "plain", "ext2" };
	struct fs_node node;
	struct fs_run run;

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		uint8_t *at;

		CHECK_EQ(volume_load(&v, images[i]), 0);
		at = volume_inode(&v, "/size-4097") + I_BLOCK + (i ? 0 : 20);
		put(at, 4, 100000);
		CHECK_EQ(volume_again(&v), 0);
		CHECK_EQ(fs_find(&v.fs, "/size-4097", &node), 0);
		for (unsigned int n = 0; n < 3; n++)
			CHECK_EQ(v.fs.type->map(&v.fs, &node, 100, &run), -EINVAL);
		volume_free(&v);
	}
}
