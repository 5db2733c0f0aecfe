/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The partition table in the first sector of a disk, as PCs have it: four
 * entries, of which some may be extended partitions. Those hold a chain of
 * tables: each describes one logical partition and where the next table is.
 */
#include "err.h"
#include "partition_priv.h"
#include "words.h"
#include <string.h>

#define ENTRIES		446u	/* offset of the first of four */
#define ENTRY_SIZE	16u
#define SLOTS		4u
#define SIGNATURE	510u

/* Offsets in an entry; start and length count in blocks of the disk. */
enum { INDICATOR = 0, TYPE = 4, START = 8, LENGTH = 12 };

#define ACTIVE		0x80
#define TYPE_PROTECTIVE	0xee
#define LOGICAL_FIRST	5	/* Linux's number of it, whoever is missing */
#define CHAIN_MAX	128u	/* tables in one extended partition */

struct mbr {
	const struct disk *disk;
	uint64_t blocks;	/* of the disk */
	struct partition_table *table;
	unsigned int next;	/* number of the next logical partition */
	bool dropped;		/* an entry that could not be believed */
};

static const uint8_t *entry_of(const uint8_t *sector, unsigned int slot)
{
	return sector + ENTRIES + slot * ENTRY_SIZE;
}

static bool is_used(const uint8_t *entry)
{
	return entry[TYPE] && le32(entry + LENGTH);
}

static bool is_extended(const uint8_t *entry)
{
	return entry[TYPE] == 0x05 || entry[TYPE] == 0x0f ||
	       entry[TYPE] == 0x85;
}

static bool is_signed(const uint8_t *sector)
{
	return sector[SIGNATURE] == 0x55 && sector[SIGNATURE + 1] == 0xaa;
}

static bool is_power_of_two(uint32_t number)
{
	return number && !(number & (number - 1));
}

/* FAT, exFAT and NTFS end their first sector with the same signature. */
static bool is_boot_sector(const uint8_t *sector)
{
	const uint32_t bytes = sector[11] | (uint32_t)sector[12] << 8;

	if (!memcmp(sector + 3, "NTFS    ", 8) ||
	    !memcmp(sector + 3, "EXFAT   ", 8))
		return true;
	return (sector[0] == 0xeb || sector[0] == 0xe9) &&
	       is_power_of_two(bytes) && bytes >= 512 && bytes <= 4096 &&
	       is_power_of_two(sector[13]) && (sector[14] || sector[15]) &&
	       (sector[16] == 1 || sector[16] == 2) &&
	       (sector[21] == 0xf0 || sector[21] >= 0xf8);
}

/* An entry that names blocks of this disk, or protects all of them. */
static bool is_plausible(const struct disk *disk, const uint8_t *entry)
{
	const uint64_t start = le32(entry + START);

	return start && (entry[TYPE] == TYPE_PROTECTIVE ||
			 start + le32(entry + LENGTH) <=
			 disk->size / disk->block);
}

/*
 * Code and texts of a boot sector rarely look like boot indicators, and never
 * like four good entries. On the other hand, partitioning a disk may leave a
 * file system's parameters where they were: then good entries decide.
 */
bool mbr_is_table(const struct disk *disk, const uint8_t *sector)
{
	bool used = false, plausible = true;

	if (!is_signed(sector))
		return false;
	for (unsigned int i = 0; i < SLOTS; i++) {
		const uint8_t *entry = entry_of(sector, i);

		if (entry[INDICATOR] && entry[INDICATOR] != ACTIVE)
			return false;
		if (!is_used(entry))
			continue;
		used = true;
		plausible = plausible && is_plausible(disk, entry);
	}
	return used && (plausible || !is_boot_sector(sector));
}

bool mbr_protects(const uint8_t *sector)
{
	for (unsigned int i = 0; i < SLOTS; i++)
		if (is_used(entry_of(sector, i)) &&
		    entry_of(sector, i)[TYPE] == TYPE_PROTECTIVE)
			return true;
	return false;
}

/* Where an entry lies that counts from block @base on. false: nowhere. */
static bool place(struct mbr *mbr, const uint8_t *entry, uint64_t base,
		  struct region *r)
{
	const uint64_t start = base + le32(entry + START);
	uint64_t length = le32(entry + LENGTH);

