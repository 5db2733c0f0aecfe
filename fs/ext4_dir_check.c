/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checksums of the blocks of an ext4 folder: behind the names, or behind the
 * hash table of a block that has no names.
 */
#include "ext4.h"
#include "crc.h"
#include "err.h"
#include "words.h"

#define TAIL		12u	/* bytes behind the names, like an entry */
#define TAIL_KIND	0xde
#define TABLE_TAIL	8u	/* bytes behind a hash table */
#define TABLE_ENTRY	8u
#define DOT		12u	/* bytes of the entry "." */

/* Where a hash table begins: behind "." and ".." with a head, or an entry. */
#define TABLE_ROOT	32u
#define TABLE_NODE	8u

static int bad_checksum(struct fs *fs)
{
	return ext4_fail(fs, -EBADMSG, WORDS("ext4: the checksum of a folder is wrong: "
					     "run e2fsck"));
}

/* The end of a block with names looks like an entry without one. */
static int check_names(struct fs *fs, uint64_t at, uint32_t seed)
{
	const uint32_t size = (1u << ext4_of(fs)->shift) - TAIL;
	uint8_t tail[TAIL];
	uint32_t crc = seed;
	int err = ext4_check_bytes(fs, at, size, &crc);

	if (!err)
		err = fs_bytes(fs, at + size, tail, sizeof(tail));
	if (err)
		return err;
	if (le32(tail) || le16(tail + 4) != TAIL || tail[6] ||
	    tail[7] != TAIL_KIND || le32(tail + 8) != crc)
		return bad_checksum(fs);
	return 0;
}

/* A hash table at @start of its block: those entries count that are used. */
static int check_table(struct fs *fs, uint64_t at, uint32_t start,
		       uint32_t seed)
{
	const uint32_t room = (1u << ext4_of(fs)->shift) - TABLE_TAIL - start;
	uint8_t limit_count[4], tail[TABLE_TAIL];
	uint32_t crc = seed, limit, count;
	int err = fs_bytes(fs, at + start, limit_count, sizeof(limit_count));

	if (err)
		return err;
	limit = le16(limit_count);
	count = le16(limit_count + 2);
	if (count > limit || limit > room / TABLE_ENTRY)
		return bad_checksum(fs);
	err = ext4_check_bytes(fs, at, start + count * TABLE_ENTRY, &crc);
	if (!err)
		err = fs_bytes(fs, at + start + limit * TABLE_ENTRY, tail,
			       sizeof(tail));
	if (err)
		return err;
	crc = ext4_check_number(crc, le32(tail));
	crc = ext4_check_number(crc, 0);	/* in place of itself */
	return crc == le32(tail + 4) ? 0 : bad_checksum(fs);
}

int ext4_dir_check(struct fs *fs, const struct ext4_node *folder, uint64_t at,
		   bool first)
{
	const bool index = folder->flags & EXT4_NODE_INDEX &&
			   ext4_of(fs)->compat & EXT4_COMPAT_DIR_INDEX;
	uint8_t head[8];
	uint16_t length;
	int err;

	if (!index)
		return check_names(fs, at, folder->seed);
	err = fs_bytes(fs, at, head, sizeof(head));
	if (err)
		return err;
	length = le16(head + 4);
	if (first)
		return length == DOT
		       ? check_table(fs, at, TABLE_ROOT, folder->seed)
		       : bad_checksum(fs);
	/* One entry that fills the block leaves no room for a tail. */
	if (ext4_rec_len(fs, length) == 1u << ext4_of(fs)->shift)
		return check_table(fs, at, TABLE_NODE, folder->seed);
	return check_names(fs, at, folder->seed);
}
