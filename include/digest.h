/* SPDX-License-Identifier: BSD-2-Clause */
/* Digests by name: of bytes in one piece, or of pieces one after the other. */
#ifndef DIGEST_H
#define DIGEST_H

#include "types.h"

#define DIGEST_MAX	64	/* bytes of the longest */
#define DIGEST_STATE	28	/* words of the largest state */

/* One that is on its way. */
struct digest_run {
	const struct digest_algorithm *algorithm;
	uint64_t state[DIGEST_STATE];
};

/*
 * Begin the digest called @name ("sha256", "sha384", "sha512", "sha1",
 * "crc32"), add bytes, end it. Return: 0, -ENOTSUP (none of that name is
 * built in); digest_end(): its length in bytes.
 */
int digest_start(struct digest_run *run, const char *name);
void digest_add(struct digest_run *run, const void *data, uint64_t size);
int digest_end(struct digest_run *run, uint8_t out[DIGEST_MAX]);

/*
 * All three over @size bytes; crc32 comes as 4 bytes, big-endian.
 * Return: its length in bytes, -ENOTSUP.
 */
int digest(const char *name, const void *data, uint64_t size,
	   uint8_t out[DIGEST_MAX]);

/* Nobody can make other bytes of this digest: SHA-256 and longer. */
bool digest_is_strong(const char *name);

#endif
