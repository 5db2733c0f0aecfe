/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GUID partition tables: a header with its array of entries in front, a copy
 * of both at the end (UEFI specification 2.10, section 5.3). A copy counts
 * as a whole or not at all: one entry that makes no sense, or two that
 * overlap, and the other copy is asked. All numbers of blocks count in units
 * of the disk that the table was made for, which need not be this one's.
 */
#include "crc.h"
#include "err.h"
#include "partition_priv.h"
#include "words.h"
#include <string.h>

#define SIGNATURE	"EFI PART"
#define HEADER_SIZE	92u
#define ENTRY_SIZE_MIN	128u
#define ENTRY_SIZE_MAX	4096u
#define ENTRIES_MAX	1024u

/* Offsets in the header (table 5-5) ... */
enum { REVISION = 8, SIZE = 12, CRC = 16, MY_LBA = 24, ALTERNATE_LBA = 32,
       FIRST_USABLE = 40, LAST_USABLE = 48, ENTRIES_LBA = 72, ENTRIES = 80,
       ENTRY_SIZE = 84, ENTRIES_CRC = 88 };

/* ... and in an entry (table 5-6). */
enum { TYPE = 0, FIRST = 32, LAST = 40, ATTRIBUTES = 48 };

#define LEGACY_BOOTABLE	0x04	/* attribute 2 */

/* A copy that is being read. */
struct gpt {
	const struct disk *disk;
	uint32_t unit;		/* bytes of the blocks that it counts in */
	uint64_t blocks;	/* how many of those the disk has */
	uint8_t header[HEADER_SIZE];
	struct region entries;	/* bytes on the disk */
	uint32_t entry_size;
	const char *why;	/* behind the last error */
};

static int refuse(struct gpt *gpt, const char *why)
{
	gpt->why = why;
	return -EBADMSG;
}

/* Read bytes of the disk that must lie inside of it. */
static int read_bytes(struct gpt *gpt, uint64_t offset, void *to, size_t size)
{
	int err = disk_read(gpt->disk, offset, to, size);

	if (err)
		gpt->why = WORDS("GPT: its blocks cannot be read");
	return err;
}

/* Where @count blocks from @first on are. -ERANGE: not all on the disk. */
static int place(const struct gpt *gpt, uint64_t first, uint64_t count,
		 struct region *r)
{
	if (first > gpt->blocks || count > gpt->blocks - first)
		return -ERANGE;
	*r = region_of(first * gpt->unit, count * gpt->unit);
	return 0;
}

/* The header's CRC, over what it calls its size and with itself as 0. */
static int check_crc(struct gpt *gpt, uint64_t where)
{
	const uint32_t size = le32(gpt->header + SIZE);
	uint32_t want = le32(gpt->header + CRC), crc;
	uint8_t rest[ENTRY_SIZE_MIN];

	memset(gpt->header + CRC, 0, 4);
	crc = crc32(UINT32_MAX, gpt->header, HEADER_SIZE);
	for (uint32_t at = HEADER_SIZE; at < size; at += sizeof(rest)) {
		size_t piece = size - at < sizeof(rest) ? size - at
							: sizeof(rest);
		int err = read_bytes(gpt, where + at, rest, piece);

		if (err)
			return err;
		crc = crc32(crc, rest, piece);
	}
	if (~crc != want)
		return refuse(gpt, WORDS("GPT: its header does not match its CRC: repair it with gdisk"));
	return 0;
}

/* Return: 0, -ENOENT (none there), -EBADMSG, or what the disk said. */
static int read_header(struct gpt *gpt, uint64_t lba)
{
	struct region r;
	uint32_t size;
	int err;

	memset(gpt->header, 0, sizeof(gpt->header));
	if (place(gpt, lba, 1, &r))
		return -ENOENT;
	err = read_bytes(gpt, r.base, gpt->header, sizeof(gpt->header));
	if (err)
		return err;
	if (memcmp(gpt->header, SIGNATURE, sizeof(SIGNATURE) - 1)) {
		memset(gpt->header, 0, sizeof(gpt->header));
		return -ENOENT;
	}
	size = le32(gpt->header + SIZE);
	if (le32(gpt->header + REVISION) >> 16 != 1 || size < HEADER_SIZE ||
	    size > gpt->unit)
		return refuse(gpt, WORDS("GPT: its header has a revision or a size that is not known"));
	err = check_crc(gpt, r.base);
	if (!err && le64(gpt->header + MY_LBA) != lba)
		return refuse(gpt, WORDS("GPT: its header says that it lies elsewhere"));
	return err;
}

/* What the header says fits onto the disk, and what we do with it. */
static int check_header(struct gpt *gpt)
{
	const uint64_t first = le64(gpt->header + FIRST_USABLE);
	const uint64_t last = le64(gpt->header + LAST_USABLE);
	const uint32_t count = le32(gpt->header + ENTRIES);
	const uint32_t size = le32(gpt->header + ENTRY_SIZE);
	const uint64_t base = le64(gpt->header + ENTRIES_LBA);
	struct region rest;

	/* Block 0 is the MBR, block 1 the first header. */
	if (first < 2 || first > last || last >= gpt->blocks)
		return refuse(gpt, WORDS("GPT: its usable blocks go beyond the disk: was the image cut, or made for a larger one?"));
	if (size < ENTRY_SIZE_MIN || size > ENTRY_SIZE_MAX ||
	    (size & (size - 1)) || !count || count > ENTRIES_MAX)
		return refuse(gpt, WORDS("GPT: the size or the number of its entries is not possible, or more than 1024"));
	gpt->entry_size = size;
	if (base < 2 || base > gpt->blocks ||
	    place(gpt, base, gpt->blocks - base, &rest) ||
	    region_slice(&gpt->entries, rest, 0, (uint64_t)count * size))
		return refuse(gpt, WORDS("GPT: its entries lie beyond the disk"));
	return 0;
}

