/* SPDX-License-Identifier: BSD-2-Clause */
/* The disk in memory. */
#include "ramdisk.h"
#include "err.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_ram(const struct disk *disk, const struct disk_run *runs,
		    unsigned int count)
{
	struct ramdisk *ram = disk->device;

	ram->requests++;
	for (unsigned int i = 0; i < count; i++) {
		struct region r = region_of(runs[i].offset, runs[i].size);

		if (!region_contains(region_of(0, disk->size), r) ||
		    !IS_ALIGNED(r.base, disk->block) ||
		    !IS_ALIGNED(r.size, disk->block) ||
		    !IS_ALIGNED((uintptr_t)runs[i].to, disk->block))
			abort();	/* what no driver has to expect */
		ram->runs++;
		ram->moved += r.size;
		if (region_overlaps(r, ram->bad))
			return -EIO;
		memcpy(runs[i].to, ram->bytes + r.base, r.size);
	}
	return 0;
}

void ramdisk_make(struct ramdisk *ram, uint64_t size, uint32_t block)
{
	memset(ram, 0, sizeof(*ram));
	ram->bytes = calloc(1, size);
	ram->disk = (struct disk){ "ram", size, block, read_ram, ram };
	disk_forget();
}

void ramdisk_load(struct ramdisk *ram, const char *name, uint32_t block)
{
	const char *folder = getenv("AGLET_IMAGES");
	char path[1024];
	FILE *file;
	long size;

	snprintf(path, sizeof(path), "%s/%s", folder ? folder : ".", name);
	file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) <= 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	rewind(file);
	ramdisk_make(ram, ALIGN_UP((uint64_t)size, block), block);
	if (fread(ram->bytes, 1, (size_t)size, file) != (size_t)size) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	fclose(file);
}

void ramdisk_free(struct ramdisk *ram)
{
	free(ram->bytes);
	disk_forget();
}
