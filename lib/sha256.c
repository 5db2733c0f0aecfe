/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-256 around a function for whole blocks (FIPS 180-4, 5.1.1 and 6.2);
 * without one, the library's.
 */
#include "sha256.h"
#include "digest.h"
#include "sha.h"
#include <string.h>

#define LENGTH_SIZE	8	/* bytes of the length in bits, at the end */

struct state {
	sha256_blocks *blocks;	/* NULL: the rest is the library's */
	union {
		uint64_t library[SHA_STATE];
		struct {
			uint32_t h[8];
			uint64_t size;
			uint8_t rest[SHA256_BLOCK];
		};
	};
};

_Static_assert(sizeof(struct state) <= DIGEST_STATE * sizeof(uint64_t),
	       "it fits into the state of digest.h");

static sha256_blocks *cpu;

/* 5.3.3 */
static const uint32_t first[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static struct state *of(uint64_t *state)
{
	return (struct state *)(void *)state;
}

void sha256_use(sha256_blocks *blocks)
{
	cpu = blocks;
}

void sha256_start(uint64_t *state)
{
	struct state *s = of(state);

	s->blocks = cpu;
	if (!cpu) {
		sha256_start_library(s->library);
		return;
	}
	memcpy(s->h, first, sizeof(first));
	s->size = 0;
}

/* What does not fill a block waits for more. */
static void add(struct state *s, const uint8_t *data, uint64_t size)
{
	const size_t used = s->size % SHA256_BLOCK;
	const uint64_t part = size < SHA256_BLOCK - used ? size
							 : SHA256_BLOCK - used;

	s->size += size;
	if (used) {
		memcpy(s->rest + used, data, part);
		if (used + part < SHA256_BLOCK)
			return;
		s->blocks(s->h, s->rest, 1);
		data += part;
		size -= part;
	}
	if (size / SHA256_BLOCK)
		s->blocks(s->h, data, size / SHA256_BLOCK);
	memcpy(s->rest, data + ALIGN_DOWN(size, SHA256_BLOCK),
	       size % SHA256_BLOCK);
}

void sha256_add(uint64_t *state, const void *data, uint64_t size)
{
	struct state *s = of(state);

	if (!s->blocks)
		sha_add(s->library, data, size);
	else if (size)
		add(s, data, size);
}

/* One bit, zeroes up to the last 8 bytes of a block, the length in bits. */
static void pad(struct state *s)
{
	static const uint8_t mark[2 * SHA256_BLOCK] = { 0x80 };
	const uint64_t bits = s->size * 8;
	const size_t used = s->size % SHA256_BLOCK;
	uint8_t length[LENGTH_SIZE];

	for (unsigned int i = 0; i < LENGTH_SIZE; i++)
		length[i] = (uint8_t)(bits >> (56 - 8 * i));
	add(s, mark, used < SHA256_BLOCK - LENGTH_SIZE ?
	    SHA256_BLOCK - LENGTH_SIZE - used :
	    2 * SHA256_BLOCK - LENGTH_SIZE - used);
	add(s, length, LENGTH_SIZE);
}

void sha256_end(uint64_t *state, uint8_t *out)
{
	struct state *s = of(state);

	if (!s->blocks) {
		sha_end(s->library, out);
		return;
	}
	pad(s);
	for (unsigned int i = 0; i < SHA256_SIZE; i++)
		out[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256(const void *data, uint64_t size, uint8_t out[SHA256_SIZE])
{
	uint64_t state[DIGEST_STATE];

	sha256_start(state);
	sha256_add(state, data, size);
	sha256_end(state, out);
}
