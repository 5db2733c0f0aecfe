/* SPDX-License-Identifier: BSD-2-Clause */
/* A disk in memory that counts what it is asked, and fails where a test says. */
#ifndef RAMDISK_H
#define RAMDISK_H

#include "disk.h"

struct ramdisk {
	struct disk disk;
	uint8_t *bytes;
	unsigned int requests, runs;	/* so far */
	uint64_t moved;			/* bytes so far */
	struct region bad;		/* reading any of it is -EIO */
};

/* @size bytes of zeroes, in blocks of @block. Forgets what was cached. */
void ramdisk_make(struct ramdisk *ram, uint64_t size, uint32_t block);

/*
 * The image file @name below $AGLET_IMAGES ("fat/fat16.img"), padded with
 * zeroes to whole blocks. A file that is not there ends the program.
 */
void ramdisk_load(struct ramdisk *ram, const char *name, uint32_t block);

void ramdisk_free(struct ramdisk *ram);

#endif
