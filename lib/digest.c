/* SPDX-License-Identifier: BSD-2-Clause */
/* Digests by the names that image trees call them by. */
#include "digest.h"
#include "crc.h"
#include "err.h"
#include "sha.h"
#include "sha256.h"
#include <string.h>

#define CRC32_SIZE	4

static void crc32_start(uint64_t *state)
{
	*state = UINT32_MAX;
}

static void crc32_add(uint64_t *state, const void *data, uint64_t size)
{
	*state = crc32((uint32_t)*state, data, size);
}

/* Big-endian. */
static void crc32_end(uint64_t *state, uint8_t *out)
{
	uint32_t crc = ~(uint32_t)*state;

	for (unsigned int i = 0; i < CRC32_SIZE; i++)
		out[i] = (uint8_t)(crc >> (24 - 8 * i));
}

struct digest_algorithm {
	const char *name;
	int size;
	bool strong;
	void (*start)(uint64_t *state);
	void (*add)(uint64_t *state, const void *data, uint64_t size);
	void (*end)(uint64_t *state, uint8_t *out);
};

static const struct digest_algorithm algorithms[] = {
	{ "sha256", SHA256_SIZE, true, sha256_start, sha256_add, sha256_end },
	{ "sha384", SHA384_SIZE, true, sha384_start, sha_add, sha_end },
	{ "sha512", SHA512_SIZE, true, sha512_start, sha_add, sha_end },
	{ "sha1", SHA1_SIZE, false, sha1_start, sha_add, sha_end },
	{ "crc32", CRC32_SIZE, false, crc32_start, crc32_add, crc32_end },
};

static const struct digest_algorithm *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++)
		if (!strcmp(algorithms[i].name, name))
			return &algorithms[i];
	return NULL;
}

int digest_start(struct digest_run *run, const char *name)
{
	run->algorithm = find(name);
	if (!run->algorithm)
		return -ENOTSUP;
	run->algorithm->start(run->state);
	return 0;
}

void digest_add(struct digest_run *run, const void *data, uint64_t size)
{
	run->algorithm->add(run->state, data, size);
}

int digest_end(struct digest_run *run, uint8_t out[DIGEST_MAX])
{
	run->algorithm->end(run->state, out);
	return run->algorithm->size;
}

int digest(const char *name, const void *data, uint64_t size,
	   uint8_t out[DIGEST_MAX])
{
	struct digest_run run;
	int err = digest_start(&run, name);

	if (err)
		return err;
	digest_add(&run, data, size);
	return digest_end(&run, out);
}

bool digest_is_strong(const char *name)
{
	const struct digest_algorithm *algorithm = find(name);

	return algorithm && algorithm->strong;
}
