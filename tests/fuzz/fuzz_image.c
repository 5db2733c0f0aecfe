/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the arm64 Image header: what is accepted can be placed.
 * link: lib/region.c
 */
#include "format.h"
#include "region.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The format's table entry, without a link script: its one pointer. */
#include "../../boot/format_image.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct image image = { 0 };
	struct region r;
	uint64_t file_size;
	const char *why;

	if (size < FORMAT_HEAD + sizeof(file_size))
		return 0;
	memcpy(&file_size, data + FORMAT_HEAD, sizeof(file_size));
	if (format_image.inspect(data, file_size, &image, &why))
		return 0;
	if (image.memory_size < file_size || !image.memory_size ||
	    region_from(&r, image.text_offset, image.memory_size))
		abort();
	return 0;
}
