/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the unpacker of gzip.
 * link: lib/unpack.c lib/inflate.c lib/region.c
 * libs: z
 * max: 2048
 */
#include "unpackers.h"
#define crc32 real_crc32
#include "../../lib/crc.c"
#undef crc32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
uint32_t crc32(uint32_t crc, const void *bytes, size_t size);

/*
 * Instead of the one in lib/crc.c, so that wrong ones do not end all. zlib
 * calls it, too, with NULL for nothing.
 */
uint32_t crc32(uint32_t crc, const void *bytes, size_t size)
{
	if (!size)
		return crc;
	return fuzz_loose ? UINT32_MAX : real_crc32(crc, bytes, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_unpacker(unpacker_named("gzip"), data, size);
	return 0;
}
