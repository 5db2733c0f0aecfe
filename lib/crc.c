/* SPDX-License-Identifier: BSD-2-Clause */
/* Cyclic redundancy checks, a byte at a time; the tables are constants. */
#include "crc.h"

/*
 * The check value of a byte is the sum (by XOR) of those of its bits, so
 * that eight numbers make a table: entry n, four, sixteen, sixty-four, all.
 */
#define BIT(n, k, value)	((n) >> (k) & 1 ? value##u : 0)
#define T1(n, a, b, c, d, e, f, g, h)					\
	(BIT(n, 0, a) ^ BIT(n, 1, b) ^ BIT(n, 2, c) ^ BIT(n, 3, d) ^	\
	 BIT(n, 4, e) ^ BIT(n, 5, f) ^ BIT(n, 6, g) ^ BIT(n, 7, h))
#define T4(n, ...)							\
	T1((n), __VA_ARGS__), T1((n) + 1, __VA_ARGS__),			\
	T1((n) + 2, __VA_ARGS__), T1((n) + 3, __VA_ARGS__)
#define T16(n, ...)							\
	T4((n), __VA_ARGS__), T4((n) + 4, __VA_ARGS__),			\
	T4((n) + 8, __VA_ARGS__), T4((n) + 12, __VA_ARGS__)
#define T64(n, ...)							\
	T16((n), __VA_ARGS__), T16((n) + 16, __VA_ARGS__),		\
	T16((n) + 32, __VA_ARGS__), T16((n) + 48, __VA_ARGS__)
#define T256(...)							\
	T64(0, __VA_ARGS__), T64(64, __VA_ARGS__),			\
	T64(128, __VA_ARGS__), T64(192, __VA_ARGS__)

static const uint32_t table32[256] = {
	T256(0x77073096, 0xee0e612c, 0x076dc419, 0x0edb8832,
	     0x1db71064, 0x3b6e20c8, 0x76dc4190, 0xedb88320)
};

static const uint32_t table32c[256] = {
	T256(0xf26b8303, 0xe13b70f7, 0xc79a971f, 0x8ad958cf,
	     0x105ec76f, 0x20bd8ede, 0x417b1dbc, 0x82f63b78)
};

static const uint16_t table16[16] = {
	0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401,
	0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400,
};

/* Eight bytes of any type, where they lie aligned. */
typedef uint64_t word __attribute__((may_alias));

static uint32_t step(const uint32_t table[256], uint32_t crc)
{
	return crc >> 8 ^ table[crc & 255];
}

static uint32_t by_bytes(const uint32_t table[256], uint32_t crc,
			 const uint8_t *p, size_t size)
{
	for (; size; size--)
		crc = step(table, crc ^ *p++);
	return crc;
}

/* Two half words with one load; little-endian, as bit-reflected CRCs like it. */
static uint32_t by_word(const uint32_t table[256], uint32_t crc, uint64_t w)
{
	crc ^= (uint32_t)w;
	crc = step(table, step(table, step(table, step(table, crc))));
	crc ^= (uint32_t)(w >> 32);
	return step(table, step(table, step(table, step(table, crc))));
}

static uint32_t by_table(const uint32_t table[256], uint32_t crc,
			 const uint8_t *p, size_t size)
{
	size_t head = -(uintptr_t)p & (sizeof(word) - 1);

	if (head > size)
		head = size;
	crc = by_bytes(table, crc, p, head);
	for (p += head, size -= head; size >= sizeof(word); p += sizeof(word)) {
		crc = by_word(table, crc, *(const word *)(const void *)p);
		size -= sizeof(word);
	}
	return by_bytes(table, crc, p, size);
}

/* zlib calls it as well, and for its start value with no bytes at NULL. */
uint32_t crc32(uint32_t crc, const void *bytes, size_t size)
{
	return size ? by_table(table32, crc, bytes, size) : crc;
}

uint32_t crc32c(uint32_t crc, const void *bytes, size_t size)
{
	return by_table(table32c, crc, bytes, size);
}

uint16_t crc16(uint16_t crc, const void *bytes, size_t size)
{
	const uint8_t *p = bytes;

	for (; size; size--, p++) {
		crc ^= *p;
		crc = (uint16_t)(crc >> 4 ^ table16[crc & 15]);
		crc = (uint16_t)(crc >> 4 ^ table16[crc & 15]);
	}
	return crc;
}
