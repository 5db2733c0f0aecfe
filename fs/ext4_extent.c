/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Extent trees of ext4: where a block of a file is. A leaf is looked through
 * once, as a whole; then the node remembers where in it the search stopped,
 * so that a file that is read from front to end costs one look an extent.
 */
#include "ext4.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define MAGIC		0xf30au
#define DEPTH_MAX	5u
#define ENTRY		12u	/* bytes of an entry, and of the head */
#define ENTRIES		42u	/* that are looked at in one go */
#define LENGTH_MAX	32768u	/* blocks; a longer one is unwritten */

/* A node of the tree: head, entries, and behind the last a checksum. */
struct tree {
	uint64_t block;		/* 0: it is i_block */
	uint32_t first, last;	/* blocks of the file that it may speak of */
	uint16_t count, max, depth;
	uint8_t bytes[ENTRIES * ENTRY];	/* of some entries */
};

static int bad_tree(struct fs *fs)
{
	return ext4_fail(fs, -EINVAL, WORDS("ext4: the extents of a file contradict "
					    "themselves: run e2fsck"));
}

static int read_tree(struct fs *fs, const struct ext4_node *node,
		     uint64_t block, uint32_t offset, void *to, uint32_t size)
{
	if (block)
		return fs_bytes(fs, (block << ext4_of(fs)->shift) + offset, to,
				size);
	memcpy(to, node->block + offset, size);
	return 0;
}

/* Compare the checksum in the tail of a block of the tree. */
static int check_tail(struct fs *fs, const struct ext4_node *node,
		      const struct tree *tree)
{
	const uint64_t at = tree->block << ext4_of(fs)->shift;
	const uint32_t size = ENTRY + tree->max * ENTRY;
	uint32_t crc = node->seed;
	uint8_t want[4];
	int err = ext4_check_bytes(fs, at, size, &crc);

	if (!err)
		err = fs_bytes(fs, at + size, want, sizeof(want));
	if (!err && crc != le32(want))
		err = ext4_fail(fs, -EBADMSG, WORDS("ext4: the checksum of a file's extents "
						    "is wrong: run e2fsck"));
	return err;
}

/* Read and check the head of @tree, of which block and bounds are known. */
static int open_tree(struct fs *fs, const struct ext4_node *node,
		     struct tree *tree)
{
	const uint32_t room = tree->block ? 1u << ext4_of(fs)->shift
					  : EXT4_BLOCK_AREA;
	uint8_t head[ENTRY];
	int err = tree->block ? ext4_check_blocks(fs, tree->block, 1) : 0;

	if (!err)
		err = read_tree(fs, node, tree->block, 0, head, sizeof(head));
	if (err)
		return err;
	tree->count = le16(head + 2);
	tree->max = le16(head + 4);
	tree->depth = le16(head + 6);
	if (le16(head) != MAGIC || tree->count > tree->max ||
	    tree->max > room / ENTRY - 1 || tree->depth > DEPTH_MAX ||
	    (tree->depth && !tree->count))
		return bad_tree(fs);
	return tree->block && ext4_has_checksums(fs)
	       ? check_tail(fs, node, tree) : 0;
}

/* Entry number @i, where all are asked for in order. */
static int next_entry(struct fs *fs, const struct ext4_node *node,
		      struct tree *tree, uint32_t i, const uint8_t **entry)
{
	const uint32_t left = tree->count - i;
	int err = 0;

	if (i % ENTRIES == 0)
		err = read_tree(fs, node, tree->block, ENTRY + i * ENTRY,
				tree->bytes,
				(left < ENTRIES ? left : ENTRIES) * ENTRY);
	*entry = tree->bytes + i % ENTRIES * ENTRY;
	return err;
}

/* Read a leaf's entry: in [@least, @most], and inside of the volume. */
static int read_extent(struct fs *fs, const uint8_t *entry, uint64_t least,
		       uint32_t most, struct ext4_run *run)
{
	const uint64_t start = le32(entry + 8) |
			       (uint64_t)le16(entry + 6) << 32;
	uint32_t count = le16(entry + 4);
	const bool written = count <= LENGTH_MAX;

	if (!written)
		count -= LENGTH_MAX;
	run->first = le32(entry);
	if (!count || run->first < least || run->first > most ||
	    count - 1 > most - run->first)
		return bad_tree(fs);
	run->last = run->first + count - 1;
	run->start = written ? start : 0;
	return ext4_check_blocks(fs, start, count);
}

/*
 * @run is entry number @i of the leaf, and ends at or behind @block: the
 * answer is this extent, or the hole in front of it.
 */
