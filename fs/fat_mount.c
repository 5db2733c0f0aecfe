/* SPDX-License-Identifier: BSD-2-Clause */
/* Is it FAT, which one, and where are its parts? The boot sector says so. */
#include "err.h"
#include "fat.h"
#include "words.h"
#include <string.h>

#define BOOT_SIZE	512u	/* what we read of it, whatever a sector has */
#define COPIES_MAX	4u	/* of the table; two are usual */
#define CLUSTER_MAX	(256 * SZ_1K)
#define CLUSTERS_12	4084u	/* FAT12 up to here, section "FAT Type" */
#define CLUSTERS_16	65524u	/* FAT16 up to here */
#define CLUSTERS_32	0x0ffffff5u	/* 0x0ffffff7 means a bad one */

/* Where in the boot sector (sections "Boot Sector and BPB"). */
enum {
	BS_JUMP = 0,		/* a jump over what follows */
	BS_NAME = 3,		/* who formatted it; 8 bytes */
	BPB_SECTOR_SIZE = 11,
	BPB_CLUSTER_SECTORS = 13,
	BPB_RESERVED = 14,
	BPB_COPIES = 16,
	BPB_ROOT_ENTRIES = 17,
	BPB_TOTAL_16 = 19,
	BPB_MEDIA = 21,
	BPB_TABLE_16 = 22,
	BPB_TOTAL_32 = 32,
	BPB_TABLE_32 = 36,	/* from here on only if it is FAT32 */
	BPB_FLAGS = 40,
	BPB_VERSION = 42,
	BPB_ROOT = 44,
	MBR_ENTRIES = 446,	/* where an MBR has its four partitions */
	BS_MARK = 510,		/* 0x55 0xaa, also in larger sectors */
};

#define FLAGS_ONE_COPY	0x80u	/* only the copy in bits 3:0 is kept */

/* In sectors, where nothing else is said; all sums fit into 64 bits. */
struct bpb {
	uint64_t sector;	/* bytes */
	uint64_t cluster;
	uint64_t reserved, copies, table, root_entries, total;
	uint64_t data;		/* the first sector of the data */
	uint64_t clusters;
	bool is_32;
};

static bool is_power(uint64_t n)
{
	return n && !(n & (n - 1));
}

static bool is_media(uint8_t media)
{
	return media == 0xf0 || media >= 0xf8;
}

/* The signs of a FAT boot sector; exFAT and NTFS have some of them, too. */
static bool is_fat(const uint8_t *boot)
{
	const uint16_t sector = le16(boot + BPB_SECTOR_SIZE);
	const uint8_t *jump = boot + BS_JUMP;

	if (jump[0] != 0xe9 && (jump[0] != 0xeb || jump[2] != 0x90))
		return false;
	if (boot[BS_MARK] != 0x55 || boot[BS_MARK + 1] != 0xaa)
		return false;
	if (!memcmp(boot + BS_NAME, "EXFAT   ", 8) ||
	    !memcmp(boot + BS_NAME, "NTFS    ", 8))
		return false;
	return sector >= DISK_BLOCK_MIN && sector <= DISK_BLOCK_MAX &&
	       is_power(sector) && is_power(boot[BPB_CLUSTER_SECTORS]) &&
	       le16(boot + BPB_RESERVED) && boot[BPB_COPIES] &&
	       boot[BPB_COPIES] <= COPIES_MAX && is_media(boot[BPB_MEDIA]);
}

/*
 * An MBR may have kept the BPB of the FAT that was there before the disk got
 * partitions. One whose only partition starts with the MBR itself is what
 * mkfs.vfat writes into a FAT without partitions.
 */
static bool is_mbr(const uint8_t *boot)
{
	bool used = false;

	for (unsigned int i = 0; i < 4; i++) {
		const uint8_t *entry = boot + MBR_ENTRIES + 16 * i;

		if (entry[0] & 0x7f)
			return false;
		used = used || (entry[4] && le32(entry + 8) &&
				le32(entry + 12));
	}
	return used;
}

/*
 * The numbers of the BPB, in 64 bits each: neither a sum nor a product of
 * them wraps. False: they contradict each other.
 */
