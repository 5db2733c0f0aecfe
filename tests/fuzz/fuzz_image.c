/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the arm64 Image header: what is accepted can be placed. An input is
 * the head of a file, its size, and whether it is packed.
 * link: lib/region.c
 */
#include "format.h"
#include "region.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Its function, without the other formats. */
#include "../../boot/format_image.c"

static void check(const struct image *image, uint64_t size)
{
	struct region r;

	if (image->memory_size < size || !image->memory_size ||
	    region_from(&r, image->text_offset, image->memory_size) ||
	    region_end(r) > 1ull << 48 || image->fixed ||
	    !IS_ALIGNED(image->text_offset, 4))
		abort();
	if (image->page_kib && image->page_kib != 4 && image->page_kib != 16 &&
	    image->page_kib != 64)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct unpacker packed = { "packed", NULL, NULL, NULL };
	struct image image = { 0 };
	struct inspection in = { .image = &image };
	int err;

	if (size < FORMAT_HEAD + sizeof(in.size) + 1)
		return 0;
	memcpy(in.head, data, FORMAT_HEAD);
	memcpy(&in.size, data + FORMAT_HEAD, sizeof(in.size));
	if (data[FORMAT_HEAD + sizeof(in.size)] & 1)
		image.unpacker = &packed;
	err = inspect(&in);
	if (!err)
		check(&image, in.size);
	else if ((err != -ENOEXEC && err != -EINVAL && err != -ERANGE) ||
		 !in.why)
		abort();
	return 0;
}
