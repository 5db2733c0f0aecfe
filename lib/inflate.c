/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unpacker "gzip", by zlib, whose only door this is. Facts: RFC 1952.
 *
 * zlib reads header and deflate blocks; CRC and length are compared here. That
 * tells a wrong check value apart from damage, and it must be so: zlib has a
 * crc32() with other rules than ours, and the linker takes ours for both.
 */
#define Z_SOLO
#define crc32	zlib_crc32
#include <zlib.h>
#undef crc32
#include "crc.h"
#include "err.h"
#include "le.h"
#include "noinit.h"
#include "unpack.h"
#include <string.h>

#define TRAILER		8u		/* CRC and length, little-endian */
#define GZIP_ONLY	(16 + MAX_WBITS)

/*
 * zlib counts in 32 bits, so longer ranges go to it in pieces. It keeps a
 * window between two of them, which costs nothing at this size.
 */
#define PIECE		(16 * SZ_1M)

/* zlib's state (7 KiB) and window (32 KiB), reserved anew for each file. */
static noinit uint8_t arena[48 * SZ_1K] __attribute__((aligned(16)));

/* What is left of both sides, and zlib between them. */
struct inflater {
	z_stream z;
	struct region in, out;
	uint64_t used;		/* bytes of the arena */
};

static void *reserve(void *opaque, unsigned int count, unsigned int size)
{
	struct inflater *inflater = opaque;
	uint64_t bytes = ALIGN_UP((uint64_t)count * size, 16);
	void *at = arena + inflater->used;

	if (bytes > sizeof(arena) - inflater->used)
		return NULL;
	inflater->used += bytes;
	return at;
}

static void give_back(void *opaque, void *at)
{
	(void)opaque;
	(void)at;
}

/* Take @count bytes off the front of @r. */
static void drop(struct region *r, uint64_t count)
{
	*r = region_of(r->base + count, r->size - count);
}

static unsigned int piece_of(struct region r)
{
	return (unsigned int)(r.size < PIECE ? r.size : PIECE);
}

/* Let zlib go on for one piece. Return: what it says. */
static int inflate_piece(struct inflater *inflater)
{
	const unsigned int in = piece_of(inflater->in);
	const unsigned int out = piece_of(inflater->out);
	z_stream *z = &inflater->z;
	int said;

	z->next_in = (z_const Bytef *)(uintptr_t)inflater->in.base;
	z->next_out = (Bytef *)(uintptr_t)inflater->out.base;
	z->avail_in = in;
	z->avail_out = out;
	said = inflate(z, Z_FINISH);
	drop(&inflater->in, in - z->avail_in);
	drop(&inflater->out, out - z->avail_out);
	return said;
}

/* Unpack one member, to its end or to where there is no more room. */
static int inflate_member(struct inflater *inflater)
{
	int said;

	do {
		said = inflate_piece(inflater);
	} while ((said == Z_OK || said == Z_BUF_ERROR) &&
		 inflater->in.size && inflater->out.size);
	if (said == Z_STREAM_END)
		return 0;
	if (said == Z_MEM_ERROR)
		return -ENOSPC;
	/* Full, and the trailer has not come: there would be more. */
	if (said != Z_DATA_ERROR && !inflater->out.size && inflater->in.size)
		return -ERANGE;
	return -EINVAL;
}

/* The trailer ends where @in now begins; the member was unpacked to @at. */
static int check_member(struct region in, uint64_t at, uint64_t size)
{
	const uint8_t *trailer = (const uint8_t *)(uintptr_t)in.base - TRAILER;
	uint32_t crc = crc32(UINT32_MAX, (const void *)(uintptr_t)at,
				  size);

	if (le32(trailer) != (uint32_t)~crc ||
	    le32(trailer + 4) != (uint32_t)size)
		return -EBADMSG;
	return 0;
}

/* Members follow one another without anything between them. */
static int inflate_members(struct inflater *inflater)
{
	uint64_t at;
	int err;

	do {
		at = inflater->out.base;
		if (inflateReset(&inflater->z) != Z_OK ||
		    inflateValidate(&inflater->z, 0) != Z_OK)
			return -EINVAL;
		err = inflate_member(inflater);
		if (!err)
			err = check_member(inflater->in, at,
					   inflater->out.base - at);
	} while (!err && inflater->in.size &&
		 *(const uint8_t *)(uintptr_t)inflater->in.base);
	return err;
}

static int begin(struct inflater *inflater, struct region in,
		 struct region out)
{
	memset(inflater, 0, sizeof(*inflater));
	inflater->in = in;
	inflater->out = out;
	inflater->z.zalloc = reserve;
	inflater->z.zfree = give_back;
	inflater->z.opaque = inflater;
	return inflateInit2(&inflater->z, GZIP_ONLY) == Z_OK ? 0 : -ENOSPC;
}

static bool all_zero(struct region r)
{
	const uint8_t *p = (const uint8_t *)(uintptr_t)r.base;

	for (uint64_t i = 0; i < r.size; i++)
		if (p[i])
			return false;
	return true;
}

static int gzip_unpack(struct region in, struct region out, uint64_t *made)
{
	struct inflater inflater;
	int err = begin(&inflater, in, out);

	if (!err)
		err = inflate_members(&inflater);
	*made = inflater.out.base - out.base;
	/* Media are padded with zeroes, as tapes were. */
	if (!err && !all_zero(inflater.in))
		err = -EINVAL;
	return err;
}

/* The length stands at the end of the file, which is not here. */
static int gzip_peek(const uint8_t *in, size_t size, uint8_t out[UNPACK_PEEK],
		     uint64_t *total)
{
	struct inflater inflater;
	int err = begin(&inflater, region_of((uintptr_t)in, size),
			region_of((uintptr_t)out, UNPACK_PEEK));

	*total = 0;
	if (!err)
		err = inflate_members(&inflater);
	if (!inflater.out.size)
		return 0;
	return err ? -EINVAL : -ERANGE;
}

static bool gzip_matches(const uint8_t *head, size_t size)
{
	return size >= 3 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8;
}

static const struct unpacker unpacker_gzip = {
	"gzip", gzip_matches, gzip_peek, gzip_unpack,
};
TABLE_ADD(unpacker, 50, unpacker_gzip);
