/* SPDX-License-Identifier: BSD-2-Clause */
/* gzip: headers, check values, and more than zlib takes at once. */
#include "bytes.h"
#include "crc.h"
#include "err.h"
#include "unit.h"
#include "unpack.h"
#include <string.h>

#define STORED	65535u		/* bytes of a deflate block that is stored */

static uint64_t made;

static int unpack(const struct bytes *in, const struct bytes *out)
{
	return unpacker_named("gzip")->unpack(bytes_region(in),
					      bytes_region(out), &made);
}

/* @name with byte @at, from the end if negative, changed by @bits. */
static int with_byte(const char *name, int at, uint8_t bits)
{
	struct bytes in = bytes_load(name), out = bytes_make(1000);
	int err;

	in.at[at < 0 ? in.size - (size_t)-at : (size_t)at] ^= bits;
	err = unpack(&in, &out);
	bytes_free(&in);
	bytes_free(&out);
	return err;
}

TEST(gzip_compares_crc_and_length)
{
	for (int at = -8; at < 0; at++)
		for (unsigned int bit = 0; bit < 8; bit++) {
			CHECK_EQ(with_byte("unpack/short.gz", at,
					   (uint8_t)(1 << bit)), -EBADMSG);
			CHECK_EQ(with_byte("unpack/empty.gz", at,
					   (uint8_t)(1 << bit)), -EBADMSG);
		}
}

TEST(gzip_refuses_headers_that_it_does_not_know)
{
	CHECK_EQ(with_byte("unpack/short.gz", 0, 1), -EINVAL);
	CHECK_EQ(with_byte("unpack/short.gz", 1, 1), -EINVAL);
	CHECK_EQ(with_byte("unpack/short.gz", 2, 1), -EINVAL);
	for (unsigned int bit = 5; bit < 8; bit++)
		CHECK_EQ(with_byte("unpack/short.gz", 3, (uint8_t)(1 << bit)),
			 -EINVAL);
	CHECK_EQ(with_byte("unpack/short.gz", 4, 0xff), 0);	/* time */
	CHECK_EQ(with_byte("unpack/header.gz", 20, 0xff), 0);	/* a name */
}

/* Damage in the second member: what the first gave does not count. */
TEST(gzip_checks_each_member)
{
	struct bytes two = bytes_load("unpack/two.gz"), out = bytes_make(636);
	size_t second = 0;

	for (size_t i = 3; i < two.size - 3; i++)
		if (!memcmp(two.at + i, "\x1f\x8b\x08", 3))
			second = i;
	CHECK(second);
	two.at[second - 1] ^= 1;
	CHECK_EQ(unpack(&two, &out), -EBADMSG);
	two.at[second - 1] ^= 1;
	two.at[second + 1] ^= 1;
	CHECK_EQ(unpack(&two, &out), -EINVAL);
	bytes_free(&two);
	bytes_free(&out);
}

static void put32(uint8_t *at, uint32_t value)
{
	for (unsigned int i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> 8 * i);
}

/* @plain as deflate blocks that are stored as they are. */
static struct bytes store(const struct bytes *plain)
{
	const size_t blocks = (plain->size + STORED - 1) / STORED;
	struct bytes in = bytes_make(10 + 5 * blocks + plain->size + 8);
	uint8_t *at = in.at;

	memcpy(at, "\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
	at += 10;
	for (size_t i = 0; i < blocks; i++) {
		const size_t left = plain->size - i * STORED;
		const uint16_t size = (uint16_t)(left < STORED ? left : STORED);

		*at++ = i == blocks - 1;
		put32(at, (uint32_t)size | (uint32_t)(uint16_t)~size << 16);
		memcpy(at + 4, plain->at + i * STORED, size);
		at += 4 + size;
	}
	put32(at, ~crc32(UINT32_MAX, plain->at, plain->size));
	put32(at + 4, (uint32_t)plain->size);
	return in;
}

/* Both sides are longer than what zlib is given at a time. */
TEST(gzip_goes_on_from_piece_to_piece)
{
	struct bytes plain = bytes_make(33 * SZ_1M + 17), in;
	struct bytes out = bytes_make(plain.size);

	for (size_t i = 0; i < plain.size; i++)
		plain.at[i] = (uint8_t)(i ^ i >> 8 ^ i >> 16);
	in = store(&plain);
	CHECK_EQ(unpack(&in, &out), 0);
	CHECK_EQ(made, plain.size);
	CHECK(!memcmp(out.at, plain.at, plain.size));
	bytes_free(&out);
	out = bytes_make(plain.size - 1);
	CHECK_EQ(unpack(&in, &out), -ERANGE);
	bytes_free(&out);
	bytes_free(&in);
	bytes_free(&plain);
}

TEST(gzip_stops_a_bomb)
{
	struct bytes in = bytes_load("unpack/zeroes.gz");
	struct bytes out = bytes_make(17 * SZ_1M);

	CHECK_EQ(unpack(&in, &out), 0);
	CHECK_EQ(made, out.size);
	CHECK(!out.at[0] && !memcmp(out.at, out.at + 1, out.size - 1));
	bytes_free(&out);
	out = bytes_make(SZ_64K);
	CHECK_EQ(unpack(&in, &out), -ERANGE);
	bytes_free(&out);
	bytes_free(&in);
}
