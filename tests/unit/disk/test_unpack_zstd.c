/* SPDX-License-Identifier: BSD-2-Clause */
/* zstd: checksums, frames that want what is not there, and bombs. */
#include "bytes.h"
#include "err.h"
#include "unit.h"
#include "unpack.h"
#include <string.h>

static struct bytes in, out;
static uint64_t made;

static int unpack(void)
{
	return unpacker_named("zstd")->unpack(bytes_region(&in),
					      bytes_region(&out), &made);
}

static int unpack_bytes(const void *packed, size_t size, size_t room)
{
	int err;

	in = bytes_make(size);
	out = bytes_make(room);
	memcpy(in.at, packed, size);
	err = unpack();
	bytes_free(&in);
	bytes_free(&out);
	return err;
}

#define BYTES(text, room)	unpack_bytes(text, sizeof(text) - 1, room)

TEST(zstd_compares_checksums)
{
	in = bytes_load("unpack/short.zst");
	out = bytes_make(636);
	for (size_t i = in.size - 4; i < in.size; i++)
		for (unsigned int bit = 0; bit < 8; bit++) {
			in.at[i] ^= (uint8_t)(1 << bit);
			CHECK_EQ(unpack(), -EBADMSG);
			in.at[i] ^= (uint8_t)(1 << bit);
		}
	CHECK_EQ(unpack(), 0);
	bytes_free(&in);
	bytes_free(&out);
}

/* Magic, descriptor (one segment, its size in a byte), one block. */
#define MAGIC	"\x28\xb5\x2f\xfd"

TEST(zstd_refuses_wrong_frames)
{
	CHECK_EQ(BYTES("", 9), -EINVAL);
	CHECK_EQ(BYTES(MAGIC, 9), -EINVAL);
	CHECK_EQ(BYTES(MAGIC "\x20\5\x29\0\0hello", 5), 0);
	CHECK_EQ(made, 5);
	CHECK_EQ(BYTES(MAGIC "\x20\5\x29\0\0hello", 4), -ERANGE);
	CHECK_EQ(BYTES(MAGIC "\x20\5\x29\0\0hell", 5), -EINVAL);
	CHECK_EQ(BYTES(MAGIC "\x20\6\x29\0\0hello", 9), -EINVAL);
	CHECK_EQ(BYTES(MAGIC "\x28\5\x29\0\0hello", 9), -EINVAL);	/* reserved */
	CHECK_EQ(BYTES(MAGIC "\x20\5\x2f\0\0hello", 9), -EINVAL);	/* kind */
	CHECK_EQ(BYTES(MAGIC "\x21\7\5\x29\0\0hello", 9), -EINVAL);	/* dictionary */
	/* What zstd made before version 0.8 goes without a heap only here. */
	CHECK_EQ(BYTES("\x27\xb5\x2f\xfd\x20\5\x29\0\0hello", 9), -EINVAL);
}

TEST(zstd_peeks_over_small_blocks)
{
	static const uint8_t packed[] = MAGIC "\x20\x41"
		"\x28\0\0hello" "\0\0\0" "\x12\0\0x" "\xd3\1\0y";
	uint8_t first[UNPACK_PEEK];
	uint64_t total;

	CHECK_EQ(unpacker_named("zstd")->peek(packed, sizeof(packed) - 1, first,
					      &total), 0);
	CHECK_EQ(total, 65);
	CHECK(!memcmp(first, "helloxxyyyyy", 12) && first[63] == 'y');
	CHECK_EQ(unpacker_named("zstd")->peek(packed, sizeof(packed) - 2, first,
					      &total), -EINVAL);
}

TEST(zstd_stops_a_bomb)
{
	in = bytes_load("unpack/huge.zst");
	out = bytes_make(SZ_64K);
	CHECK_EQ(unpack(), -ERANGE);
	bytes_free(&in);
	bytes_free(&out);
}