static void take(struct ext4_node *node, const struct ext4_run *run,
		 uint32_t i, uint32_t block)
{
	if (run->first > block) {
		node->run = (struct ext4_run){ 0, block, run->first - 1 };
		node->leaf_next = (uint16_t)i;
	} else {
		node->run = *run;
		node->leaf_next = (uint16_t)(i + 1);
	}
}

/* No extent from @block on: the leaf's rest is a hole. */
static void take_rest(struct ext4_node *node, uint32_t block, uint32_t last)
{
	node->run = (struct ext4_run){ 0, block, last };
	node->leaf_next = node->leaf_count;
}

/* Look through all of a leaf: the extents are in order, none overlap. */
static int search_leaf(struct fs *fs, struct ext4_node *node,
		       struct tree *tree, uint32_t block)
{
	uint64_t least = tree->first;
	struct ext4_run run;
	const uint8_t *entry;
	bool found = false;

	node->leaf_count = tree->count;
	node->leaf_last = tree->last;
	take_rest(node, block, tree->last);
	for (uint32_t i = 0; i < tree->count; i++) {
		int err = next_entry(fs, node, tree, i, &entry);

		if (!err)
			err = read_extent(fs, entry, least, tree->last, &run);
		if (err)
			return err;
		least = run.last + 1ull;
		if (!found && run.last >= block) {
			take(node, &run, i, block);
			found = true;
		}
	}
	node->leaf = tree->block & ((1ull << 48) - 1);
	return 0;
}

/*
 * Look through all of an index, and make @tree the child that speaks of
 * @block. A hole in front of the first has no child: then its block is 0.
 */
static int search_index(struct fs *fs, const struct ext4_node *node,
			struct tree *tree, uint32_t block)
{
	uint64_t least = tree->first, child = 0;
	uint32_t first, last = tree->last;
	const uint8_t *entry;

	for (uint32_t i = 0; i < tree->count; i++) {
		int err = next_entry(fs, node, tree, i, &entry);

		if (err)
			return err;
		first = le32(entry);
		if (first < least || first > tree->last)
			return bad_tree(fs);
		least = first + 1ull;
		if (first <= block) {
			tree->first = first;
			child = le32(entry + 4) |
				(uint64_t)le16(entry + 8) << 32;
			if (!child)
				return bad_tree(fs);
		} else if (last >= first) {
			last = first - 1;
		}
	}
	tree->last = last;
	tree->block = child;
	return 0;
}

/* Go on in the leaf where the last search stopped. */
static int search_on(struct fs *fs, struct ext4_node *node, uint32_t block)
{
	uint64_t least = node->run.last + 1ull;
	struct ext4_run run;
	uint8_t entry[ENTRY];

	for (uint32_t i = node->leaf_next; i < node->leaf_count; i++) {
		int err = read_tree(fs, node, node->leaf, ENTRY + i * ENTRY,
				    entry, sizeof(entry));

		if (!err)
			err = read_extent(fs, entry, least, node->leaf_last,
					  &run);
		if (err)
			return err;
		least = run.last + 1ull;
		if (run.last >= block) {
			take(node, &run, i, block);
			return 0;
		}
	}
	take_rest(node, block, node->leaf_last);
	return 0;
}

/* Go down from i_block; each node is one nearer to the leaves. */
static int search_tree(struct fs *fs, struct ext4_node *node, uint32_t block)
{
	struct tree tree;
	int err;

	tree.block = 0;
	tree.first = 0;
	tree.last = UINT32_MAX;
	err = open_tree(fs, node, &tree);
	while (!err && tree.depth) {
		const uint32_t depth = tree.depth;

		err = search_index(fs, node, &tree, block);
		if (err)
			return err;
		if (!tree.block) {
			node->run = (struct ext4_run){ 0, block, tree.last };
			return 0;
		}
		err = open_tree(fs, node, &tree);
		if (!err && tree.depth + 1u != depth)
			err = bad_tree(fs);
	}
	return err ? err : search_leaf(fs, node, &tree, block);
}

int ext4_extent_find(struct fs *fs, struct ext4_node *node, uint32_t block)
{
	const bool on = node->leaf && block > node->run.last &&
			block <= node->leaf_last;
	int err;

	if (!on)
		node->leaf = 0;
	err = on ? search_on(fs, node, block) : search_tree(fs, node, block);
	if (err) {
		node->leaf = 0;
		node->run = (struct ext4_run){ 0, 0, 0 };
	}
	return err;
}
