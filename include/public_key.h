/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Public keys, and whether a signature was made with the private part of one:
 * RSA (PKCS #1 v2.2, RFC 8017) and ECDSA over P-256 (FIPS 186-4), by BearSSL.
 */
#ifndef PUBLIC_KEY_H
#define PUBLIC_KEY_H

#include "types.h"

#define PUBLIC_KEY_MAX	512	/* bytes of the longest modulus: 4096 bits */
#define P256_SIGNATURE	64	/* bytes: r, then s, big-endian */

enum public_key_kind { PUBLIC_KEY_RSA, PUBLIC_KEY_P256 };

struct public_key {
	const char *name;
	bool development;	/* not one to ship: its file's name says so */
	enum public_key_kind kind;
	/* RSA: modulus, its first bit is 1. P-256: 4, x, y. Big-endian. */
	uint32_t size;
	const uint8_t *value;
	uint32_t exponent_size;	/* RSA only */
	const uint8_t *exponent;
};

/* Those that were compiled in (TRUST_KEYS). */
extern const struct public_key trust_keys[];
extern const unsigned int trust_key_count;

/*
 * Did the owner of @key sign the bytes with the digest @hash of @size bytes,
 * which is called @name ("sha256", "sha384", "sha512")? By RSASSA-PKCS1-v1_5,
 * by RSASSA-PSS with MGF1 of the same digest and salt of any length, by ECDSA.
 * A signature of the wrong length is none.
 */
struct signed_digest {
	const char *name;
	const uint8_t *hash;
	uint32_t size;
};
bool rsa_pkcs1_verify(const struct public_key *key,
		      const struct signed_digest *digest,
		      const uint8_t *signature, uint32_t size);
bool rsa_pss_verify(const struct public_key *key,
		    const struct signed_digest *digest,
		    const uint8_t *signature, uint32_t size);
bool p256_verify(const struct public_key *key,
		 const struct signed_digest *digest,
		 const uint8_t *signature, uint32_t size);

/*
 * The power that undoes an RSA signature, in place: @size bytes, as many as
 * the modulus has. Return: whether they are a number below the modulus.
 */
bool rsa_power(const struct public_key *key, uint8_t *number, uint32_t size);

#endif
