/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formats that look at more of a file than its first bytes, and act on it
 * later: if a container has a digest for the file, all of it is brought into
 * memory and checked first. From then on nobody reads it anywhere else, so
 * what was looked at is what is run.
 */
#include "err.h"
#include "format.h"
#include "words.h"

/* The bytes in memory have been checked. */
static int checked(const struct file *file, const void *data, const char **why)
{
	return 0;
}

int format_whole(struct inspection *in)
{
	struct file *file = &in->candidate->kernel;
	struct region whole;
	int err;

	if (!file->check)
		return 0;
	in->why = WORDS("a kernel in a FIT that cannot be read: copy it again");
	err = in->stage(in, file->size, &whole);
	if (!err)
		err = file->check(file, (const void *)(uintptr_t)whole.base,
				  &in->why);
	if (!err)
		*file = file_in_memory(whole, file->name);
	file->check = checked;
	return err;
}
