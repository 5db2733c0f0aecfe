/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the ext2, ext3 and ext4 reader share. Facts: the Linux
 * kernel's documentation of the layout, Documentation/filesystems/ext4.
 */
#ifndef EXT4_H
#define EXT4_H

#include "fs.h"
#include "le.h"

/* Inode numbers and features that more than one file asks for. */
#define EXT4_ROOT		2u
#define EXT4_COMPAT_DIR_INDEX	0x20u
#define EXT4_COMPAT_SPARSE2	0x200u
#define EXT4_INCOMPAT_FILETYPE	0x2u
#define EXT4_INCOMPAT_META_BG	0x10u
#define EXT4_INCOMPAT_64BIT	0x80u
#define EXT4_INCOMPAT_LARGEDIR	0x4000u
#define EXT4_RO_SPARSE		0x1u
#define EXT4_RO_GDT_CSUM	0x10u
#define EXT4_RO_METADATA_CSUM	0x400u

#define EXT4_BLOCK_AREA		60u	/* bytes of i_block in an inode */
#define EXT4_WINDOW		1024u	/* bytes that are looked at in one go */
#define EXT4_NO_GROUP		UINT32_MAX

/* A mounted volume: fs->own. */
struct ext4 {
	uint64_t blocks;
	uint64_t table;		/* the inode table's block of @group */
	uint32_t group;		/* the last that was asked for, or NO_GROUP */
	uint32_t groups, blocks_in_group, inodes, inodes_in_group;
	uint32_t first_block;	/* of group 0 */
	uint32_t super_block;	/* the block with the superblock */
	uint32_t first_meta;	/* first block of descriptors by meta_bg */
	uint32_t backups[2];	/* groups with a copy, sparse_super2 */
	uint32_t compat, incompat, ro_compat;
	uint32_t seed;		/* of each checksum, metadata_csum */
	uint16_t seed16;	/* of group descriptors, uninit_bg */
	uint16_t inode_size, desc_size;
	uint8_t shift;		/* a block has 1 << shift bytes */
} __attribute__((may_alias));

/* How a file's bytes are found, and what is special about a folder. */
enum {
	EXT4_NODE_INLINE = 1,	/* in the inode itself */
	EXT4_NODE_EXTENTS = 2,	/* else by lists of block numbers */
	EXT4_NODE_INDEX = 4,	/* a folder with hash tables between names */
	EXT4_NODE_CASEFOLD = 8,
};

/* Blocks of a file that lie in one piece, from @first to @last. */
struct ext4_run {
	uint64_t start;		/* block of the volume; 0: a hole */
	uint32_t first, last;	/* blocks of the file */
};

/* An inode that was opened: node->own. */
struct ext4_node {
	uint8_t block[EXT4_BLOCK_AREA];	/* i_block as it lies on the disk */
	uint32_t seed;			/* of the checksums of its blocks */
	union {
		struct ext4_run run;	/* the last that was asked for */
		struct {
			uint64_t at;	/* of i_block, byte of the volume */
			uint32_t more;	/* from there to the other bytes */
			uint32_t size;	/* of these */
		} in_inode;		/* EXT4_NODE_INLINE */
	};
	/* The leaf that the run came from, and where the next is in it. */
	uint64_t leaf : 48, flags : 16;	/* block, 0: none; EXT4_NODE_... */
	uint32_t leaf_last;		/* last block that it may speak of */
	uint16_t leaf_count, leaf_next;
} __attribute__((may_alias));

_Static_assert(sizeof(struct ext4) <= sizeof(((struct fs *)0)->own),
	       "struct fs has room for a volume");
_Static_assert(sizeof(struct ext4_node) <= sizeof(((struct fs_node *)0)->own),
	       "struct fs_node has room for an inode");

static inline struct ext4 *ext4_of(struct fs *fs)
{
	return (struct ext4 *)(void *)fs->own;
}

static inline struct ext4_node *ext4_node_of(struct fs_node *node)
{
	return (struct ext4_node *)(void *)node->own;
}

static inline bool ext4_has_checksums(struct fs *fs)
{
	return ext4_of(fs)->ro_compat & EXT4_RO_METADATA_CSUM;
}

/*
 * The length of a folder's entry. A block of 64 KiB has lengths that need 17
 * bits: the two that a multiple of 4 leaves free are the upper ones.
 */
static inline uint32_t ext4_rec_len(struct fs *fs, uint16_t length)
{
	if (ext4_of(fs)->shift < 16)
		return length;
	if (!length || length == UINT16_MAX)
		return 1u << 16;
	return (length & ~3u) | (length & 3u) << 16;
}

/* Keep @why for whoever asks, and return @err. */
static inline int ext4_fail(struct fs *fs, int err, const char *why)
{
	fs->why = why;
	return err;
}

/* ext4_check.c */

/* Go on with @crc over bytes of the volume. Return: 0 or why not. */
int ext4_check_bytes(struct fs *fs, uint64_t offset, uint64_t size,
		     uint32_t *crc);

/* Go on with @crc over a little-endian number. */
uint32_t ext4_check_number(uint32_t crc, uint32_t number);

/*
 * @count blocks from @block on lie in the volume, behind the superblock.
 * Return: 0, -EINVAL with a reason.
 */
int ext4_check_blocks(struct fs *fs, uint64_t block, uint64_t count);

/* ext4_inode.c */

/* The same as open() of struct fs_type; node->number says which. */
int ext4_inode_open(struct fs *fs, struct fs_node *node);

/* ext4_group.c: the first block of the inode table of @group (< groups). */
int ext4_group_table(struct fs *fs, uint32_t group, uint64_t *table);

/* ext4_map.c: map() of struct fs_type. */
int ext4_map(struct fs *fs, struct fs_node *node, uint64_t offset,
	     struct fs_run *run);

/* ext4_extent.c, ext4_indirect.c: set node->run to what @block is part of. */
int ext4_extent_find(struct fs *fs, struct ext4_node *node, uint32_t block);
int ext4_indirect_find(struct fs *fs, struct ext4_node *node, uint32_t block);

/* ext4_dir.c: list() and find() of struct fs_type. */
int ext4_dir_list(struct fs *fs, const struct fs_node *folder, uint64_t *at,
		  struct fs_entry *entry);
int ext4_dir_find(struct fs *fs, const struct fs_node *folder,
		  const char *name, size_t length, struct fs_node *node);

/*
 * ext4_dir_check.c: the checksum of the folder's block at byte @at of the
 * volume; @first: it is the folder's first. Only with metadata_csum.
 * Return: 0, -EBADMSG with a reason, or why it cannot be told.
 */
int ext4_dir_check(struct fs *fs, const struct ext4_node *folder, uint64_t at,
		   bool first);

#endif
