/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ext2, ext3 and ext4 reader: the superblock, and which of the features
 * that it names can be read. The journal is not replayed.
 */
#include "ext4.h"
#include "crc.h"
#include "err.h"
#include "words.h"

#define SUPER_AT		1024u
#define SUPER_SIZE		1024u
#define SUPER_MAGIC		0xef53u
#define CHECKSUM_CRC32C		1u
#define OLD_INODE_SIZE		128u
#define DESC_SIZE		32u
#define DESC_SIZE_64BIT		64u
#define SHIFT_MIN		10u	/* 1 KiB */
#define SHIFT_MAX		16u	/* 64 KiB */

/* Where the fields of the superblock are. */
enum super {
	INODES_COUNT = 0x0, BLOCKS_COUNT = 0x4, FIRST_DATA_BLOCK = 0x14,
	LOG_BLOCK_SIZE = 0x18, BLOCKS_PER_GROUP = 0x20,
	INODES_PER_GROUP = 0x28, MAGIC = 0x38, REV_LEVEL = 0x4c,
	INODE_SIZE = 0x58, FEATURE_COMPAT = 0x5c, FEATURE_INCOMPAT = 0x60,
	FEATURE_RO_COMPAT = 0x64, UUID = 0x68, UUID_SIZE = 16,
	SUPER_DESC_SIZE = 0xfe, FIRST_META_BG = 0x104,
	BLOCKS_COUNT_HI = 0x150, CHECKSUM_TYPE = 0x175, BACKUP_BGS = 0x24c,
	CHECKSUM_SEED = 0x270, CHECKSUM = 0x3fc,
};

/*
 * Incompatible features. Not all of them matter here: extents and flex_bg
 * show in inodes and descriptors, mmp guards against two that write, and what
 * ea_inode, encrypt and casefold are about is refused where it is met.
 */
enum {
	COMPRESSION = 0x1, RECOVER = 0x4, JOURNAL_DEV = 0x8, EXTENTS = 0x40,
	MMP = 0x100, FLEX_BG = 0x200, EA_INODE = 0x400, DIRDATA = 0x1000,
	CSUM_SEED = 0x2000, INLINE_DATA = 0x8000, ENCRYPT = 0x10000,
	CASEFOLD = 0x20000,
	KNOWN = RECOVER | EXTENTS | MMP | FLEX_BG | EA_INODE | CSUM_SEED |
		INLINE_DATA | ENCRYPT | CASEFOLD | EXT4_INCOMPAT_FILETYPE |
		EXT4_INCOMPAT_META_BG | EXT4_INCOMPAT_64BIT |
		EXT4_INCOMPAT_LARGEDIR,
};

static int unsupported(struct fs *fs, uint32_t incompat)
{
	const char *why = WORDS("ext4: a feature that is not known here (see "
				"dumpe2fs -h): make it with mke2fs -t ext4");

	if (incompat & JOURNAL_DEV)
		why = WORDS("ext4: this is the journal of another volume: take that one");
	else if (incompat & COMPRESSION)
		why = WORDS("ext4: compression is not built in: make it without");
	else if (incompat & DIRDATA)
		why = WORDS("ext4: dirdata is not built in: make it without");
	return ext4_fail(fs, -ENOTSUP, why);
}

/* Features and the superblock's own checksum; revision 0 has neither. */
static int read_features(struct fs *fs, const uint8_t *super)
{
	struct ext4 *own = ext4_of(fs);

	if (!le32(super + REV_LEVEL))
		return 0;
	own->compat = le32(super + FEATURE_COMPAT);
	own->incompat = le32(super + FEATURE_INCOMPAT);
	own->ro_compat = le32(super + FEATURE_RO_COMPAT);
	if (ext4_has_checksums(fs) && super[CHECKSUM_TYPE] == CHECKSUM_CRC32C &&
	    crc32c(UINT32_MAX, super, CHECKSUM) != le32(super + CHECKSUM))
		return ext4_fail(fs, -EBADMSG, WORDS("ext4: the superblock's checksum is "
						     "wrong: run e2fsck"));
	if (ext4_has_checksums(fs) && super[CHECKSUM_TYPE] != CHECKSUM_CRC32C)
		return ext4_fail(fs, -ENOTSUP, WORDS("ext4: checksums other than crc32c: "
						     "make it with mke2fs -t ext4"));
	if (le32(super + REV_LEVEL) > 1)
		return ext4_fail(fs, -ENOTSUP, WORDS("ext4: a revision that is not known "
						     "here: make it with mke2fs -r 1"));
	if (own->incompat & ~(uint32_t)KNOWN)
		return unsupported(fs, own->incompat);
	own->seed = own->incompat & CSUM_SEED
		    ? le32(super + CHECKSUM_SEED)
		    : crc32c(UINT32_MAX, super + UUID, UUID_SIZE);
	own->seed16 = crc16(UINT16_MAX, super + UUID, UUID_SIZE);
	return 0;
}

