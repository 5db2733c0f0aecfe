/* SPDX-License-Identifier: BSD-2-Clause */
/* SHA-256 (FIPS 180-4), what most images are checked with. */
#ifndef SHA256_H
#define SHA256_H

#include "types.h"

#define SHA256_SIZE	32

/* The digest of @size bytes. */
void sha256(const void *data, uint64_t size, uint8_t out[SHA256_SIZE]);

#endif
