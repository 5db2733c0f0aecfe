/* SPDX-License-Identifier: BSD-2-Clause */
/* LZ4: descriptors, check values, what frames and blocks may not say. */
#include "bytes.h"
#include "err.h"
#include "unit.h"
#include "unpack.h"
#include "xxhash.h"
#include <string.h>

#define FLG	4	/* in a frame */
#define BD	5

static struct bytes in, out;
static uint64_t made;

static void take(const char *name, size_t room)
{
	in = bytes_load(name);
	out = bytes_make(room);
}

static int unpack(void)
{
	return unpacker_named("lz4")->unpack(bytes_region(&in),
					     bytes_region(&out), &made);
}

static int unpack_once(void)
{
	int err = unpack();

	bytes_free(&in);
	bytes_free(&out);
	return err;
}

/* Make the descriptor's hash right again, if it is @size bytes long. */
static void sign(size_t size)
{
	in.at[FLG + size] = (uint8_t)(xxh32(in.at + FLG, size) >> 8);
}

/* These bytes, and no others. */
static int unpack_bytes(const void *packed, size_t size, size_t room)
{
	in = bytes_make(size);
	out = bytes_make(room);
	memcpy(in.at, packed, size);
	return unpack_once();
}

TEST(xxh32_of_known_texts)
{
	static const char text[] = "Nobody inspects the spammish repetition";
	uint8_t at[64];

	CHECK_EQ(xxh32("", 0), 0x02cc5d05);
	CHECK_EQ(xxh32("a", 1), 0x550d7456);
	CHECK_EQ(xxh32("abc", 3), 0x32d153ff);
	for (size_t i = 0; i < 8; i++) {	/* aligned or not */
		memcpy(at + i, text, strlen(text));
		CHECK_EQ(xxh32(at + i, strlen(text)), 0xe2293b2f);
	}
}

/* The byte at @at, from the end if negative, with each of its bits flipped. */
static void flip_all(const char *name, int at, int want)
{
	take(name, 1000);
	for (unsigned int bit = 0; bit < 8; bit++) {
		uint8_t *byte = at < 0 ? in.at + in.size + at : in.at + at;

		*byte ^= (uint8_t)(1 << bit);
		CHECK_EQ(unpack(), want);
		*byte ^= (uint8_t)(1 << bit);
	}
	CHECK_EQ(unpack(), 0);
	bytes_free(&in);
	bytes_free(&out);
}

TEST(lz4_compares_all_hashes)
{
	flip_all("unpack/short.lz4", FLG + 2, -EBADMSG);
	flip_all("unpack/short-sized.lz4", FLG + 10, -EBADMSG);
	for (int at = -4; at < 0; at++) {
		flip_all("unpack/short.lz4", at, -EBADMSG);
		flip_all("unpack/checked.lz4", at - 4, -EBADMSG);
	}
	flip_all("unpack/short-sized.lz4", FLG + 3, -EBADMSG);	/* the size */
}

static int with_descriptor(uint8_t flags, uint8_t block)
{
	take("unpack/bare.lz4", 1000);
	in.at[FLG] = flags;
	in.at[BD] = block;
	sign(2);
	return unpack_once();
}

TEST(lz4_refuses_descriptors_that_it_does_not_know)
{
	CHECK_EQ(with_descriptor(0x60, 0x40), 0);
	CHECK_EQ(with_descriptor(0x60, 0x70), 0);
	CHECK_EQ(with_descriptor(0x20, 0x40), -EINVAL);		/* version 0 */
	CHECK_EQ(with_descriptor(0xa0, 0x40), -EINVAL);		/* and 2 */
	CHECK_EQ(with_descriptor(0x62, 0x40), -EINVAL);		/* reserved */
	CHECK_EQ(with_descriptor(0x61, 0x40), -EINVAL);		/* dictionary */
	CHECK_EQ(with_descriptor(0x60, 0x41), -EINVAL);
	CHECK_EQ(with_descriptor(0x60, 0xc0), -EINVAL);
	CHECK_EQ(with_descriptor(0x60, 0x30), -EINVAL);		/* block size */
	CHECK_EQ(with_descriptor(0x60, 0x00), -EINVAL);
}

TEST(lz4_holds_a_frame_to_its_size)
{
	for (int i = -1; i <= 1; i++) {
		take("unpack/short-sized.lz4", 1000);
		in.at[FLG + 2] = (uint8_t)(in.at[FLG + 2] + i);
		sign(10);
		CHECK_EQ(unpack_once(), i ? -EINVAL : 0);
	}
}

/* A block that says it needs no other, and copies from one all the same. */
TEST(lz4_keeps_independent_blocks_apart)
{
	take("unpack/linked.lz4", 400000);
	CHECK_EQ(unpack(), 0);
	in.at[FLG] |= 0x20;
	sign(2);
	CHECK_EQ(unpack_once(), -EINVAL);
}

/* Frame, descriptor 64 KiB, hash 0x82; then blocks by hand. */
#define HEAD	"\x04\x22\x4d\x18\x60\x40\x82"
#define END	"\0\0\0\0"

static int unpack_blocks(const char *blocks, size_t size, size_t room)
{
	uint8_t packed[128] = HEAD;

	memcpy(packed + 7, blocks, size);
	return unpack_bytes(packed, 7 + size, room);
}

