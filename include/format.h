/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a kernel file can be. A format looks at the first bytes and says
 * where the file may go, or what is inside of it; it knows nothing of where
 * it comes from. Added with TABLE_ADD(format, 50, my_format).
 */
#ifndef FORMAT_H
#define FORMAT_H

#include "candidate.h"
#include "dt.h"
#include "table.h"
#include "types.h"
#include "unpack.h"

#define FORMAT_HEAD	64u	/* bytes of the file that a format sees */

struct image {
	const char *format;
	uint64_t memory_size;	/* bytes that the kernel owns from its start */
	uint64_t text_offset;	/* start = multiple of 2 MiB + this */
	bool anywhere;		/* need not be near the start of RAM */
	unsigned int page_kib;	/* pages it is built for: 4, 16, 64; 0: any */
	bool unbounded;		/* memory_size is a guess: leave all you can */
	bool fixed;		/* it runs at @base and nowhere else */
	uint64_t base;
	uint64_t entry;		/* offset of the first instruction */
	/* How the bytes of the kernel file become the image; NULL: they are. */
	const struct unpacker *unpacker;
};

struct inspection {
	uint8_t head[FORMAT_HEAD];	/* zeroes beyond the end of a shorter file */
	uint64_t size;			/* of what begins with @head; a guess
					 * if it is packed, 0: unknown */
	struct candidate *candidate;	/* a format that holds files sets them */
	struct image *image;
	const struct dt *machine;
	const char *why;		/* a fixed text: the reason and the remedy */
	/* The first @size bytes of the kernel file, in memory until it runs. */
	int (*stage)(struct inspection *in, uint64_t size, struct region *r);
};

/* What inspect() may return besides 0 and errors. */
#define FORMAT_INSIDE	1	/* look again: candidate->kernel is another
				 * file now, or image->unpacker is set */

struct format {
	const char *name;
	/*
	 * Return: 0 (the image is described), FORMAT_INSIDE, -ENOEXEC (not
	 * this format), -EINVAL or -ERANGE (this format, but broken) or
	 * -ENOTSUP, with in->why; or the error of reading.
	 */
	int (*inspect)(struct inspection *in);
};

TABLE(format, struct format);

/*
 * CONFIG_FORMAT_FIT, for a format that needs more of the kernel file than its
 * head: if there is a digest for it, read and check all of it, once; the file
 * is one in memory then. Return: 0, or the error, with in->why.
 */
int format_whole(struct inspection *in);

#endif
