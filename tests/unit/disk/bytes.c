/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes in front of a page that cannot be touched. */
#include "bytes.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define PAGE	4096u

struct bytes bytes_make(size_t size)
{
	struct bytes bytes = { .size = size };
	uint8_t *end;

	bytes.mapped = ALIGN_UP(size, PAGE) + 2 * PAGE;
	bytes.pages = mmap(NULL, bytes.mapped, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	end = (uint8_t *)bytes.pages + bytes.mapped - PAGE;
	if (bytes.pages == MAP_FAILED || mprotect(end, PAGE, PROT_NONE)) {
		perror("bytes");
		exit(EXIT_FAILURE);
	}
	memset(bytes.pages, 0xee, bytes.mapped - PAGE);
	bytes.at = end - size;
	return bytes;
}

struct bytes bytes_load(const char *name)
{
	const char *folder = getenv("AGLET_IMAGES");
	struct bytes bytes = { .size = 0 };
	char path[1024];
	FILE *file;
	long size = 0;

	snprintf(path, sizeof(path), "%s/%s", folder ? folder : ".", name);
	file = fopen(path, "rb");
	if (file && !fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0) {
		rewind(file);
		bytes = bytes_make((size_t)size);
	}
	if (!bytes.at || fread(bytes.at, 1, bytes.size, file) != bytes.size) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	fclose(file);
	return bytes;
}

struct bytes bytes_cut(const struct bytes *from, size_t size)
{
	struct bytes bytes = bytes_make(size);

	memcpy(bytes.at, from->at, size);
	return bytes;
}

struct region bytes_region(const struct bytes *bytes)
{
	return region_of((uintptr_t)bytes->at, bytes->size);
}

void bytes_free(struct bytes *bytes)
{
	munmap(bytes->pages, bytes->mapped);
}
