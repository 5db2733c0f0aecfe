/* SPDX-License-Identifier: BSD-2-Clause */
/* The door to BearSSL's public keys: RSA and ECDSA over P-256. */
#include <bearssl/bearssl_ec.h>
#include <bearssl/bearssl_hash.h>
#include <bearssl/bearssl_rsa.h>
#include "digest.h"
#include "public_key.h"
#include <string.h>

/* Object identifiers of the digests, as BearSSL's header asks for them. */
static const struct {
	char name[8];
	uint8_t oid[10];
} oids[] = {
	{ "sha256", { 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1 } },
	{ "sha384", { 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2 } },
	{ "sha512", { 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3 } },
};

static const uint8_t *oid_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(oids); i++)
		if (!strcmp(oids[i].name, name))
			return oids[i].oid;
	return NULL;
}

/* BearSSL only reads through these pointers. */
static br_rsa_public_key rsa_of(const struct public_key *key)
{
	return (br_rsa_public_key){
		.n = (uint8_t *)(uintptr_t)key->value,
		.nlen = key->size,
		.e = (uint8_t *)(uintptr_t)key->exponent,
		.elen = key->exponent_size,
	};
}

bool rsa_pkcs1_verify(const struct public_key *key,
		      const struct signed_digest *digest,
		      const uint8_t *signature, uint32_t size)
{
	const br_rsa_public_key rsa = rsa_of(key);
	const uint8_t *oid = oid_of(digest->name);
	uint8_t signed_hash[DIGEST_MAX];

	return oid && key->kind == PUBLIC_KEY_RSA && size == key->size &&
	       br_rsa_i62_pkcs1_vrfy(signature, size, oid, digest->size, &rsa,
				     signed_hash) == 1 &&
	       !memcmp(signed_hash, digest->hash, digest->size);
}

bool rsa_power(const struct public_key *key, uint8_t *number, uint32_t size)
{
	const br_rsa_public_key rsa = rsa_of(key);

	return key->kind == PUBLIC_KEY_RSA && size == key->size &&
	       br_rsa_i62_public(number, size, &rsa) == 1;
}

bool p256_verify(const struct public_key *key,
		 const struct signed_digest *digest,
		 const uint8_t *signature, uint32_t size)
{
	const br_ec_public_key ec = {
		.curve = BR_EC_secp256r1,
		.q = (uint8_t *)(uintptr_t)key->value,
		.qlen = key->size,
	};

	return key->kind == PUBLIC_KEY_P256 && size == P256_SIGNATURE &&
	       br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, digest->hash,
				     digest->size, &ec, signature, size) == 1;
}
