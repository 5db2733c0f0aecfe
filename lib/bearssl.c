/* SPDX-License-Identifier: BSD-2-Clause */
/* The door to BearSSL's digests; keys have one of their own. */
#include <bearssl/bearssl_hash.h>
#include "sha.h"

/* Each context begins with a pointer to its functions. */
union state {
	const br_hash_class *functions;
	br_sha1_context sha1;
	br_sha256_context sha256;
	br_sha384_context sha384;
	br_sha512_context sha512;
};

_Static_assert(sizeof(union state) <= SHA_STATE * sizeof(uint64_t),
	       "a context fits into the state of sha.h");

static union state *context(uint64_t *state)
{
	return (union state *)(void *)state;
}

void sha1_start(uint64_t *state)
{
	br_sha1_init(&context(state)->sha1);
}

void sha256_start_library(uint64_t *state)
{
	br_sha256_init(&context(state)->sha256);
}

void sha384_start(uint64_t *state)
{
	br_sha384_init(&context(state)->sha384);
}

void sha512_start(uint64_t *state)
{
	br_sha512_init(&context(state)->sha512);
}

void sha_add(uint64_t *state, const void *data, uint64_t size)
{
	union state *s = context(state);

	s->functions->update(&s->functions, data, size);
}

void sha_end(uint64_t *state, uint8_t *out)
{
	union state *s = context(state);

	s->functions->out(&s->functions, out);
}
