/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where candidates come from. A source yields files; it knows nothing of
 * what is in them. Added with TABLE_ADD(source, 50, my_source).
 */
#ifndef SOURCE_H
#define SOURCE_H

#include "candidate.h"
#include "dt.h"
#include "table.h"

/* What a source gets to know, and whom it tells what it met on its way. */
struct source_context {
	const struct dt *tree;		/* of the machine */
	void (*warn)(struct source_context *context, const char *object,
		     const char *text, int err);
};

#define SOURCE_END	1	/* there are no more candidates */

struct source {
	const char *name;		/* as written in SOURCE_ORDER */
	/*
	 * Fill in candidate number @index. Return: 0, SOURCE_END, -ENODEV
	 * (the device is not there), or another error: this candidate cannot
	 * be booted, its `why` says more, the next may.
	 */
	int (*open)(unsigned int index, struct candidate *candidate,
		    struct source_context *context);
};

TABLE(source, struct source);

#endif
