/* SPDX-License-Identifier: BSD-2-Clause */
/* SHA-256 around a function for whole blocks, against the library's. */
#include "digest.h"
#include "sha256.h"
#include "unit.h"
#include <string.h>

static uint32_t rotate(uint32_t w, unsigned int by)
{
	return w >> by | w << (32 - by);
}

/* The first 32 bits behind the point of the cube root of a prime. */
static uint32_t constant(unsigned int prime)
{
	__uint128_t low = 0, high = (__uint128_t)1 << 36;

	while (low + 1 < high) {
		__uint128_t middle = (low + high) / 2;

		if (middle * middle * middle >> 96 < prime)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)low;
}

static bool is_prime(unsigned int n)
{
	for (unsigned int d = 2; d * d <= n; d++)
		if (n % d == 0)
			return false;
	return true;
}

static void expand(uint32_t w[64], const uint8_t *p)
{
	for (unsigned int i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
	for (unsigned int i = 16; i < 64; i++) {
		const uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) +
		       w[i - 7] + (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
}

static void round256(uint32_t v[8], uint32_t k, uint32_t w)
{
	const uint32_t a = v[0], e = v[4];
	const uint32_t t = v[7] + k + w + ((e & v[5]) ^ (~e & v[6])) +
		(rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25));

	memmove(v + 1, v, 7 * sizeof(*v));
	v[4] += t;
	v[0] = t + ((a & v[2]) ^ (a & v[3]) ^ (v[2] & v[3])) +
	       (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22));
}

/* As FIPS 180-4 writes it down; what the CPU does is seen in QEMU. */
static void blocks(uint32_t h[8], const void *data, uint64_t count)
{
	static uint32_t k[64];
	uint32_t w[64], v[8];

	for (unsigned int n = 2, i = 0; i < 64; n++)
		if (is_prime(n))
			k[i++] = constant(n);
	for (const uint8_t *p = data; count--; p += 64) {
		expand(w, p);
		memcpy(v, h, sizeof(v));
		for (unsigned int i = 0; i < 64; i++)
			round256(v, k[i], w[i]);
		for (unsigned int i = 0; i < 8; i++)
			h[i] += v[i];
	}
}

/* In pieces of at most @most bytes. */
static void in_pieces(const uint8_t *data, uint64_t size, uint64_t most,
		      uint8_t out[DIGEST_MAX])
{
	struct digest_run run;
	uint64_t part;

	CHECK_EQ(digest_start(&run, "sha256"), 0);
	for (; size; size -= part, data += part) {
		part = unit_random_below(most + 1);
		if (part > size)
			part = size;
		digest_add(&run, data, part);
	}
	CHECK_EQ(digest_end(&run, out), SHA256_SIZE);
}

TEST(sha256_is_the_same_with_blocks_of_our_own)
{
	static uint8_t data[1000];
	uint8_t want[SHA256_SIZE], got[DIGEST_MAX];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)unit_random();
	for (uint64_t size = 0; size <= 300; size++) {
		sha256_use(NULL);
		sha256(data, size, want);
		in_pieces(data, size, 70, got);
		CHECK(!memcmp(got, want, sizeof(want)));
		sha256_use(blocks);
		sha256(data, size, got);
		CHECK(!memcmp(got, want, sizeof(want)));
		in_pieces(data, size, 70, got);
		CHECK(!memcmp(got, want, sizeof(want)));
		in_pieces(data, size, 300, got);
		CHECK(!memcmp(got, want, sizeof(want)));
	}
	sha256_use(NULL);
}
