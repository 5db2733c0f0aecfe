/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the unpacker of LZ4.
 * link: lib/unpack.c lib/lz4.c lib/region.c
 * libs: lz4
 * max: 2048
 */
#include "unpackers.h"
#define xxh32 real_xxh32
#include "../../lib/xxhash.c"
#undef xxh32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
uint32_t xxh32(const void *data, uint64_t size);

/* Instead of the one in lib/xxhash.c, so that wrong ones do not end all. */
uint32_t xxh32(const void *data, uint64_t size)
{
	return fuzz_loose ? 0 : real_xxh32(data, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Copies from a distance of 0, or too near to the end of a block. */
	fuzz_lax = true;
	fuzz_unpacker(unpacker_named("lz4"), data, size);
	return 0;
}
