/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Blocks of ext2 and ext3 files: i_block has twelve block numbers, then one
 * of a block with numbers, one of a block with numbers of such, and one more
 * of that kind. 0 is a hole, also in place of a whole tree.
 */
#include "ext4.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define DIRECT		12u
#define DEPTH_MAX	3u
#define ENTRY		4u			/* bytes of a number */
#define NUMBERS		(EXT4_WINDOW / ENTRY)

/* A list of block numbers, and where in it we are. */
struct list {
	uint64_t block;		/* 0: it is i_block */
	uint32_t index, end;
};

/* Numbers of @list from @index on, as many as one look has. */
static int read_numbers(struct fs *fs, const struct ext4_node *node,
			const struct list *list, uint32_t index,
			uint8_t *to, uint32_t count)
{
	if (list->block)
		return fs_bytes(fs, (list->block << ext4_of(fs)->shift) +
				(uint64_t)index * ENTRY, to, count * ENTRY);
	memcpy(to, node->block + index * ENTRY, count * ENTRY);
	return 0;
}

/* How many of the numbers go on a run from @start that has @n already. */
static uint32_t going_on(const uint8_t *numbers, uint32_t count,
			 uint64_t start, uint64_t n)
{
	uint32_t i = 0;

	while (i < count &&
	       le32(numbers + i * ENTRY) == (start ? start + n + i : 0))
		i++;
	return i;
}

/* The longest run that begins at the list's index, which is @block. */
static int read_run(struct fs *fs, struct ext4_node *node,
		    const struct list *list, uint32_t block)
{
	uint8_t numbers[EXT4_WINDOW];
	uint32_t left = list->end - list->index, n = 0, part, more;
	uint64_t start = 0;
	int err;

	if (left - 1 > UINT32_MAX - block)
		left = UINT32_MAX - block + 1;
	do {
		part = left - n < NUMBERS ? left - n : NUMBERS;
		err = read_numbers(fs, node, list, list->index + n, numbers, part);
		if (err)
			return err;
		if (!n)
			start = le32(numbers);
		more = going_on(numbers, part, start, n);
		n += more;
	} while (more == part && n < left);
	err = start ? ext4_check_blocks(fs, start, n) : 0;
	if (!err)
		node->run = (struct ext4_run){ start, block, block + n - 1 };
	return err;
}

/*
 * Which number of i_block leads to @block? @rest gets how many blocks lie
 * before it in that tree, @depth how many lists are between.
 */
static int find_tree(uint32_t block, uint8_t bits, uint64_t *rest,
		     uint32_t *depth)
{
	*rest = block;
	*depth = 0;
	if (*rest < DIRECT)
		return (int)block;
	*rest -= DIRECT;
	for (*depth = 1; *depth <= DEPTH_MAX; ++*depth) {
		if (*rest >> bits * *depth == 0)
			return (int)(DIRECT + *depth - 1);
		*rest -= 1ull << bits * *depth;
	}
	return -ERANGE;
}

/* No list of @depth: a hole from @block to where the next would begin. */
static void make_hole(struct ext4_node *node, uint32_t block, uint64_t rest,
		      uint32_t bits)
{
	uint64_t span = (1ull << bits) - (rest & ((1ull << bits) - 1));
	uint64_t most = UINT32_MAX - block;

	node->run = (struct ext4_run){
		0, block, block + (uint32_t)(span - 1 < most ? span - 1 : most)
	};
}

int ext4_indirect_find(struct fs *fs, struct ext4_node *node, uint32_t block)
{
	const uint8_t bits = (uint8_t)(ext4_of(fs)->shift - 2);
	struct list list = { 0, 0, DIRECT };
	uint64_t rest;
	uint32_t depth;
	int index = find_tree(block, bits, &rest, &depth);

	node->run = (struct ext4_run){ 0, 0, 0 };
	if (index < 0)
		return ext4_fail(fs, index, WORDS("ext4: a file is longer than any can "
						  "be: run e2fsck"));
	list.index = (uint32_t)index;
	while (depth) {
		uint8_t number[ENTRY];
		int err = read_numbers(fs, node, &list, list.index, number, 1);

		if (err)
			return err;
		list.block = le32(number);
		if (!list.block) {
			make_hole(node, block, rest, bits * depth);
			return 0;
		}
		err = ext4_check_blocks(fs, list.block, 1);
		if (err)
			return err;
		depth--;
		list.index = (uint32_t)(rest >> bits * depth & ((1u << bits) - 1));
		list.end = 1u << bits;
	}
	return read_run(fs, node, &list, block);
}