static bool read_bpb(const uint8_t *boot, struct bpb *bpb)
{
	const uint16_t table = le16(boot + BPB_TABLE_16);
	const uint16_t total = le16(boot + BPB_TOTAL_16);
	uint64_t root;

	bpb->sector = le16(boot + BPB_SECTOR_SIZE);
	bpb->cluster = boot[BPB_CLUSTER_SECTORS];
	bpb->reserved = le16(boot + BPB_RESERVED);
	bpb->copies = boot[BPB_COPIES];
	bpb->root_entries = le16(boot + BPB_ROOT_ENTRIES);
	bpb->is_32 = !bpb->root_entries && !table;
	bpb->table = bpb->is_32 ? le32(boot + BPB_TABLE_32) : table;
	bpb->total = total ? total : le32(boot + BPB_TOTAL_32);
	root = bpb->root_entries * FAT_ENTRY_SIZE + bpb->sector - 1;
	bpb->data = bpb->reserved + bpb->copies * bpb->table +
		    root / bpb->sector;
	if (!bpb->table || bpb->data >= bpb->total ||
	    (!bpb->is_32 && !bpb->root_entries))
		return false;
	bpb->clusters = (bpb->total - bpb->data) / bpb->cluster;
	return bpb->clusters &&
	       bpb->clusters <= (bpb->is_32 ? CLUSTERS_32 : CLUSTERS_16);
}

/*
 * The size of the data alone makes the type, section "FAT Type
 * Determination"; but mkfs.vfat -F 32 also makes small ones, which have the
 * BPB of FAT32.
 */
static uint64_t bits_of(const struct bpb *bpb)
{
	if (bpb->is_32)
		return 32;
	return bpb->clusters <= CLUSTERS_12 ? 12 : 16;
}

static void keep(struct fs *fs, const struct bpb *bpb)
{
	uint64_t *own = fs->own;
	uint64_t entries;

	own[FAT_BITS] = bits_of(bpb);
	own[FAT_SHIFT] = (uint64_t)__builtin_ctzll(bpb->cluster * bpb->sector);
	own[FAT_TABLE] = bpb->reserved * bpb->sector;
	own[FAT_TABLE_SIZE] = bpb->table * bpb->sector;
	own[FAT_COPIES] = bpb->copies;
	own[FAT_ROOT_AT] = own[FAT_TABLE] + bpb->copies * own[FAT_TABLE_SIZE];
	own[FAT_ROOT_ENTRIES] = bpb->root_entries;
	own[FAT_DATA] = bpb->data * bpb->sector;
	/* Clusters that a table is too short for cannot be in a chain. */
	entries = own[FAT_TABLE_SIZE] * 8 / own[FAT_BITS];
	own[FAT_LAST] = bpb->clusters + FAT_FIRST - 1;
	if (own[FAT_LAST] > entries - 1)
		own[FAT_LAST] = entries - 1;
}

/* What only FAT32 has: version, the copy that is in use, the root's chain. */
static int keep_32(struct fs *fs, const uint8_t *boot)
{
	const uint16_t flags = le16(boot + BPB_FLAGS);
	const uint64_t copy = flags & 0xf;
	uint64_t *own = fs->own;

	if (le16(boot + BPB_VERSION)) {
		fs->why = WORDS("a FAT32 of another version than 0.0");
		return -ENOTSUP;
	}
	if (flags & FLAGS_ONE_COPY) {
		if (copy >= own[FAT_COPIES]) {
			fs->why = WORDS("the boot sector names a copy of the FAT that there is not");
			return -EINVAL;
		}
		own[FAT_TABLE] += copy * own[FAT_TABLE_SIZE];
		own[FAT_COPIES] = 1;
	}
	own[FAT_ROOT] = le32(boot + BPB_ROOT);
	if (!fat_has(fs, own[FAT_ROOT])) {
		fs->why = WORDS("the root folder starts outside of the volume");
		return -EINVAL;
	}
	return 0;
}

static int keep_all(struct fs *fs, const uint8_t *boot)
{
	struct region part;
	struct bpb bpb;

	if (!read_bpb(boot, &bpb)) {
		fs->why = WORDS("the sizes in the boot sector contradict each other");
		return -EINVAL;
	}
	if (bpb.cluster * bpb.sector > CLUSTER_MAX) {
		fs->why = WORDS("its clusters are larger than 256 KiB");
		return -EINVAL;
	}
	if (region_slice(&part, fs->where, 0, bpb.total * bpb.sector)) {
		fs->why = WORDS("the volume ends before its file system: the image was cut or the partition is too small");
		return -EINVAL;
	}
	keep(fs, &bpb);
	return bpb.is_32 ? keep_32(fs, boot) : 0;
}

int fat_mount(struct fs *fs)
{
	uint8_t boot[BOOT_SIZE];
	int err = fs_bytes(fs, 0, boot, sizeof(boot));

	if (err)
		return err == -ERANGE ? -ENOEXEC : err;
	if (!is_fat(boot) || (!fs->where.base && is_mbr(boot)))
		return -ENOEXEC;
	return keep_all(fs, boot);
}
