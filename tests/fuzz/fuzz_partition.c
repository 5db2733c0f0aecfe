/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the partition tables: what is accepted lies on the disk. The input
 * has flags, the disk's blocks, how much of the rest stands at the disk's
 * start, and the rest; what is left of it stands at the end. On request the
 * check values of a GPT are made right, so that what they guard is reached.
 * link: fs/partition.c fs/gpt.c fs/mbr.c lib/disk.c lib/crc.c lib/region.c
 * max: 9216
 */
#include "crc.h"
#include "err.h"
#include "partition.h"
#include <stdlib.h>
#include <string.h>

#define DISK_MAX	(4 * SZ_1M)
#define REQUESTS_MAX	2048	/* all entries, of all copies, and all chains */

/* The upper half of the flags is the number of a bad block, not 0. */
enum { LARGE_BLOCKS = 1, REPAIR = 2, REPAIR_FOREIGN = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *bytes;
static unsigned int requests;
static struct region bad;

static int read_ram(const struct disk *disk, const struct disk_run *runs,
		    unsigned int count)
{
	if (++requests > REQUESTS_MAX)
		abort();
	for (unsigned int i = 0; i < count; i++) {
		if (runs[i].offset > disk->size ||
		    runs[i].size > disk->size - runs[i].offset)
			abort();
		if (region_overlaps(region_of(runs[i].offset, runs[i].size),
				    bad))
			return -EIO;
		memcpy(runs[i].to, bytes + runs[i].offset, runs[i].size);
	}
	return 0;
}

static uint64_t get(const uint8_t *from, unsigned int size)
{
	uint64_t value = 0;

	while (size--)
		value = value << 8 | from[size];
	return value;
}

static void put32(uint8_t *to, uint32_t value)
{
	for (unsigned int i = 0; i < 4; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

/* The check values of the header in block @lba, if there is one. */
static void repair(const struct disk *disk, uint32_t unit, uint64_t lba)
{
	uint64_t blocks = disk->size / unit, at, length;
	uint8_t *h;

	if (lba >= blocks)
		return;
	h = bytes + lba * unit;
	if (memcmp(h, "EFI PART", 8))
		return;
	at = get(h + 72, 8);
	length = get(h + 80, 4) * get(h + 84, 4);
	if (at < blocks && length <= disk->size - at * unit)
		put32(h + 88, ~crc32(UINT32_MAX, bytes + at * unit, length));
	put32(h + 16, 0);
	if (get(h + 12, 4) <= unit)
		put32(h + 16, ~crc32(UINT32_MAX, h, get(h + 12, 4)));
}

static void check(const struct disk *disk, const struct partition_table *table)
{
	bool gpt = table->scheme == PARTITION_GPT ||
		   table->scheme == PARTITION_GPT_BACKUP;

	if (table->count > PARTITIONS_MAX ||
	    (table->scheme == PARTITION_NONE && table->count) ||
	    (table->scheme == PARTITION_GPT_BACKUP && !table->warning))
		abort();
	for (unsigned int i = 0; i < table->count; i++) {
		const struct partition *p = &table->partitions[i];

		if (!p->number || !p->where.size ||
		    !IS_ALIGNED(p->where.base, 512) ||
		    !region_contains(region_of(0, disk->size), p->where) ||
		    !!p->mbr_type == gpt)
			abort();
		partition_type_name(p);
		for (unsigned int j = 0; j < i; j++)
			if (table->partitions[j].number == p->number ||
			    (gpt && region_overlaps(table->partitions[j].where,
						    p->where)))
				abort();
	}
}

static void repair_all(const struct disk *disk, uint32_t unit)
{
	if (disk->size < 2 * unit)
		return;
	repair(disk, unit, 1);
	repair(disk, unit, get(bytes + unit + 32, 8));
	repair(disk, unit, disk->size / unit - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct partition_table table;
	struct disk disk = { "fuzz", 0, 512, read_ram, NULL };
	uint64_t front;
	const char *why;
	int err;

	if (size < 5)
		return 0;
	if (data[0] & LARGE_BLOCKS)
		disk.block = 4096;
	disk.size = get(data + 1, 2) * disk.block;
	front = get(data + 3, 2);
	bad = region_of((data[0] >> 4) * disk.block,
			data[0] >> 4 ? disk.block : 0);
	requests = 0;
	size -= 5;
	if (disk.size > DISK_MAX || size > disk.size || front > size)
		return 0;
	bytes = calloc(1, disk.size + 1);
	memcpy(bytes, data + 5, front);
	memcpy(bytes + disk.size - (size - front), data + 5 + front,
	       size - front);
	if (data[0] & REPAIR)
		repair_all(&disk, disk.block);
	if (data[0] & REPAIR_FOREIGN)
		repair_all(&disk, disk.block == 512 ? 4096 : 512);
	disk_forget();
	err = partition_read(&disk, &table, &why);
	if (err && (!why || table.count))
		abort();
	check(&disk, &table);
	free(bytes);
	return 0;
}
