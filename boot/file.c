/* SPDX-License-Identifier: BSD-2-Clause */
/* The one way to the bytes of a file, with the one check of the range. */
#include "err.h"
#include "source.h"
#include <string.h>

int file_read(const struct file *file, uint64_t offset, void *to,
	      uint64_t size)
{
	struct region part;
	int err = region_slice(&part, region_of(0, file->size), offset, size);

	if (err)
		return err;
	if (region_is_empty(file->memory))
		return file->read(file, offset, to, size);
	err = region_slice(&part, file->memory, offset, size);
	if (!err)
		memmove(to, (const void *)(uintptr_t)part.base, size);
	return err;
}
