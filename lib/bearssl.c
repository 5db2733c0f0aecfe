/* SPDX-License-Identifier: BSD-2-Clause */
/* The only door to BearSSL: its digests, each in one call. */
#include <bearssl/bearssl_hash.h>
#include "sha.h"
#include "sha256.h"

void sha1(const void *data, uint64_t size, uint8_t out[SHA1_SIZE])
{
	br_sha1_context context;

	br_sha1_init(&context);
	br_sha1_update(&context, data, size);
	br_sha1_out(&context, out);
}

void sha256(const void *data, uint64_t size, uint8_t out[SHA256_SIZE])
{
	br_sha256_context context;

	br_sha256_init(&context);
	br_sha256_update(&context, data, size);
	br_sha256_out(&context, out);
}

void sha384(const void *data, uint64_t size, uint8_t out[SHA384_SIZE])
{
	br_sha384_context context;

	br_sha384_init(&context);
	br_sha384_update(&context, data, size);
	br_sha384_out(&context, out);
}

void sha512(const void *data, uint64_t size, uint8_t out[SHA512_SIZE])
{
	br_sha512_context context;

	br_sha512_init(&context);
	br_sha512_update(&context, data, size);
	br_sha512_out(&context, out);
}
