/* SPDX-License-Identifier: BSD-2-Clause */
/* xxHash, 32 bits: what the LZ4 frame format checks with. */
#ifndef XXHASH_H
#define XXHASH_H

#include "types.h"

/* The hash of @size bytes, with seed 0. */
uint32_t xxh32(const void *data, uint64_t size);

#endif
