/* SPDX-License-Identifier: BSD-2-Clause */
/* The disks that drivers have found. */
#ifndef BLOCK_H
#define BLOCK_H

#include "disk.h"

#define BLOCK_DISKS	16

/* A disk that stays where it is: its driver's. */
struct block {
	struct disk disk;
	/* The device stops, and touches no memory any more (BP-DMA-01). */
	void (*stop)(struct block *block);
};

/*
 * Give it a name, @class and a number, and keep it. Return: 0, -ENOSPC.
 */
int block_add(struct block *block, const char *class);

/* Disk number @index in the order in which they were found; NULL: no more. */
const struct disk *block_disk(unsigned int index);

/* Where a driver stands in the runs that it was given. */
struct block_cursor {
	const struct disk_run *runs;
	unsigned int count;
	uint64_t done;		/* bytes of the first of them */
};

/*
 * The next @piece of at most @most bytes, a multiple of the disk's block and
 * not 0; the cursor moves behind it. Return: false if all is done.
 */
bool block_next(struct block_cursor *at, uint64_t most, struct disk_run *piece);

/* All of them are done (HO-25). */
void block_stop_all(void);

#endif
