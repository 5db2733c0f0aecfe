/* SPDX-License-Identifier: BSD-2-Clause */
/* What the readers of the two kinds of partition tables share. */
#ifndef FS_PARTITION_PRIV_H
#define FS_PARTITION_PRIV_H

#include "le.h"
#include "partition.h"

#define SECTOR_SIZE	512u	/* of an MBR, whatever the disk's blocks are */

/* There is room for one text: the first one, nearest to the cause, stays. */
void partition_warn(struct partition_table *table, const char *text);

/* Return: false if the table is full; then nothing happened. */
bool partition_add(struct partition_table *table,
		   const struct partition *partition);

/* At least two partitions have a byte in common. */
bool partition_overlaps(const struct partition_table *table);

/* The first sector is a partition table, not that of a file system. */
bool mbr_is_table(const struct disk *disk, const uint8_t *sector);

/* It says that the disk has a GPT; perhaps beside other things (hybrid). */
bool mbr_protects(const uint8_t *sector);

/* As partition_read(), once it is clear which kind it is. */
int mbr_read(const struct disk *disk, const uint8_t *sector,
	     struct partition_table *table, const char **why);
int gpt_read(const struct disk *disk, struct partition_table *table,
	     const char **why);

#endif
