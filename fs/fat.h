/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the FAT reader know of each other. Facts: "Microsoft
 * Extensible Firmware Initiative FAT32 File System Specification" 1.03,
 * called "the specification" here.
 */
#ifndef FS_FAT_H
#define FS_FAT_H

#include "fs.h"
#include "le.h"

#define FAT_FIRST	2u	/* number of the first cluster of the data */
#define FAT_END		0u	/* instead of a next cluster: there is none */
#define FAT_ENTRY_SIZE	32u	/* of a folder */
#define FAT_ENTRIES_MAX	65536u	/* in a folder: 2 MiB, section "Directories" */
#define FAT_SHORT_MAX	12u	/* bytes of a short name, with the dot */
#define FAT_LONG_PARTS	20u	/* entries that one long name has at most */
#define FAT_PART_UNITS	13u	/* UTF-16 units in each of them */

/* fs->own: all of it was checked against the volume. */
enum {
	FAT_BITS,		/* of an entry of the table: 12, 16 or 32 */
	FAT_SHIFT,		/* a cluster has 1 << this bytes */
	FAT_LAST,		/* number of the last cluster */
	FAT_TABLE,		/* byte of the volume where the table starts */
	FAT_TABLE_SIZE,		/* bytes of one copy */
	FAT_COPIES,		/* copies from there on that are the same */
	FAT_ROOT,		/* the root's first cluster; 0 if it is fixed */
	FAT_ROOT_AT,		/* byte of the volume of a fixed root */
	FAT_ROOT_ENTRIES,	/* that a fixed root has room for */
	FAT_DATA,		/* byte of the volume of cluster FAT_FIRST */
};

/*
 * node->own: the stretch of the chain that fat_map() looked at last, and
 * how it knows a loop. All zeroes at first.
 */
enum {
	NODE_INDEX,		/* cluster of the file where the stretch begins */
	NODE_CLUSTER,		/* number of that cluster */
	NODE_COUNT,		/* clusters in one piece from there on */
	NODE_NEXT,		/* the cluster behind them, or FAT_END */
	NODE_SEEN, NODE_LEAPS, NODE_ROUND,
	NODE_FIXED,		/* 1: the root of FAT12 and FAT16 */
};

/* Is there a cluster of that number? */
static inline bool fat_has(const struct fs *fs, uint64_t cluster)
{
	return cluster >= FAT_FIRST && cluster <= fs->own[FAT_LAST];
}

/* The byte of the volume where @cluster, which there is, begins. */
static inline uint64_t fat_where(const struct fs *fs, uint64_t cluster)
{
	return fs->own[FAT_DATA] +
	       ((cluster - FAT_FIRST) << fs->own[FAT_SHIFT]);
}

/* The parts of struct fs_type. */
int fat_mount(struct fs *fs);
int fat_list(struct fs *fs, const struct fs_node *folder, uint64_t *at,
	     struct fs_entry *entry);
int fat_find(struct fs *fs, const struct fs_node *folder, const char *name,
	     size_t length, struct fs_node *node);
int fat_map(struct fs *fs, struct fs_node *node, uint64_t offset,
	    struct fs_run *run);

void fat_root(const struct fs *fs, struct fs_node *node);

/*
 * How many clusters from @first on follow each other both on the disk and in
 * the chain, @limit (not 0) at most; @next gets the one behind them or
 * FAT_END. Return: 0, -EINVAL (@first or @next is none), the disk's errors.
 */
int fat_stretch(struct fs *fs, uint64_t first, uint64_t limit,
		uint64_t *count, uint64_t *next);

/* A long name that is being collected: its entries come last one first. */
struct fat_long {
	unsigned int parts;	/* 0: none */
	unsigned int left;	/* to come before the short entry */
	uint8_t sum;
	uint16_t units[FAT_LONG_PARTS * FAT_PART_UNITS];
};

/* Is this entry of a folder a part of a long name? */
bool fat_long_is_part(const uint8_t *raw);

/* One more part; one out of order ends the name that was begun. */
void fat_long_add(struct fat_long *name, const uint8_t *raw);

/*
 * The long name of the short entry @raw as UTF-8 with a NUL.
 * Return: its length, 0 (it has no long name, or none that is whole), -ERANGE
 * (more than FS_NAME_MAX bytes).
 */
int fat_long_text(const struct fat_long *name, const uint8_t *raw,
		  char text[FS_NAME_MAX + 1]);

/*
 * The short name of @raw with a NUL; what is not plain ASCII is '_' and
 * makes @exact false. Return: its length, 0 if there is no name.
 */
size_t fat_short_text(const uint8_t *raw, char text[FAT_SHORT_MAX + 1],
		      bool *exact);

#endif
