/* SPDX-License-Identifier: BSD-2-Clause */
/* What all unpackers have to keep, with files that the usual tools made. */
#include "bytes.h"
#include "crc.h"
#include "err.h"
#include "unit.h"
#include "unpack.h"
#include <string.h>

#define UNIT	131072u		/* make_unpack.py: what "exact" repeats */
#define EXACT	0x800000u

/* A packed file and what went in: @file, all or @unit of it, repeated. */
struct sample {
	const char *unpacker, *packed, *file;
	size_t unit, size;	/* 0: as it is */
	uint64_t total;		/* that peek() claims */
	unsigned int ends;	/* places where it may be cut and looks whole */
	bool checked;		/* no flipped bit goes unnoticed */
	bool hidden;		/* behind what nobody's first bytes say */
};

#define SAMPLE(name, from, to, ...)	\
	{ .unpacker = name, .packed = from, .file = to, __VA_ARGS__ }
#define GZIP(...)	SAMPLE("gzip", __VA_ARGS__, )
#define LZ4(...)	SAMPLE("lz4", __VA_ARGS__, )
#define ZSTD(...)	SAMPLE("zstd", __VA_ARGS__, )

static const struct sample samples[] = {
	GZIP("short.gz", "short", .checked = true),
	GZIP("short-1.gz", "short", .checked = true),
	GZIP("header.gz", "short", .checked = true),
	GZIP("two.gz", "short", .ends = 1, .checked = true),
	GZIP("tiny.gz", "tiny", .checked = true),
	GZIP("empty.gz", "empty", .checked = true),
	GZIP("long.gz", "long"),
	GZIP("noise.gz", "noise"),
	LZ4("short.lz4", "short", .checked = true),
	LZ4("short-sized.lz4", "short", .total = 636, .checked = true),
	LZ4("checked.lz4", "short", .checked = true),
	LZ4("bare.lz4", "short"),
	LZ4("two.lz4", "short", .ends = 3),
	LZ4("tiny.lz4", "tiny", .checked = true),
	LZ4("empty.lz4", "empty", .checked = true),
	LZ4("long.lz4", "long"),
	LZ4("long-sized.lz4", "long", .total = 305350),
	LZ4("linked.lz4", "long"),
	LZ4("noise.lz4", "noise"),
	LZ4("huge.lz4", "long", .size = EXACT + 100000),
	LZ4("short-l.lz4", "short"),
	LZ4("short-size.lz4", "short", .ends = 1),
	LZ4("tiny-l.lz4", "tiny"),
	LZ4("long-l.lz4", "long"),
	LZ4("noise-l.lz4", "noise"),
	LZ4("exact-l.lz4", "long", .unit = UNIT, .size = EXACT),
	LZ4("exact-size.lz4", "long", .unit = UNIT, .size = EXACT),
	LZ4("huge-l.lz4", "long", .size = EXACT + 100000),
	ZSTD("short.zst", "short", .checked = true),
	ZSTD("short-sized.zst", "short", .total = 636, .checked = true),
	ZSTD("short-fast.zst", "short"),
	ZSTD("two.zst", "short", .ends = 2, .hidden = true),
	ZSTD("tiny.zst", "tiny", .checked = true),
	ZSTD("empty.zst", "empty", .checked = true),
	ZSTD("long.zst", "long"),
	ZSTD("long-sized.zst", "long", .total = 305350),
	ZSTD("noise.zst", "noise"),
	ZSTD("huge.zst", "long", .size = EXACT + 100000),
};

static const struct unpacker *unpacker;
static struct bytes packed, plain;
static uint64_t made;

static struct bytes load(const char *name)
{
	char path[64] = "unpack/";

	strcat(path, name);
	return bytes_load(path);
}

