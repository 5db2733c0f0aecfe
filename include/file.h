/* SPDX-License-Identifier: BSD-2-Clause */
/* A file, wherever it lies: on a disk, behind a device, in memory. */
#ifndef FILE_H
#define FILE_H

#include "region.h"
#include "types.h"

struct file {
	const char *name;	/* for messages; NULL: it has none */
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
	const char *const *why;	/* what it knows of a read() that failed */
	uint64_t start;		/* of a part of a file: where it begins */
	/*
	 * Are these its bytes? NULL: nobody can say. Return: 0, -EBADMSG and
	 * others, with @why.
	 */
	int (*check)(const struct file *file, const void *data,
		     const char **why);
	const void *check_with;		/* the format's own */
};

/* The reason behind an error of file_read(), NULL if nobody knows more. */
static inline const char *file_why(const struct file *file)
{
	return file->why ? *file->why : NULL;
}

/*
 * Bytes [@offset, @offset + @size) of @file to @to, wherever they lie.
 * Return: 0, -ERANGE (not inside the file), or what read() said.
 */
int file_read(const struct file *file, uint64_t offset, void *to,
	      uint64_t size);

/* The part of @file at [@offset, @offset + @size). -ERANGE: not inside. */
int file_part(struct file *part, const struct file *file, uint64_t offset,
	      uint64_t size);

/* A file that lies in memory. */
struct file file_in_memory(struct region r, const char *name);

#endif
