/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xxHash, 32 bits, over bytes in one piece. Facts: xxHash specification
 * (xxhash_spec.md), XXH32.
 */
#include "xxhash.h"
#include "le.h"
#include <string.h>

#define PRIME_1	0x9e3779b1u
#define PRIME_2	0x85ebca77u
#define PRIME_3	0xc2b2ae3du
#define PRIME_4	0x27d4eb2fu
#define PRIME_5	0x165667b1u

#define STRIPE	16		/* bytes: four lanes */

/* Four aligned bytes, whatever they were written as. */
typedef uint32_t __attribute__((may_alias)) word32;

static uint32_t rotate(uint32_t x, unsigned int bits)
{
	return x << bits | x >> (32 - bits);
}

static uint32_t round32(uint32_t lane, uint32_t word)
{
	return rotate(lane + word * PRIME_2, 13) * PRIME_1;
}

/* @count stripes, of aligned bytes. */
static void stripes(uint32_t lanes[4], const word32 *p, uint64_t count)
{
	uint32_t a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];

	for (; count; count--, p += STRIPE / 4) {
		a = round32(a, p[0]);
		b = round32(b, p[1]);
		c = round32(c, p[2]);
		d = round32(d, p[3]);
	}
	lanes[0] = a;
	lanes[1] = b;
	lanes[2] = c;
	lanes[3] = d;
}

/* The same, of bytes anywhere: a copy is cheaper than loads of single bytes. */
static void stripes_unaligned(uint32_t lanes[4], const uint8_t *p,
			      uint64_t count)
{
	uint32_t copy[16 * STRIPE / 4];

	for (uint64_t part; count; count -= part, p += part * STRIPE) {
		part = count < 16 ? count : 16;
		memcpy(copy, p, part * STRIPE);
		stripes(lanes, copy, part);
	}
}

/* All whole stripes. */
static uint32_t begin(const uint8_t *p, uint64_t count)
{
	uint32_t lanes[4] = { PRIME_1 + PRIME_2, PRIME_2, 0, 0u - PRIME_1 };

	if (IS_ALIGNED((uintptr_t)p, 4))
		stripes(lanes, (const void *)p, count);
	else
		stripes_unaligned(lanes, p, count);
	return rotate(lanes[0], 1) + rotate(lanes[1], 7) +
	       rotate(lanes[2], 12) + rotate(lanes[3], 18);
}

/* The bytes behind the last stripe, then the avalanche. */
static uint32_t finish(uint32_t hash, const uint8_t *p, uint64_t size)
{
	for (; size >= 4; size -= 4, p += 4)
		hash = rotate(hash + le32(p) * PRIME_3, 17) * PRIME_4;
	for (; size; size--, p++)
		hash = rotate(hash + *p * PRIME_5, 11) * PRIME_1;
	hash = (hash ^ hash >> 15) * PRIME_2;
	hash = (hash ^ hash >> 13) * PRIME_3;
	return hash ^ hash >> 16;
}

uint32_t xxh32(const void *data, uint64_t size)
{
	const uint8_t *p = data;
	uint32_t hash = size < STRIPE ? PRIME_5 : begin(p, size / STRIPE);

	return finish(hash + (uint32_t)size, p + ALIGN_DOWN(size, STRIPE),
		      size % STRIPE);
}
