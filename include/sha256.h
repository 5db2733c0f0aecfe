/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-256 (FIPS 180-4), what most images are checked with: around whatever
 * works off whole blocks of 64 bytes, which may be the CPU's instructions.
 */
#ifndef SHA256_H
#define SHA256_H

#include "types.h"

#define SHA256_SIZE	32
#define SHA256_BLOCK	64

/* Work @blocks blocks of 64 bytes at @data into the hash value @h. */
typedef void sha256_blocks(uint32_t h[8], const void *data, uint64_t blocks);

/*
 * From the next digest on use @blocks, NULL for the library. Set once, at the
 * start, for what the CPU can.
 */
void sha256_use(sha256_blocks *blocks);

/* As in sha.h. */
void sha256_start(uint64_t *state);
void sha256_add(uint64_t *state, const void *data, uint64_t size);
void sha256_end(uint64_t *state, uint8_t *out);

/* The digest of @size bytes. */
void sha256(const void *data, uint64_t size, uint8_t out[SHA256_SIZE]);

#endif
