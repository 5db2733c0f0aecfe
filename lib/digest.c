/* SPDX-License-Identifier: BSD-2-Clause */
/* Digests by the names that image trees call them by. */
#include "digest.h"
#include "crc.h"
#include "err.h"
#include "sha.h"
#include "sha256.h"
#include <string.h>

#define CRC32_SIZE	4

static void crc32_big_endian(const void *data, uint64_t size, uint8_t *out)
{
	uint32_t crc = ~crc32(UINT32_MAX, data, size);

	for (unsigned int i = 0; i < CRC32_SIZE; i++)
		out[i] = (uint8_t)(crc >> (24 - 8 * i));
}

static const struct algorithm {
	const char *name;
	int size;
	void (*digest)(const void *data, uint64_t size, uint8_t *out);
} algorithms[] = {
	{ "sha256", SHA256_SIZE, sha256 },
	{ "sha384", SHA384_SIZE, sha384 },
	{ "sha512", SHA512_SIZE, sha512 },
	{ "sha1", SHA1_SIZE, sha1 },
	{ "crc32", CRC32_SIZE, crc32_big_endian },
};

int digest(const char *name, const void *data, uint64_t size,
	   uint8_t out[DIGEST_MAX])
{
	for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
		if (strcmp(algorithms[i].name, name))
			continue;
		algorithms[i].digest(data, size, out);
		return algorithms[i].size;
	}
	return -ENOTSUP;
}
