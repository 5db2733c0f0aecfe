/* SPDX-License-Identifier: BSD-2-Clause */
/* FAT volumes made by hand, for what no tool would make. */
#ifndef TEST_FAT_H
#define TEST_FAT_H

#include "fs.h"
#include "ramdisk.h"
#include <uchar.h>

#define FAT_FOLDER	0x10
#define FAT_FILE	0x20
#define FAT_LABEL	0x08

/* Two copies of the table; a root of 64 entries, in FAT32 cluster 2. */
struct fat_made {
	struct ramdisk ram;
	struct fs fs;
	unsigned int bits;
	uint32_t cluster;	/* bytes */
	uint32_t clusters;
	uint64_t table, table_size, root, data;	/* bytes */
};

/* A volume of @clusters of @cluster bytes, sectors of 512, nothing in it. */
void fat_make(struct fat_made *made, unsigned int bits, uint32_t cluster,
	      uint32_t clusters);
void fat_free(struct fat_made *made);

/* Mount it, as it is now. */
int fat_mount_made(struct fat_made *made);

/* Entry @n of the table, in both copies. */
void fat_set(struct fat_made *made, uint32_t n, uint32_t value);
uint32_t fat_get(const struct fat_made *made, uint32_t n);

/* @count clusters from @first on, one after the other, and an end. */
void fat_row(struct fat_made *made, uint32_t first, uint32_t count);

uint8_t *fat_bytes(const struct fat_made *made, uint32_t cluster);

/* A short entry at @at. Return: where the next one goes. */
uint8_t *fat_short(uint8_t *at, const char *name, uint8_t attributes,
		   uint32_t cluster, uint32_t size);

/* The same with a long name before it. */
uint8_t *fat_long(uint8_t *at, const char16_t *units, const char *name,
		  uint8_t attributes, uint32_t cluster, uint32_t size);

void fat_put16(uint8_t *at, uint32_t value);
void fat_put32(uint8_t *at, uint32_t value);

#endif
