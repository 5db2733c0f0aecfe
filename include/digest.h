/* SPDX-License-Identifier: BSD-2-Clause */
/* Digests by name, behind one call. */
#ifndef DIGEST_H
#define DIGEST_H

#include "types.h"

#define DIGEST_MAX	64	/* bytes of the longest */

/*
 * The digest called @name ("sha256", "sha384", "sha512", "sha1", "crc32";
 * crc32 as 4 bytes, big-endian) over @size bytes.
 * Return: its length in bytes, -ENOTSUP (no such algorithm is built in).
 */
int digest(const char *name, const void *data, uint64_t size,
	   uint8_t out[DIGEST_MAX]);

#endif