static void take(const struct sample *sample)
{
	struct bytes file = load(sample->file);
	const size_t unit = sample->unit ? sample->unit : file.size;

	unpacker = unpacker_named(sample->unpacker);
	packed = load(sample->packed);
	plain = bytes_make(sample->size ? sample->size : file.size);
	for (size_t at = 0; at < plain.size; at += unit)
		memcpy(plain.at + at, file.at,
		       plain.size - at < unit ? plain.size - at : unit);
	bytes_free(&file);
}

static void give_back(void)
{
	bytes_free(&packed);
	bytes_free(&plain);
}

#define for_each_sample(sample)						\
	for (sample = samples; sample < samples + ARRAY_SIZE(samples) &&	\
	     (take(sample), true); sample++, give_back())

/* Name the sample, since the line of the check does not. */
static void want(const struct sample *sample, const char *what, int64_t got,
		 int64_t wanted)
{
	char text[128] = "";

	strcat(strcat(strcat(text, sample->packed), ": "), what);
	unit_equal(got, wanted, __FILE__, __LINE__, text);
}

/* Unpack @in into room for @size; is what was made the beginning of it? */
static int unpack(const struct bytes *in, size_t size, bool *same)
{
	struct bytes out = bytes_make(size);
	int err = unpacker->unpack(bytes_region(in), bytes_region(&out), &made);

	if (same)
		*same = !err && made <= size && made == plain.size &&
			!memcmp(out.at, plain.at, made);
	CHECK(out.at == out.pages || out.at[-1] == 0xee);
	bytes_free(&out);
	return err;
}

TEST(unpack_gives_what_went_in)
{
	const struct sample *s;
	bool same;

	for_each_sample(s) {
		want(s, "unpack", unpack(&packed, plain.size, &same), 0);
		want(s, "contents", same, true);
		want(s, "more room", unpack(&packed, plain.size + 5000, &same), 0);
		want(s, "contents", same, true);
		want(s, "matches", unpacker_for(packed.at, packed.size) ==
		     unpacker, !s->hidden);
	}
}

TEST(unpack_refuses_what_has_no_room)
{
	const struct sample *s;

	for_each_sample(s) {
		if (!plain.size)
			continue;
		want(s, "one too small",
		     unpack(&packed, plain.size - 1, NULL), -ERANGE);
		want(s, "half", unpack(&packed, plain.size / 2, NULL), -ERANGE);
		want(s, "none", unpack(&packed, 0, NULL), -ERANGE);
	}
}

/* Every place if there are few, else some of them. */
static size_t stride(const struct bytes *bytes)
{
	return bytes->size < 1000 ? 1 : bytes->size / 23;
}

TEST(unpack_refuses_what_is_cut)
{
	const struct sample *s;

	for_each_sample(s) {
		unsigned int whole = 0;

		for (size_t i = 0; i < packed.size; i += stride(&packed)) {
			struct bytes cut = bytes_cut(&packed, i);
			int err = unpack(&cut, plain.size, NULL);

			if (err)
				want(s, "cut", err, -EINVAL);
			whole += !err;
			bytes_free(&cut);
		}
		want(s, "ends", whole, s->ends);
	}
}

/* @count bytes of @value behind the file, with room for more. */
static int with_tail(const char *tail, size_t count)
{
	struct bytes longer = bytes_make(packed.size + count);
	bool same;
	int err;

	memcpy(longer.at, packed.at, packed.size);
	memcpy(longer.at + packed.size, tail, count);
	err = unpack(&longer, plain.size + 1000, &same);
	CHECK(err || same);
	bytes_free(&longer);
	return err;
}

TEST(unpack_refuses_what_stands_behind)
{
	static const char zeroes[600];
	const struct sample *s;

	for_each_sample(s) {
		const bool gzip = !strcmp(s->unpacker, "gzip");

		want(s, "a byte", with_tail("x", 1), -EINVAL);
		want(s, "bytes", with_tail("garbage-garbage-garbage", 23), -EINVAL);
		want(s, "four bytes", with_tail("\1\2\3\4", 4), -EINVAL);
		want(s, "zeroes", with_tail(zeroes, sizeof(zeroes)),
		     gzip ? 0 : -EINVAL);
		want(s, "zeroes and more", with_tail("\0\0\0\0\1", 5), -EINVAL);
	}
}

