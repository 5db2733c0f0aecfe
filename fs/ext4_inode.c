/* SPDX-License-Identifier: BSD-2-Clause */
/* Inodes of ext4: where they lie, what they say, and data in the inode itself. */
#include "ext4.h"
#include "crc.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define OLD_SIZE	128u	/* of the part that every inode has */
#define XATTR_MAGIC	0xea020000u
#define XATTR_SYSTEM	7u	/* the index of names that begin so */
#define XATTR_HEAD	16u	/* bytes of an entry before its name */
#define LINK_FAST	60u	/* a shorter target stands in i_block */

/* Where the fields of an inode are. */
enum inode {
	MODE = 0x0, SIZE_LO = 0x4, LINKS = 0x1a, FLAGS = 0x20, BLOCK = 0x28,
	GENERATION = 0x64, SIZE_HI = 0x6c, CHECKSUM_LO = 0x7c,
	EXTRA_ISIZE = 0x80, CHECKSUM_HI = 0x82, HEAD_END = 0x84,
};

/* Bits of FLAGS. */
#define FLAG_ENCRYPT	0x800u
#define FLAG_INDEX	0x1000u
#define FLAG_EXTENTS	0x80000u
#define FLAG_EA_INODE	0x200000u
#define FLAG_INLINE	0x10000000u
#define FLAG_CASEFOLD	0x40000000u

/* The kinds of MODE. */
#define MODE_KIND	0xf000u
#define MODE_FOLDER	0x4000u
#define MODE_FILE	0x8000u
#define MODE_LINK	0xa000u

/* The first bytes of an inode that is being opened. */
struct inode_head {
	uint64_t at;		/* byte of the volume */
	uint16_t extra;		/* bytes of fields behind OLD_SIZE */
	uint8_t raw[HEAD_END] __attribute__((aligned(8)));
};

/* Find and read the head of inode @number. */
static int read_head(struct fs *fs, uint64_t number, struct inode_head *head)
{
	const struct ext4 *own = ext4_of(fs);
	const bool old = own->inode_size == OLD_SIZE;
	uint64_t table, offset;
	int err;

	if (!number || number > own->inodes)
		return ext4_fail(fs, -EINVAL, WORDS("ext4: an inode number that there is "
						    "not: run e2fsck"));
	offset = (number - 1) % own->inodes_in_group * own->inode_size;
	err = ext4_group_table(fs, (uint32_t)((number - 1) / own->inodes_in_group),
			       &table);
	if (!err)
		err = ext4_check_blocks(fs, table, (offset >> own->shift) + 1);
	if (err)
		return err;
	head->at = (table << own->shift) + offset;
	memset(head->raw, 0, sizeof(head->raw));
	err = fs_bytes(fs, head->at, head->raw, old ? OLD_SIZE : HEAD_END);
	head->extra = le16(head->raw + EXTRA_ISIZE);
	if (!err && head->extra > own->inode_size - OLD_SIZE)
		err = ext4_fail(fs, -EINVAL, WORDS("ext4: an inode's fields are longer "
						   "than it: run e2fsck"));
	return err;
}

/* Compare the inode's checksum, whose own bytes count as zeroes. */
static int check_head(struct fs *fs, struct inode_head *head, uint32_t seed)
{
	const struct ext4 *own = ext4_of(fs);
	const bool full = head->extra >= HEAD_END - OLD_SIZE;
	const uint32_t size = own->inode_size == OLD_SIZE ? OLD_SIZE : HEAD_END;
	uint32_t want = le16(head->raw + CHECKSUM_LO);
	uint32_t crc;
	int err;

	memset(head->raw + CHECKSUM_LO, 0, 2);
	if (full) {
		want |= (uint32_t)le16(head->raw + CHECKSUM_HI) << 16;
		memset(head->raw + CHECKSUM_HI, 0, 2);
	}
	crc = crc32c(seed, head->raw, size);
	err = ext4_check_bytes(fs, head->at + size, own->inode_size - size, &crc);
	if (!err && (full ? crc : crc & UINT16_MAX) != want)
		err = ext4_fail(fs, -EBADMSG, WORDS("ext4: an inode's checksum is wrong: "
						    "run e2fsck"));
	return err;
}

/* An attribute in the inode's body. */
struct xattr {
	uint64_t offset;	/* in the body */
	uint8_t raw[XATTR_HEAD + 4];
};

static bool is_system_data(const struct xattr *x)
{
	return x->raw[0] == 4 && x->raw[1] == XATTR_SYSTEM &&
	       !memcmp(x->raw + XATTR_HEAD, "data", 4);
}

/*
 * Move on to system.data among the attributes of @body, all but their magic.
 * Return: 0, -ENOENT, or why not.
 */
static int find_system_data(struct fs *fs, struct region body, struct xattr *x)
{
	struct region part;
	int err;

	for (;;) {
		/* A list that fills the inode has no room for its end. */
		if (region_slice(&part, body, x->offset, sizeof(x->raw)))
			return -ENOENT;
		err = fs_bytes(fs, part.base, x->raw, sizeof(x->raw));
		if (err)
			return err;
		if (!le32(x->raw))
			return -ENOENT;
		if (is_system_data(x))
			return 0;
		x->offset += ALIGN_UP(XATTR_HEAD + x->raw[0], 4);
	}
}

static int bad_inline(struct fs *fs)
{
	return ext4_fail(fs, -EINVAL, WORDS("ext4: data in an inode leads out of it: "
					    "run e2fsck"));
}

