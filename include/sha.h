/* SPDX-License-Identifier: BSD-2-Clause */
/* The SHA family (FIPS 180-4) by BearSSL, for lib/digest.c. */
#ifndef SHA_H
#define SHA_H

#include "types.h"

#define SHA1_SIZE	20
#define SHA384_SIZE	48
#define SHA512_SIZE	64
#define SHA_STATE	26	/* words of the largest state */

/* SHA-1 finds accidents, no longer forgeries. */
void sha1_start(uint64_t *state);
void sha256_start_library(uint64_t *state);
void sha384_start(uint64_t *state);
void sha512_start(uint64_t *state);

/* For a state that one of them has begun. */
void sha_add(uint64_t *state, const void *data, uint64_t size);
void sha_end(uint64_t *state, uint8_t *out);

#endif