/* A flipped bit is an error, or it was in a part that only describes. */
TEST(unpack_notices_each_flipped_bit)
{
	const struct sample *s;
	bool same;

	for_each_sample(s) {
		for (size_t i = 0; i < packed.size; i += stride(&packed)) {
			const uint8_t bit = (uint8_t)(1 << i % 8);
			int err;

			packed.at[i] ^= bit;
			err = unpack(&packed, plain.size, &same);
			if (!err && s->checked)
				want(s, "same", same, true);
			if (err)
				CHECK(err == -EINVAL || err == -EBADMSG ||
				      err == -ERANGE);
			packed.at[i] ^= bit;
		}
	}
}

/* Damage at random places must not lead anywhere outside. */
TEST(unpack_survives_damage)
{
	const struct sample *s;

	for_each_sample(s) {
		struct bytes copy = bytes_cut(&packed, packed.size);

		for (unsigned int i = 0; packed.size < 1000 && i < 500; i++) {
			for (unsigned int n = 0; n < 1 + i % 8; n++)
				copy.at[unit_random_below(copy.size)] =
					(uint8_t)unit_random();
			(void)unpack(&copy, plain.size, NULL);
			memcpy(copy.at, packed.at, copy.size);
		}
		bytes_free(&copy);
	}
}

static int peek(const struct bytes *in, uint64_t *total)
{
	struct bytes out = bytes_make(UNPACK_PEEK);
	int err = unpacker->peek(in->at, in->size, out.at, total);

	if (!err)
		CHECK(!memcmp(out.at, plain.at, UNPACK_PEEK));
	CHECK(out.at[-1] == 0xee);
	bytes_free(&out);
	return err;
}

TEST(peek_gives_the_first_bytes)
{
	const struct sample *s;
	uint64_t total;

	for_each_sample(s) {
		want(s, "peek", peek(&packed, &total),
		     plain.size < UNPACK_PEEK ? -ERANGE : 0);
		want(s, "total", (int64_t)total, (int64_t)s->total);
	}
}

TEST(peek_is_content_with_the_window)
{
	const struct sample *s;
	uint64_t total;

	for_each_sample(s) {
		if (packed.size <= UNPACK_WINDOW)
			continue;
		for (size_t more = 0; more < 3; more++) {
			struct bytes cut = bytes_cut(&packed,
						     UNPACK_WINDOW + more);

			want(s, "peek", peek(&cut, &total), 0);
			bytes_free(&cut);
		}
	}
}

/* Whatever is cut shorter than that is damaged, or still enough. */
TEST(peek_survives_any_cut)
{
	const struct sample *s;
	uint64_t total;

	for_each_sample(s) {
		for (size_t i = 0; i < packed.size; i += stride(&packed)) {
			struct bytes cut = bytes_cut(&packed, i);
			int err = peek(&cut, &total);

			if (err && err != -EINVAL)
				want(s, "cut", s->ends || plain.size < 64, true);
			bytes_free(&cut);
		}
	}
}

TEST(unpackers_by_name)
{
	static const uint8_t unknown[16] = "MZ";
	static const uint8_t magics[][4] = {
		{ 0x1f, 0x8b, 8, 0 }, { 4, 0x22, 0x4d, 0x18 },
		{ 2, 0x21, 0x4c, 0x18 }, { 0x28, 0xb5, 0x2f, 0xfd },
	};

	CHECK(!unpacker_named("bzip2") && !unpacker_named(""));
	CHECK(!unpacker_for(unknown, sizeof(unknown)));
	for (size_t i = 0; i < ARRAY_SIZE(magics); i++) {
		CHECK(!unpacker_for(magics[i], i ? 3 : 2));
		CHECK(unpacker_for(magics[i], 4));
	}
	CHECK(!strcmp(unpacker_named("gzip")->name, "gzip"));
}
