/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the unpacker of zstd.
 * link: lib/unpack.c lib/zstd.c lib/region.c
 * libs: zstd
 * max: 2048
 */
#include "unpackers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* The two ways into the library differ about frames of no bytes. */
	fuzz_picky = true;
	fuzz_unpacker(unpacker_named("zstd"), data, size);
	return 0;
}
