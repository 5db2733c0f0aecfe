/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RSASSA-PSS (RFC 8017, 8.1.2 and 9.1.2) over BearSSL's raw RSA, whose release
 * in the distributions has no PSS. Nothing here is secret, so nothing must
 * take constant time.
 */
#include "digest.h"
#include "public_key.h"
#include <string.h>

#define TRAILER		0xbc
#define SEPARATOR	0x01

/* Undo the mask: MGF1 (B.2.1) of the @hash behind the block over it. */
static bool unmask(const struct signed_digest *digest, uint8_t *block,
		   uint32_t size, const uint8_t *hash)
{
	uint8_t counter[4] = { 0 }, mask[DIGEST_MAX];
	struct digest_run run;

	for (uint32_t at = 0; at < size; at++) {
		if (at % digest->size == 0) {
			if (digest_start(&run, digest->name))
				return false;
			/* 4096 bits need no more than 16 rounds. */
			counter[3] = (uint8_t)(at / digest->size);
			digest_add(&run, hash, digest->size);
			digest_add(&run, counter, sizeof(counter));
			digest_end(&run, mask);
		}
		block[at] ^= mask[at % digest->size];
	}
	return true;
}

/* Is @hash that of 8 zeroes, the digest, and the salt? */
static bool is_hash_of(const struct signed_digest *digest,
		       const uint8_t *salt, uint32_t salt_size,
		       const uint8_t *hash)
{
	static const uint8_t zeroes[8];
	uint8_t made[DIGEST_MAX];
	struct digest_run run;

	if (digest_start(&run, digest->name))
		return false;
	digest_add(&run, zeroes, sizeof(zeroes));
	digest_add(&run, digest->hash, digest->size);
	digest_add(&run, salt, salt_size);
	digest_end(&run, made);
	return !memcmp(made, hash, digest->size);
}

/*
 * @message is what the power made of a signature, one bit shorter than the
 * modulus: block, hash, trailer; the block is zeroes, a 1 and the salt.
 */
static bool is_encoding(const struct signed_digest *digest, uint8_t *message,
			uint32_t size)
{
	const uint32_t block = size - digest->size - 1;
	const uint8_t *hash = message + block;
	uint32_t at = 0;

	if (message[size - 1] != TRAILER || message[0] & 0x80 ||
	    !unmask(digest, message, block, hash))
		return false;
	message[0] &= 0x7f;
	while (at < block && !message[at])
		at++;
	if (at == block || message[at] != SEPARATOR)
		return false;
	at++;
	return is_hash_of(digest, message + at, block - at, hash);
}

bool rsa_pss_verify(const struct public_key *key,
		    const struct signed_digest *digest,
		    const uint8_t *signature, uint32_t size)
{
	uint8_t message[PUBLIC_KEY_MAX];

	/* A modulus of 2048 bits has room for all digests and their salt. */
	if (key->kind != PUBLIC_KEY_RSA || size != key->size ||
	    size > sizeof(message) || size < 2 * DIGEST_MAX + 2 ||
	    digest->size > DIGEST_MAX)
		return false;
	memcpy(message, signature, size);
	return rsa_power(key, message, size) &&
	       is_encoding(digest, message, size);
}
