/* SPDX-License-Identifier: BSD-2-Clause */
/* Checksums over bytes of an ext4 volume, and bounds of its blocks. */
#include "ext4.h"
#include "crc.h"
#include "err.h"
#include "words.h"

int ext4_check_bytes(struct fs *fs, uint64_t offset, uint64_t size,
		     uint32_t *crc)
{
	uint8_t bytes[EXT4_WINDOW] __attribute__((aligned(8)));

	while (size) {
		uint64_t part = size < sizeof(bytes) ? size : sizeof(bytes);
		int err = fs_bytes(fs, offset, bytes, part);

		if (err)
			return err;
		*crc = crc32c(*crc, bytes, part);
		offset += part;
		size -= part;
	}
	return 0;
}

uint32_t ext4_check_number(uint32_t crc, uint32_t number)
{
	const uint8_t bytes[4] = {
		(uint8_t)number, (uint8_t)(number >> 8),
		(uint8_t)(number >> 16), (uint8_t)(number >> 24),
	};

	return crc32c(crc, bytes, sizeof(bytes));
}

int ext4_check_blocks(struct fs *fs, uint64_t block, uint64_t count)
{
	const struct ext4 *own = ext4_of(fs);
	struct region part;

	if (block > own->super_block &&
	    !region_slice(&part, region_of(0, own->blocks), block, count))
		return 0;
	return ext4_fail(fs, -EINVAL, WORDS("ext4: a block number that leads out of the "
					    "volume: run e2fsck"));
}