#define BLOCKS(text, room)	unpack_blocks(text, sizeof(text) - 1, room)

TEST(lz4_refuses_wrong_blocks)
{
	CHECK_EQ(BLOCKS(END, 0), 0);
	CHECK_EQ(made, 0);
	/* Stored, five bytes. */
	CHECK_EQ(BLOCKS("\5\0\0\x80" "hello" END, 5), 0);
	CHECK_EQ(made, 5);
	CHECK_EQ(BLOCKS("\5\0\0\x80" "hello" END, 4), -ERANGE);
	CHECK_EQ(BLOCKS("\5\0\0\x80" "hell", 5), -EINVAL);
	CHECK_EQ(BLOCKS("\1\0\1\x80" "hello" END, 5), -EINVAL);
	/* Packed: a block of nothing, of five literals, of less than it says. */
	CHECK_EQ(BLOCKS("\1\0\0\0" "\0" END, 0), 0);
	CHECK_EQ(BLOCKS("\6\0\0\0" "\x50hello" END, 5), 0);
	CHECK_EQ(BLOCKS("\6\0\0\0" "\x50hello" END, 4), -ERANGE);
	CHECK_EQ(BLOCKS("\6\0\0\0" "\x60hello" END, 9), -EINVAL);
	CHECK_EQ(BLOCKS("\6\0\0\0" "\x60hello" END, 5), -EINVAL);
	CHECK_EQ(BLOCKS("\0\0\0\x80" END, 5), 0);
	/* A copy; one from before the beginning; one too near to the end. */
	CHECK_EQ(BLOCKS("\x0d\0\0\0" "\x10h\1\0\x80hello123" END, 13), 0);
	CHECK_EQ(BLOCKS("\x0d\0\0\0" "\x10h\1\0\x80hello123" END, 12), -ERANGE);
	CHECK_EQ(BLOCKS("\x0d\0\0\0" "\x10h\2\0\x80hello123" END, 64), -EINVAL);
	CHECK_EQ(BLOCKS("\x0a\0\0\0" "\x10h\1\0\x50hello" END, 10), -EINVAL);
	/* Lengths that never end. */
	CHECK_EQ(BLOCKS("\5\0\0\0" "\xf0\xff\xff\xff\xff" END, 64), -EINVAL);
	CHECK_EQ(BLOCKS("\7\0\0\0" "\x1fh\1\0\xff\xff\xff" END, 64), -EINVAL);
	CHECK_EQ(BLOCKS("\7\0\0\0" "\x1fh\1\0\xff\xff\1" END, 64), -ERANGE);
}

#define BYTES(text, room)	unpack_bytes(text, sizeof(text) - 1, room)

TEST(lz4_refuses_wrong_frames)
{
	CHECK_EQ(BYTES("", 9), -EINVAL);
	CHECK_EQ(BYTES("\x05\x22\x4d\x18" "0123", 9), -EINVAL);
	CHECK_EQ(BYTES(HEAD END HEAD END, 0), 0);
	/* Skippable: whole, cut, endless, and one alone. */
	CHECK_EQ(BYTES("\x51\x2a\x4d\x18\2\0\0\0xx" HEAD END, 0), 0);
	CHECK_EQ(BYTES("\x51\x2a\x4d\x18\2\0\0\0xx", 0), 0);
	CHECK_EQ(BYTES("\x51\x2a\x4d\x18\3\0\0\0xx", 0), -EINVAL);
	CHECK_EQ(BYTES("\x51\x2a\x4d\x18\xff\xff\xff\xffxx", 0), -EINVAL);
	CHECK_EQ(BYTES("\x60\x2a\x4d\x18\2\0\0\0xx", 0), -EINVAL);
}

#define LEGACY	"\x02\x21\x4c\x18"

TEST(lz4_refuses_wrong_legacy_frames)
{
	CHECK_EQ(BYTES(LEGACY, 9), -EINVAL);
	CHECK_EQ(BYTES(LEGACY "\0\0\0\0", 9), -EINVAL);
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello", 5), 0);
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello", 4), -ERANGE);
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello\5\0\0\0", 5), 0);
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello\6\0\0\0", 5), -EINVAL);
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello\5\0\0", 5), -EINVAL);
	/* A block that is not full is the last one. */
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello\6\0\0\0\x50hello", 99), -EINVAL);
	CHECK_EQ(BYTES(LEGACY "\6\0\0\0\x50hello" LEGACY "\6\0\0\0\x50hello",
		       10), 0);
	CHECK_EQ(made, 10);
	CHECK_EQ(BYTES(LEGACY "\xff\xff\xff\x7f\x50hello", 9), -EINVAL);
}

TEST(lz4_stops_a_bomb)
{
	take("unpack/huge.lz4", SZ_64K);
	CHECK_EQ(unpack_once(), -ERANGE);
	take("unpack/huge-l.lz4", SZ_64K);
	CHECK_EQ(unpack_once(), -ERANGE);
	take("unpack/huge-l.lz4", 8 * SZ_1M + 1);
	CHECK_EQ(unpack_once(), -ERANGE);
}
