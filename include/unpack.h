/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decompressors, one file each, behind one contract: everything lies in
 * memory, and nothing is written outside of what was given.
 */
#ifndef UNPACK_H
#define UNPACK_H

#include "region.h"
#include "table.h"
#include "types.h"

/* Packed bytes from which the first UNPACK_PEEK unpacked ones always come. */
#define UNPACK_WINDOW	(160 * SZ_1K)
#define UNPACK_PEEK	64u

struct unpacker {
	const char *name;	/* "gzip"; as FIT and EFI zboot call it */
	/* The first bytes say that it is this one. */
	bool (*matches)(const uint8_t *head, size_t size);
	/*
	 * Unpack the first bytes only: UNPACK_PEEK of them to @out, from
	 * @size packed ones at @in, which may be cut anywhere behind
	 * UNPACK_WINDOW. @total gets the unpacked size if the file says it,
	 * else 0; that is a claim, not a fact.
	 * Return: 0, -EINVAL (damaged), -ERANGE (fewer than UNPACK_PEEK).
	 */
	int (*peek)(const uint8_t *in, size_t size, uint8_t out[UNPACK_PEEK],
		    uint64_t *total);
	/*
	 * Unpack all of @in into @out; @made gets how many bytes. @out does
	 * not overlap @in. Return: 0, -EINVAL (damaged, cut short), -EBADMSG
	 * (a check value is wrong), -ERANGE (more than @out has room for;
	 * its bytes may all have been written).
	 */
	int (*unpack)(struct region in, struct region out, uint64_t *made);
};

TABLE(unpacker, struct unpacker);

/* The one that matches these first bytes, or that has this name; NULL. */
const struct unpacker *unpacker_for(const uint8_t *head, size_t size);
const struct unpacker *unpacker_named(const char *name);

#endif
