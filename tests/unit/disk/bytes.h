/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes that end where the next page cannot be touched, so that even code
 * without sanitizers, as in libraries, is caught when it goes too far. */
#ifndef BYTES_H
#define BYTES_H

#include "region.h"

struct bytes {
	uint8_t *at;
	size_t size;
	void *pages;		/* what to give back, */
	size_t mapped;		/* and how much */
};

/* @size bytes of 0xee. */
struct bytes bytes_make(size_t size);

/* The image file @name below $AGLET_IMAGES, not padded. */
struct bytes bytes_load(const char *name);

/* The first @size bytes of @from, in a place of their own. */
struct bytes bytes_cut(const struct bytes *from, size_t size);

struct region bytes_region(const struct bytes *bytes);

void bytes_free(struct bytes *bytes);

#endif
