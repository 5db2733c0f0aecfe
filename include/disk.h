/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A disk. Drivers move whole blocks straight to where they are wanted;
 * parsers read bytes, which come through a cache of a few long lines, since
 * a request costs more than the bytes that it brings.
 */
#ifndef DISK_H
#define DISK_H

#include "region.h"
#include "types.h"

#define DISK_BLOCK_MIN	512u
#define DISK_BLOCK_MAX	4096u

/* One transfer; a driver keeps as many of them in flight as it can. */
struct disk_run {
	uint64_t offset;	/* of the first byte on the disk */
	uint64_t size;		/* bytes, not 0 */
	void *to;		/* multiple of the disk's block */
};

struct disk {
	char name[16];		/* "virtio0"; in messages */
	uint64_t size;		/* bytes, a multiple of block */
	uint32_t block;		/* bytes, DISK_BLOCK_MIN..MAX, power of two */
	/*
	 * The driver: bring @count runs, whose offset and size are multiples
	 * of block and inside the disk. Return: 0 when all of them are
	 * there, -EIO, -ETIMEDOUT; then any part of them may have changed.
	 */
	int (*read)(const struct disk *disk, const struct disk_run *runs,
		    unsigned int count);
	void *device;		/* the driver's own */
};

/*
 * Bytes [@offset, @offset + @size) to @to. Whole blocks of a long range go
 * straight there, the rest through the cache.
 * Return: 0, -ERANGE (not inside the disk), or what the driver said.
 */
int disk_read(const struct disk *disk, uint64_t offset, void *to,
	      uint64_t size);

/*
 * Runs as above, checked before the driver sees them.
 * Return: 0, -ERANGE, -EINVAL (not multiples of block), the driver's errors.
 */
int disk_read_runs(const struct disk *disk, const struct disk_run *runs,
		   unsigned int count);

/* Forget what was cached: the disk is about to go, or was written. */
void disk_forget(void);

#endif