/* Where the inline data that i_block has no room for is. */
static int find_more(struct fs *fs, const struct inode_head *head,
		     struct ext4_node *own)
{
	const uint32_t start = OLD_SIZE + head->extra, magic_size = 4;
	struct xattr x = { .offset = 0 };
	struct region body, value;
	uint8_t magic[4];
	int err;

	if (region_slice(&body, region_of(head->at, ext4_of(fs)->inode_size),
			 start, ext4_of(fs)->inode_size - start) ||
	    body.size < magic_size)
		return 0;
	err = fs_bytes(fs, body.base, magic, magic_size);
	if (err || le32(magic) != XATTR_MAGIC)
		return err;
	body = region_of(body.base + magic_size, body.size - magic_size);
	err = find_system_data(fs, body, &x);
	if (err)
		return err == -ENOENT ? 0 : err;
	if (le32(x.raw + 4))
		return ext4_fail(fs, -ENOTSUP, WORDS("ext4: inline data in another inode: "
						     "copy the file"));
	if (region_slice(&value, body, le16(x.raw + 2),
			 le32(x.raw + 8)))
		return bad_inline(fs);
	own->in_inode.more = (uint32_t)(value.base - own->in_inode.at);
	own->in_inode.size = (uint32_t)value.size;
	return 0;
}

/* The data is in the inode: all of it must be. */
static int open_inline(struct fs *fs, const struct inode_head *head,
		       struct fs_node *node)
{
	struct ext4_node *own = ext4_node_of(node);
	int err = 0;

	own->flags |= EXT4_NODE_INLINE;
	own->in_inode.at = head->at + BLOCK;
	if (le32(head->raw + FLAGS) & FLAG_INLINE)
		err = find_more(fs, head, own);
	if (!err && node->size > (uint64_t)EXT4_BLOCK_AREA + own->in_inode.size)
		err = bad_inline(fs);
	return err;
}

static enum fs_kind kind_of(const uint8_t *raw)
{
	switch (le16(raw + MODE) & MODE_KIND) {
	case MODE_FILE:
		return FS_FILE;
	case MODE_FOLDER:
		return FS_FOLDER;
	case MODE_LINK:
		return FS_LINK;
	default:
		return FS_OTHER;
	}
}

static uint64_t size_of(struct fs *fs, enum fs_kind kind, const uint8_t *raw)
{
	uint64_t size = le32(raw + SIZE_LO);

	/* Elsewhere ext2 has other things in the upper half. */
	if (kind == FS_FILE || (kind == FS_FOLDER &&
	    ext4_of(fs)->incompat & EXT4_INCOMPAT_LARGEDIR))
		size |= (uint64_t)le32(raw + SIZE_HI) << 32;
	return kind == FS_OTHER ? 0 : size;
}

static uint16_t node_flags(uint32_t flags)
{
	return (flags & FLAG_EXTENTS ? EXT4_NODE_EXTENTS : 0) |
	       (flags & FLAG_INDEX ? EXT4_NODE_INDEX : 0) |
	       (flags & FLAG_CASEFOLD ? EXT4_NODE_CASEFOLD : 0);
}

/* What can be read, and makes sense. */
static int check_node(struct fs *fs, const struct fs_node *node,
		      const uint8_t *raw)
{
	const uint8_t shift = ext4_of(fs)->shift;

	if (!le16(raw + LINKS) || !(le16(raw + MODE) & MODE_KIND))
		return ext4_fail(fs, -EINVAL, WORDS("ext4: a name leads to an inode that "
						    "is not in use: run e2fsck"));
	if (le32(raw + FLAGS) & FLAG_ENCRYPT && node->kind != FS_OTHER)
		return ext4_fail(fs, -ENOTSUP, WORDS("ext4: a file or folder that is "
						     "encrypted: copy it to where none is"));
	if (le32(raw + FLAGS) & FLAG_EA_INODE)
		return ext4_fail(fs, -EINVAL, WORDS("ext4: a name leads to an attribute: "
						    "run e2fsck"));
	/* A file counts its blocks with 32 bits. */
	if (node->size > 1ull << 32 << shift)
		return ext4_fail(fs, -ERANGE, WORDS("ext4: a file is longer than any can "
						    "be: run e2fsck"));
	if (node->kind == FS_LINK &&
	    (!node->size || node->size > 1ull << shift))
		return ext4_fail(fs, -EINVAL, WORDS("ext4: a symbolic link has no target, "
						    "or a longer one than any: run e2fsck"));
	return 0;
}

int ext4_inode_open(struct fs *fs, struct fs_node *node)
{
	struct ext4_node *own = ext4_node_of(node);
	struct inode_head head;
	uint32_t flags;
	int err;

	fs->why = NULL;
	err = read_head(fs, node->number, &head);
	if (err)
		return err;
	memset(own, 0, sizeof(*own));
	own->seed = ext4_check_number(ext4_of(fs)->seed, (uint32_t)node->number);
	own->seed = ext4_check_number(own->seed, le32(head.raw + GENERATION));
	if (ext4_has_checksums(fs)) {
		err = check_head(fs, &head, own->seed);
		if (err)
			return err;
	}
	memcpy(own->block, head.raw + BLOCK, sizeof(own->block));
	node->kind = kind_of(head.raw);
	node->size = size_of(fs, node->kind, head.raw);
	flags = le32(head.raw + FLAGS);
	own->flags = node_flags(flags);
	err = check_node(fs, node, head.raw);
	if (!err && (flags & FLAG_INLINE ||
		     (node->kind == FS_LINK && node->size < LINK_FAST)))
		err = open_inline(fs, &head, node);
	return err;
}