static int contradiction(struct fs *fs)
{
	return ext4_fail(fs, -EINVAL, WORDS("ext4: the superblock contradicts itself: "
					    "run e2fsck"));
}

/* @size is a power of two between the others. */
static bool good_size(uint32_t size, uint32_t least, uint32_t most)
{
	return size >= least && size <= most && !(size & (size - 1));
}

/* Sizes of blocks, inodes and descriptors. */
static int read_sizes(struct fs *fs, const uint8_t *super)
{
	struct ext4 *own = ext4_of(fs);
	uint32_t log = le32(super + LOG_BLOCK_SIZE);
	bool old = !le32(super + REV_LEVEL);
	bool wide = own->incompat & EXT4_INCOMPAT_64BIT;

	if (log > SHIFT_MAX - SHIFT_MIN)
		return contradiction(fs);
	own->shift = (uint8_t)(SHIFT_MIN + log);
	own->super_block = SUPER_AT >> own->shift;
	own->inode_size = old ? OLD_INODE_SIZE : le16(super + INODE_SIZE);
	own->desc_size = wide ? le16(super + SUPER_DESC_SIZE) : DESC_SIZE;
	if (!good_size(own->inode_size, OLD_INODE_SIZE, 1u << own->shift))
		return contradiction(fs);
	if (wide && own->desc_size != DESC_SIZE_64BIT)
		return ext4_fail(fs, -ENOTSUP, WORDS("ext4: group descriptors that have "
						     "not 64 bytes: make it without 64bit"));
	return 0;
}

/* How many blocks, groups and inodes there are; all in the partition. */
static int read_counts(struct fs *fs, const uint8_t *super)
{
	struct ext4 *own = ext4_of(fs);
	uint64_t groups;

	own->blocks = le32(super + BLOCKS_COUNT);
	if (own->incompat & EXT4_INCOMPAT_64BIT)
		own->blocks |= (uint64_t)le32(super + BLOCKS_COUNT_HI) << 32;
	own->inodes = le32(super + INODES_COUNT);
	own->first_block = le32(super + FIRST_DATA_BLOCK);
	own->blocks_in_group = le32(super + BLOCKS_PER_GROUP);
	own->inodes_in_group = le32(super + INODES_PER_GROUP);
	if (own->first_block > 1 || own->first_block >= own->blocks ||
	    !own->blocks_in_group || !own->inodes_in_group)
		return contradiction(fs);
	if (own->blocks > fs->where.size >> own->shift)
		return ext4_fail(fs, -ERANGE, WORDS("ext4: larger than its partition: was "
						    "it cut short? Write it again, whole"));
	groups = (own->blocks - own->first_block - 1) / own->blocks_in_group + 1;
	if (groups >= EXT4_NO_GROUP ||
	    own->inodes > groups * own->inodes_in_group)
		return contradiction(fs);
	own->groups = (uint32_t)groups;
	return 0;
}

static void read_places(struct ext4 *own, const uint8_t *super)
{
	own->group = EXT4_NO_GROUP;
	own->first_meta = le32(super + FIRST_META_BG);
	own->backups[0] = le32(super + BACKUP_BGS);
	own->backups[1] = le32(super + BACKUP_BGS + 4);
}

static int mount(struct fs *fs)
{
	uint8_t super[SUPER_SIZE] __attribute__((aligned(8)));
	int err = fs_bytes(fs, SUPER_AT, super, sizeof(super));

	if (err)
		return err == -ERANGE ? -ENOEXEC : err;
	if (le16(super + MAGIC) != SUPER_MAGIC)
		return -ENOEXEC;
	err = read_features(fs, super);
	if (!err)
		err = read_sizes(fs, super);
	if (!err)
		err = read_counts(fs, super);
	if (err)
		return err;
	read_places(ext4_of(fs), super);
	if (ext4_of(fs)->incompat & RECOVER)
		fs->why = WORDS("ext4: its journal needs recovery: what was written last "
				"may be missing");
	return 0;
}

static int root(struct fs *fs, struct fs_node *node)
{
	int err;

	node->number = EXT4_ROOT;
	err = ext4_inode_open(fs, node);
	if (!err && node->kind != FS_FOLDER)
		err = ext4_fail(fs, -EINVAL, WORDS("ext4: the root is no folder: run e2fsck"));
	return err;
}

static const struct fs_type fs_ext4 = {
	.name = "ext4",
	.mount = mount,
	.root = root,
	.list = ext4_dir_list,
	.open = ext4_inode_open,
	.find = ext4_dir_find,
	.map = ext4_map,
};
TABLE_ADD(fs, 50, fs_ext4);
