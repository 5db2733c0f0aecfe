/* SPDX-License-Identifier: BSD-2-Clause */
/* The other digests of the SHA family (FIPS 180-4), for lib/digest.c. */
#ifndef SHA_H
#define SHA_H

#include "types.h"

#define SHA1_SIZE	20
#define SHA384_SIZE	48
#define SHA512_SIZE	64

/* The digest of @size bytes. SHA-1 finds accidents, no longer forgeries. */
void sha1(const void *data, uint64_t size, uint8_t out[SHA1_SIZE]);
void sha384(const void *data, uint64_t size, uint8_t out[SHA384_SIZE]);
void sha512(const void *data, uint64_t size, uint8_t out[SHA512_SIZE]);

#endif
