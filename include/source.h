/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where candidates come from. A source yields files; it knows nothing of
 * what is in them. Added with TABLE_ADD(source, 50, my_source).
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "region.h"
#include "table.h"
#include "types.h"

#define CMDLINE_MAX	2048	/* what arm64 Linux keeps, with the NUL, HO-02 */

struct file {
	uint64_t size;		/* bytes; 0: there is no such file */
	/*
	 * Set if the bytes can be read by the CPU where they lie; otherwise
	 * read() brings @size bytes from @offset on to @to. The caller has
	 * checked the range against the size.
	 */
	struct region memory;
	int (*read)(const struct file *file, uint64_t offset, void *to,
		    uint64_t size);
	uint64_t handle;	/* the source's own */
};

/* Something that could be booted. */
struct candidate {
	const char *source;		/* name of the source */
	struct file kernel;
	struct file initrd;
	char cmdline[CMDLINE_MAX];	/* empty: the source has none */
};

struct source {
	const char *name;		/* as written in SOURCE_ORDER */
	/*
	 * Fill in candidate number @index. Return: 0, -ENOENT (no more),
	 * -ENODEV (the device is not there), or what the device said.
	 */
	int (*open)(unsigned int index, struct candidate *candidate);
};

TABLE(source, struct source);

/*
 * Bytes [@offset, @offset + @size) of @file to @to, wherever they lie.
 * Return: 0, -ERANGE (not inside the file), or what read() said.
 */
int file_read(const struct file *file, uint64_t offset, void *to,
	      uint64_t size);

#endif
