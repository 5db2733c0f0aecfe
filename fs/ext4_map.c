/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the bytes of an ext4 file are: in its inode, or in blocks. */
#include "ext4.h"
#include "err.h"
#include "words.h"

/* In the inode: i_block has the first bytes, an attribute the others. */
static int map_inline(struct fs *fs, const struct ext4_node *own,
		      uint64_t offset, struct fs_run *run)
{
	const uint64_t at = own->in_inode.at;
	struct region part;

	run->hole = false;
	if (offset < EXT4_BLOCK_AREA) {
		run->where = at + offset;
		run->size = EXT4_BLOCK_AREA - offset;
		return 0;
	}
	offset -= EXT4_BLOCK_AREA;
	if (region_slice(&part, region_of(at + own->in_inode.more,
					  own->in_inode.size), offset, 1))
		return ext4_fail(fs, -EINVAL, WORDS("ext4: data in an inode leads out of "
						    "it: run e2fsck"));
	run->where = part.base;
	run->size = own->in_inode.size - offset;
	return 0;
}

/* In blocks: perhaps in those that were found last. */
static int map_blocks(struct fs *fs, struct ext4_node *own, uint64_t offset,
		      struct fs_run *run)
{
	const uint8_t shift = ext4_of(fs)->shift;
	const uint32_t block = (uint32_t)(offset >> shift);
	const struct ext4_run *last = &own->run;
	uint64_t skip;
	int err = 0;

	/* Before the first search the run is a hole of block 0 alone. */
	if ((!last->start && !last->last) ||
	    block < last->first || block > last->last)
		err = own->flags & EXT4_NODE_EXTENTS
		      ? ext4_extent_find(fs, own, block)
		      : ext4_indirect_find(fs, own, block);
	if (err)
		return err;
	skip = offset - ((uint64_t)last->first << shift);
	run->hole = !last->start;
	run->where = run->hole ? 0 : (last->start << shift) + skip;
	run->size = ((last->last - last->first + 1ull) << shift) - skip;
	return 0;
}

int ext4_map(struct fs *fs, struct fs_node *node, uint64_t offset,
	     struct fs_run *run)
{
	struct ext4_node *own = ext4_node_of(node);
	struct region rest;
	int err;

	fs->why = NULL;
	if (region_slice(&rest, region_of(0, node->size), offset, 1))
		return -ERANGE;
	err = own->flags & EXT4_NODE_INLINE
	      ? map_inline(fs, own, offset, run)
	      : map_blocks(fs, own, offset, run);
	if (!err && run->size > node->size - offset)
		run->size = node->size - offset;
	return err;
}
