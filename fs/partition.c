/* SPDX-License-Identifier: BSD-2-Clause */
/* Which kind of partition table a disk has, and what its types are called. */
#include "err.h"
#include "partition_priv.h"
#include "words.h"
#include <string.h>

void partition_warn(struct partition_table *table, const char *text)
{
	if (!table->warning)
		table->warning = text;
}

bool partition_add(struct partition_table *table,
		   const struct partition *partition)
{
	if (table->count == PARTITIONS_MAX)
		return false;
	table->partitions[table->count++] = *partition;
	return true;
}

bool partition_overlaps(const struct partition_table *table)
{
	for (unsigned int i = 1; i < table->count; i++)
		for (unsigned int j = 0; j < i; j++)
			if (region_overlaps(table->partitions[i].where,
					    table->partitions[j].where))
				return true;
	return false;
}

int partition_read(const struct disk *disk, struct partition_table *table,
		   const char **why)
{
	uint8_t sector[SECTOR_SIZE];
	int err;

	memset(table, 0, sizeof(*table));
	*why = NULL;
	if (disk->size < SECTOR_SIZE)
		return 0;
	err = disk_read(disk, 0, sector, SECTOR_SIZE);
	if (err) {
		*why = WORDS("partition table: the first block of the disk cannot be read");
		return err;
	}
	if (!mbr_is_table(disk, sector))
		return 0;
	err = mbr_protects(sector) ? gpt_read(disk, table, why)
				   : mbr_read(disk, sector, table, why);
	if (err)
		memset(table, 0, sizeof(*table));
	else
		*why = NULL;
	return err;
}

/*
 * GUIDs as they lie on the disk: the first three groups of the text form are
 * little-endian numbers (UEFI specification 2.10, appendix A).
 */
#define GUID(a, b, c, d, e)						\
	{ (a) & 0xff, (a) >> 8 & 0xff, (a) >> 16 & 0xff, (a) >> 24,	\
	  (b) & 0xff, (b) >> 8, (c) & 0xff, (c) >> 8, (d) >> 8, (d) & 0xff, \
	  (e) >> 40 & 0xff, (e) >> 32 & 0xff, (e) >> 24 & 0xff,		\
	  (e) >> 16 & 0xff, (e) >> 8 & 0xff, (e) & 0xff }

static const struct {
	uint8_t type[GUID_SIZE];
	const char *name;
} guids[] = {
	{ GUID(0xc12a7328u, 0xf81f, 0x11d2, 0xba4b, 0x00a0c93ec93bull),
	  "EFI system" },
	{ GUID(0xbc13c2ffu, 0x59e6, 0x4262, 0xa352, 0xb275fd6f7172ull),
	  "extended boot loader" },
	{ GUID(0x0fc63dafu, 0x8483, 0x4772, 0x8e79, 0x3d69d8477de4ull),
	  "Linux file system" },
	{ GUID(0xb921b045u, 0x1df0, 0x41c3, 0xaf44, 0x4c6f280d3faeull),
	  "Linux root (arm64)" },
	{ GUID(0xebd0a0a2u, 0xb9e5, 0x4433, 0x87c0, 0x68b6b72699c7ull),
	  "Microsoft basic data" },
	{ GUID(0x0657fd6du, 0xa4ab, 0x43c4, 0x84e5, 0x0933c84b4f4full),
	  "Linux swap" },
	{ GUID(0xe6d6d379u, 0xf507, 0x44c2, 0xa23c, 0x238f2a3df928ull),
	  "Linux LVM" },
	{ GUID(0xa19d880fu, 0x05fc, 0x4d3b, 0xa006, 0x743f0f84911eull),
	  "Linux RAID" },
};

static const struct {
	uint8_t type;
	const char *name;
} types[] = {
	{ 0x01, "FAT12" },
	{ 0x04, "FAT16 below 32 MiB" },
	{ 0x06, "FAT16" },
	{ 0x0b, "FAT32" },
	{ 0x0c, "FAT32 (LBA)" },
	{ 0x0e, "FAT16 (LBA)" },
	{ 0x82, "Linux swap" },
	{ 0x83, "Linux file system" },
	{ 0x8e, "Linux LVM" },
	{ 0xea, "extended boot loader" },	/* so says UAPI.1 */
	{ 0xef, "EFI system" },
	{ 0xfd, "Linux RAID" },
};

const char *partition_type_name(const struct partition *partition)
{
	if (partition->mbr_type) {
		for (unsigned int i = 0; i < ARRAY_SIZE(types); i++)
			if (types[i].type == partition->mbr_type)
				return types[i].name;
		return NULL;
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(guids); i++)
		if (!memcmp(guids[i].type, partition->type, GUID_SIZE))
			return guids[i].name;
	return NULL;
}