	/* Block 0 of what it counts from is the table that it stands in. */
	if (start == base || start >= mbr->blocks) {
		partition_warn(mbr->table, WORDS("MBR: a partition begins beyond the disk or at its own table: it is left out"));
		mbr->dropped = true;
		return false;
	}
	if (length > mbr->blocks - start) {
		partition_warn(mbr->table, WORDS("MBR: a partition goes beyond the disk: it is cut there"));
		length = mbr->blocks - start;
	}
	*r = region_of(start * mbr->disk->block, length * mbr->disk->block);
	return true;
}

static void take(struct mbr *mbr, const uint8_t *entry, uint64_t base,
		 unsigned int number)
{
	struct partition p = { .number = number, .mbr_type = entry[TYPE],
			       .active = entry[INDICATOR] == ACTIVE };

	if (place(mbr, entry, base, &p.where) && !partition_add(mbr->table, &p))
		partition_warn(mbr->table, WORDS("MBR: more than 128 partitions: the rest is left out"));
}

/* Its logical partitions count from the table, the next table from @base. */
static const uint8_t *take_logical(struct mbr *mbr, const uint8_t *sector,
				   uint64_t here)
{
	const uint8_t *link = NULL;

	/* The other two slots have no meaning here. */
	for (unsigned int i = 0; i < 2; i++) {
		const uint8_t *entry = entry_of(sector, i);

		if (!is_used(entry))
			continue;
		if (!is_extended(entry))
			take(mbr, entry, here, mbr->next++);
		else if (!link)
			link = entry;
	}
	return link;
}

static bool has(const uint32_t *list, unsigned int count, uint32_t number)
{
	for (unsigned int i = 0; i < count; i++)
		if (list[i] == number)
			return true;
	return false;
}

/* One table of a chain. Return: NULL or what is wrong with it. */
static const char *read_table(struct mbr *mbr, struct region extended,
			      uint32_t at, uint8_t *sector)
{
	const uint64_t block = mbr->disk->block;
	struct region r;

	if (region_slice(&r, extended, at * block, block))
		return WORDS("MBR: a table of logical partitions lies outside of the extended partition: the rest is left out");
	if (disk_read(mbr->disk, r.base, sector, SECTOR_SIZE))
		return WORDS("MBR: a table of logical partitions cannot be read: the rest is left out");
	if (!is_signed(sector))
		return WORDS("MBR: a table of logical partitions has no signature: the rest is left out");
	return NULL;
}

/*
 * Tables may follow each other in any order (fdisk puts a new one behind the
 * last wherever it lies), but each stands in the chain once.
 */
static void read_chain(struct mbr *mbr, const uint8_t *extended)
{
	const uint64_t base = le32(extended + START);
	uint8_t sector[SECTOR_SIZE];
	uint32_t seen[CHAIN_MAX];
	const uint8_t *link;
	const char *fault;
	struct region whole;
	uint32_t at = 0;

	if (!place(mbr, extended, 0, &whole))
		return;
	for (unsigned int i = 0; i < CHAIN_MAX; i++) {
		fault = has(seen, i, at)
			? WORDS("MBR: the chain of logical partitions has no end: the rest is left out")
			: read_table(mbr, whole, at, sector);
		if (fault) {
			partition_warn(mbr->table, fault);
			mbr->dropped = true;
			return;
		}
		seen[i] = at;
		link = take_logical(mbr, sector, base + at);
		if (!link)
			return;
		at = le32(link + START);
	}
	partition_warn(mbr->table, WORDS("MBR: more than 128 logical partitions: the rest is left out"));
}

int mbr_read(const struct disk *disk, const uint8_t *sector,
	     struct partition_table *table, const char **why)
{
	struct mbr mbr = { .disk = disk, .blocks = disk->size / disk->block,
			   .table = table, .next = LOGICAL_FIRST };

	table->scheme = PARTITION_MBR;
	for (unsigned int i = 0; i < SLOTS; i++)
		if (is_used(entry_of(sector, i)) &&
		    !is_extended(entry_of(sector, i)))
			take(&mbr, entry_of(sector, i), 0, i + 1);
	for (unsigned int i = 0; i < SLOTS; i++)
		if (is_used(entry_of(sector, i)) &&
		    is_extended(entry_of(sector, i)))
			read_chain(&mbr, entry_of(sector, i));
	if (partition_overlaps(table))
		partition_warn(table, WORDS("MBR: two partitions overlap: correct them with fdisk"));
	if (table->count || !mbr.dropped)
		return 0;
	*why = WORDS("MBR: not one of its partitions lies on the disk: was it made for another one?");
	return -EINVAL;
}
