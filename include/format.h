/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a kernel file can be. A format looks at the first bytes and says
 * where the file may go; it knows nothing of where it comes from. Added with
 * TABLE_ADD(format, 50, my_format).
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "table.h"
#include "types.h"

#define FORMAT_HEAD	64u	/* bytes of the file that a format sees */

struct image {
	const char *format;
	uint64_t memory_size;	/* bytes that the kernel owns from its start */
	uint64_t text_offset;	/* start = multiple of 2 MiB + this */
	bool anywhere;		/* need not be near the start of RAM */
	unsigned int page_kib;	/* pages it is built for: 4, 16, 64; 0: any */
	bool unbounded;		/* memory_size is a guess: leave all you can */
};

struct format {
	const char *name;
	/*
	 * @head: FORMAT_HEAD bytes, zeroes beyond the end of a shorter file
	 * of @size bytes. Return: 0, -ENOEXEC (not this format), -EINVAL or
	 * -ERANGE (this format, but broken) or -ENOTSUP, with @why a fixed
	 * text that names the reason and the remedy.
	 */
	int (*inspect)(const uint8_t *head, uint64_t size,
		       struct image *image, const char **why);
};

TABLE(format, struct format);

#endif
