/* SPDX-License-Identifier: BSD-2-Clause */
/* Group descriptors of ext4: where they lie, and where inodes begin. */
#include "ext4.h"
#include "crc.h"
#include "err.h"
#include "words.h"

#define DESC_SIZE_MAX	64u

/* Where the fields of a descriptor are. */
enum { TABLE_LO = 0x8, CHECKSUM = 0x1e, SECOND_HALF = 0x20, TABLE_HI = 0x28 };

static bool is_power(uint32_t number, uint32_t base)
{
	uint64_t power = base;

	while (power < number)
		power *= base;
	return power == number;
}

/* Does @group begin with a copy of the superblock? */
static bool has_super(const struct ext4 *own, uint32_t group)
{
	if (!group)
		return true;
	if (own->compat & EXT4_COMPAT_SPARSE2)
		return group == own->backups[0] || group == own->backups[1];
	if (group == 1 || !(own->ro_compat & EXT4_RO_SPARSE))
		return true;
	return is_power(group, 3) || is_power(group, 5) || is_power(group, 7);
}

/*
 * The block with the descriptor of @group. All of them follow the first
 * superblock; with meta_bg each block of them stands in the first of the
 * groups that it describes.
 */
static uint64_t desc_block(const struct ext4 *own, uint32_t group)
{
	const uint32_t in_block = (1u << own->shift) / own->desc_size;
	const uint32_t number = group / in_block;
	const uint32_t first = number * in_block;
	uint64_t block;

	if (!(own->incompat & EXT4_INCOMPAT_META_BG) ||
	    number < own->first_meta)
		return own->super_block + 1ull + number;
	block = own->first_block + (uint64_t)first * own->blocks_in_group +
		has_super(own, first);
	/* Blocks of 1 KiB that count from 0: the superblock is in block 1. */
	if (!first && own->first_block < own->super_block)
		block++;
	return block;
}

/* Is the descriptor's checksum right? Clears it in @desc. */
static bool checked(struct fs *fs, uint32_t group, uint8_t *desc)
{
	const struct ext4 *own = ext4_of(fs);
	const uint8_t number[4] = { (uint8_t)group, (uint8_t)(group >> 8),
				    (uint8_t)(group >> 16),
				    (uint8_t)(group >> 24) };
	const uint16_t want = le16(desc + CHECKSUM);
	uint16_t crc;

	if (ext4_has_checksums(fs)) {
		desc[CHECKSUM] = desc[CHECKSUM + 1] = 0;
		return want == (uint16_t)crc32c(ext4_check_number(own->seed, group),
						desc, own->desc_size);
	}
	if (!(own->ro_compat & EXT4_RO_GDT_CSUM))
		return true;
	crc = crc16(own->seed16, number, sizeof(number));
	crc = crc16(crc, desc, CHECKSUM);
	crc = crc16(crc, desc + SECOND_HALF, own->desc_size - SECOND_HALF);
	return crc == want;
}

/* Read the descriptor, and remember what is in it. */
static int read_desc(struct fs *fs, uint32_t group)
{
	struct ext4 *own = ext4_of(fs);
	const uint32_t in_block = (1u << own->shift) / own->desc_size;
	uint8_t desc[DESC_SIZE_MAX] __attribute__((aligned(8)));
	uint64_t block = desc_block(own, group), table;
	int err = ext4_check_blocks(fs, block, 1);

	if (!err)
		err = fs_bytes(fs, (block << own->shift) +
			       group % in_block * own->desc_size,
			       desc, own->desc_size);
	if (err)
		return err;
	if (!checked(fs, group, desc))
		return ext4_fail(fs, -EBADMSG, WORDS("ext4: the checksum of a group "
						     "descriptor is wrong: run e2fsck"));
	table = le32(desc + TABLE_LO);
	if (own->desc_size > SECOND_HALF)
		table |= (uint64_t)le32(desc + TABLE_HI) << 32;
	own->table = table;
	own->group = group;
	return 0;
}

int ext4_group_table(struct fs *fs, uint32_t group, uint64_t *table)
{
	struct ext4 *own = ext4_of(fs);
	int err = own->group == group ? 0 : read_desc(fs, group);

	*table = own->table;
	return err;
}
