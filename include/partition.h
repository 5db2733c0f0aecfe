/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Partition tables of a disk. Facts: UEFI specification 2.10, chapter 5 (GPT
 * and the protective MBR); the MBR as PCs have it, with chained extended
 * partitions.
 */
#ifndef PARTITION_H
#define PARTITION_H

#include "disk.h"

#define PARTITIONS_MAX	128	/* what sgdisk and parted make by default */
#define GUID_SIZE	16

enum partition_scheme {
	PARTITION_NONE,		/* no table, count 0: one volume from block 0 */
	PARTITION_MBR,
	PARTITION_GPT,
	PARTITION_GPT_BACKUP,	/* the one at the end; the first is damaged */
};

struct partition {
	struct region where;	/* bytes on the disk, never empty */
	unsigned int number;	/* from 1 on, as Linux counts */
	uint8_t type[GUID_SIZE];	/* GPT, as it lies on the disk */
	uint8_t mbr_type;
	bool active;		/* MBR: 0x80; GPT: "legacy BIOS bootable" */
};

struct partition_table {
	enum partition_scheme scheme;
	unsigned int count;
	struct partition partitions[PARTITIONS_MAX];
	const char *warning;	/* NULL, or the first that was worked around */
};

/*
 * Read the table of @disk. A GPT counts only if header and entries have
 * their CRC and make sense; else the backup; else it is an error, since the
 * MBR beside it protects, it does not describe. @why gets a fixed text.
 * Return: 0 (also without a table), -EBADMSG (a GPT whose two copies are
 * damaged), -EINVAL (an MBR that contradicts itself), or what the disk said.
 */
int partition_read(const struct disk *disk, struct partition_table *table,
		   const char **why);

/* "EFI system" and such; NULL if the type has no name here. */
const char *partition_type_name(const struct partition *partition);

#endif
