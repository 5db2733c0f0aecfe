/* SPDX-License-Identifier: BSD-2-Clause */
/* The one way to the bytes of a file, with the one check of the range. */
#include "candidate.h"
#include "err.h"
#include <string.h>

int file_read(const struct file *file, uint64_t offset, void *to,
	      uint64_t size)
{
	struct region part;
	int err = region_slice(&part, region_of(0, file->size), offset, size);

	/* A part without bytes lies nowhere, and no source has it. */
	if (err || !size)
		return err;
	if (region_is_empty(file->memory))
		return file->read(file, file->start + offset, to, size);
	err = region_slice(&part, file->memory, offset, size);
	if (!err)
		memmove(to, (const void *)(uintptr_t)part.base, size);
	return err;
}

int file_part(struct file *part, const struct file *file, uint64_t offset,
	      uint64_t size)
{
	struct region r;
	int err = region_slice(&r, region_of(0, file->size), offset, size);

	if (err)
		return err;
	*part = *file;
	part->size = size;
	part->start += offset;
	if (!region_is_empty(file->memory))
		err = region_slice(&part->memory, file->memory, offset, size);
	return err;
}

struct file file_in_memory(struct region r, const char *name)
{
	return (struct file){ .name = name, .size = r.size, .memory = r };
}

/* Saturates: a size that wraps is as good as one that fits nowhere. */
uint64_t candidate_initrd_size(const struct candidate *candidate)
{
	uint64_t all = 0;

	for (unsigned int i = 0; i < candidate->initrd_count; i++) {
		uint64_t size = candidate->initrd[i].size;

		all = ALIGN_UP(all, CANDIDATE_INITRD_ALIGN);
		if (size > UINT64_MAX / 2 - all)
			return UINT64_MAX / 2;
		all += size;
	}
	return all;
}