/* Return: NULL or what is wrong with it. */
static const char *take_entry(const struct gpt *gpt, const uint8_t *entry,
			      unsigned int number,
			      struct partition_table *table)
{
	static const uint8_t unused[GUID_SIZE];
	struct partition p = { .number = number };
	const uint64_t first = le64(entry + FIRST);
	const uint64_t last = le64(entry + LAST);

	if (!memcmp(entry + TYPE, unused, GUID_SIZE))
		return NULL;
	if (first > last || first < le64(gpt->header + FIRST_USABLE) ||
	    last > le64(gpt->header + LAST_USABLE) ||
	    place(gpt, first, last - first + 1, &p.where))
		return WORDS("GPT: a partition is empty or lies outside of the usable blocks");
	memcpy(p.type, entry + TYPE, GUID_SIZE);
	p.active = entry[ATTRIBUTES] & LEGACY_BOOTABLE;
	if (!partition_add(table, &p))
		partition_warn(table, WORDS("GPT: more than 128 partitions: the rest is left out"));
	return NULL;
}

/*
 * All entries, a short piece at a time: their size is a multiple of it, and
 * what matters stands in the first piece of each. Nothing of this counts
 * before the CRC is known, which is why the entries' own faults wait.
 */
static int read_entries(struct gpt *gpt, struct partition_table *table)
{
	uint8_t piece[ENTRY_SIZE_MIN];
	const char *fault = NULL;
	uint32_t crc = UINT32_MAX;

	for (uint64_t at = 0; at < gpt->entries.size; at += sizeof(piece)) {
		int err = read_bytes(gpt, gpt->entries.base + at, piece,
				     sizeof(piece));

		if (err)
			return err;
		crc = crc32(crc, piece, sizeof(piece));
		if (!fault && IS_ALIGNED(at, gpt->entry_size))
			fault = take_entry(gpt, piece, (unsigned int)
					   (at / gpt->entry_size) + 1, table);
	}
	if (~crc != le32(gpt->header + ENTRIES_CRC))
		return refuse(gpt, WORDS("GPT: its entries do not match their CRC: repair them with gdisk"));
	if (fault)
		return refuse(gpt, fault);
	if (partition_overlaps(table))
		return refuse(gpt, WORDS("GPT: two partitions overlap: correct them with gdisk"));
	return 0;
}

/* The copy whose header is at @lba. Return: as read_header(). */
static int read_copy(struct gpt *gpt, uint64_t lba,
		     struct partition_table *table)
{
	int err = read_header(gpt, lba);

	table->count = 0;
	if (!err)
		err = check_header(gpt);
	return err ? err : read_entries(gpt, table);
}

/* Keep what tells most: the first copy that is there but cannot be used. */
static void remember(const struct gpt *gpt, int err, int *first,
		     const char **why)
{
	if (err == -ENOENT || *first != -ENOENT)
		return;
	*first = err;
	*why = gpt->why;
}

/*
 * The backup is the disk's last block. On a disk that has grown since, it is
 * where the first header says; if that one is damaged this is a guess, and
 * what stands there must have its own CRC.
 */
static int read_backup(struct gpt *gpt, struct partition_table *table,
		       int *first, const char **why)
{
	const uint64_t alternate = le64(gpt->header + ALTERNATE_LBA);
	int err = read_copy(gpt, gpt->blocks - 1, table);

	remember(gpt, err, first, why);
	if (err && alternate > 1) {
		err = read_copy(gpt, alternate, table);
		remember(gpt, err, first, why);
	}
	if (err)
		return err;
	table->scheme = PARTITION_GPT_BACKUP;
	table->warning = WORDS("GPT: the first copy is damaged, the backup is used: repair it with sgdisk -e or gdisk");
	return 0;
}

/* Both copies of a table that was made for blocks of @unit bytes. */
static int read_copies(const struct disk *disk, uint32_t unit,
		       struct partition_table *table, int *first,
		       const char **why)
{
	struct gpt gpt = { .disk = disk, .unit = unit,
			   .blocks = disk->size / unit };
	int err = read_copy(&gpt, 1, table);

	table->scheme = PARTITION_GPT;
	remember(&gpt, err, first, why);
	return err ? read_backup(&gpt, table, first, why) : 0;
}

int gpt_read(const struct disk *disk, struct partition_table *table,
	     const char **why)
{
	int first = -ENOENT;

	if (!read_copies(disk, disk->block, table, &first, why))
		return 0;
	if (disk->block != 512 &&
	    !read_copies(disk, 512, table, &first, why)) {
		table->warning = WORDS("GPT: made for blocks of 512 bytes, the disk has larger ones: Linux does not see it");
		return 0;
	}
	if (disk->block != 4096 &&
	    !read_copies(disk, 4096, table, &first, why)) {
		table->warning = WORDS("GPT: made for blocks of 4096 bytes, the disk has smaller ones: Linux does not see it");
		return 0;
	}
	if (first != -ENOENT)
		return first;
	*why = WORDS("GPT: the MBR announces one, but there is none: write it again");
	return -EBADMSG;
}
