/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes of a disk: long ranges go straight to where they are wanted, short
 * ones through a cache of a few long lines, the least recently used first out.
 */
#include "disk.h"
#include "err.h"
#include "noinit.h"
#include <string.h>

#define LINES		16
#define LINE_SIZE	SZ_32K

static noinit uint8_t bytes[LINES][LINE_SIZE]
	__attribute__((aligned(DISK_BLOCK_MAX)));

/* Which bytes a line has; @disk NULL: none. */
static struct line {
	const struct disk *disk;
	struct region range;	/* on the disk */
	uint64_t used;		/* counts up with each use */
} lines[LINES];

static uint64_t uses;

void disk_forget(void)
{
	memset(lines, 0, sizeof(lines));
}

static bool whole_blocks(const struct disk *disk, struct region r)
{
	return IS_ALIGNED(r.base, disk->block) &&
	       IS_ALIGNED(r.size, disk->block);
}

int disk_read_runs(const struct disk *disk, const struct disk_run *runs,
		   unsigned int count)
{
	struct region part;

	for (unsigned int i = 0; i < count; i++) {
		int err = region_slice(&part, region_of(0, disk->size),
				       runs[i].offset, runs[i].size);

		if (err)
			return err;
		if (!runs[i].size || !whole_blocks(disk, part))
			return -EINVAL;
	}
	return count ? disk->read(disk, runs, count) : 0;
}

static int read_one(const struct disk *disk, struct region r, void *to)
{
	const struct disk_run run = { r.base, r.size, to };

	return disk_read_runs(disk, &run, 1);
}

static bool has(const struct line *line, const struct disk *disk,
		uint64_t offset)
{
	return line->disk == disk &&
	       region_contains(line->range, region_of(offset, 1));
}

/* The line with byte @offset, or the one to give up for it. */
static struct line *line_for(const struct disk *disk, uint64_t offset)
{
	struct line *oldest = &lines[0];

	for (unsigned int i = 0; i < LINES; i++) {
		if (has(&lines[i], disk, offset))
			return &lines[i];
		if (lines[i].used < oldest->used)
			oldest = &lines[i];
	}
	return oldest;
}

/*
 * Fill @line with what surrounds @offset. Where the disk cannot read all of
 * that, the one block that is wanted may still be good.
 */
static int fill(struct line *line, const struct disk *disk, uint64_t offset)
{
	uint64_t base = ALIGN_DOWN(offset, LINE_SIZE);
	uint64_t size = disk->size - base;
	void *to = bytes[line - lines];
	int err;

	line->disk = NULL;
	line->range = region_of(base, size < LINE_SIZE ? size : LINE_SIZE);
	err = read_one(disk, line->range, to);
	if (err == -EIO) {
		line->range = region_of(ALIGN_DOWN(offset, disk->block),
					disk->block);
		err = read_one(disk, line->range, to);
	}
	if (!err)
		line->disk = disk;
	return err;
}

/* As many bytes of @r as one line has. Return: how many, or an error. */
static int64_t read_cached(const struct disk *disk, struct region r, void *to)
{
	struct line *line = line_for(disk, r.base);
	uint64_t left;
	int err;

	if (!has(line, disk, r.base)) {
		err = fill(line, disk, r.base);
		if (err)
			return err;
	}
	line->used = ++uses;
	left = region_end(line->range) - r.base;
	if (left > r.size)
		left = r.size;
	memcpy(to, bytes[line - lines] + (r.base - line->range.base), left);
	return (int64_t)left;
}

/* The same straight from the disk, for long ranges. */
static int64_t read_straight(const struct disk *disk, struct region r,
			     void *to)
{
	int err;

	r.size = ALIGN_DOWN(r.size, disk->block);
	err = read_one(disk, r, to);
	return err ? err : (int64_t)r.size;
}

int disk_read(const struct disk *disk, uint64_t offset, void *to,
	      uint64_t size)
{
	struct region r;
	int err = region_slice(&r, region_of(0, disk->size), offset, size);

	if (err)
		return err;
	for (uint64_t done = 0; done < size;) {
		struct region rest = region_of(offset + done, size - done);
		uint8_t *at = (uint8_t *)to + done;
		bool straight = rest.size >= LINE_SIZE &&
				IS_ALIGNED(rest.base, disk->block) &&
				IS_ALIGNED((uintptr_t)at, disk->block);
		int64_t got = straight ? read_straight(disk, rest, at)
				       : read_cached(disk, rest, at);

		if (got < 0)
			return (int)got;
		done += (uint64_t)got;
	}
	return 0;
}
