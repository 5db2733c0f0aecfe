/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unpacker "zstd", by libzstd, whose only door this is: all frames in one
 * call, with the output as the window. Facts: RFC 8878.
 */
#define ZSTD_STATIC_LINKING_ONLY	/* a context without a heap */
#include <zstd.h>
#include <zstd_errors.h>
#include "err.h"
#include "noinit.h"
#include "unpack.h"

#define MAGIC		0xfd2fb528u
#define BLOCK		(128 * SZ_1K)	/* bytes that may come of a block */

/* The library's context, some 94 KiB, made anew for each file. */
static noinit uint8_t workspace[128 * SZ_1K] __attribute__((aligned(16)));

/* The first blocks, of which only UNPACK_PEEK bytes are wanted. */
static noinit uint8_t scratch[BLOCK + UNPACK_PEEK];

/* Do all frames of @in have their end, with the checksum if they have one? */
static bool is_whole(struct region in)
{
	while (in.size) {
		size_t size = ZSTD_findFrameCompressedSize(
				(const void *)(uintptr_t)in.base, in.size);

		if (ZSTD_isError(size))
			return false;
		in = region_of(in.base + size, in.size - size);
	}
	return true;
}

static int error_of(size_t said, struct region in)
{
	/* The enumeration grows with the library. */
	const unsigned int code = ZSTD_getErrorCode(said);

	if (code == ZSTD_error_dstSize_tooSmall)
		return -ERANGE;
	/* The library says so, too, where the checksum was cut off. */
	if (code == ZSTD_error_checksum_wrong && is_whole(in))
		return -EBADMSG;
	return -EINVAL;
}

static int zstd_unpack(struct region in, struct region out, uint64_t *made)
{
	ZSTD_DCtx *ctx = ZSTD_initStaticDCtx(workspace, sizeof(workspace));
	size_t said;

	*made = 0;
	if (!ctx)
		return -ENOSPC;
	if (!in.size)	/* for the library, no frames at all are fine */
		return -EINVAL;
	said = ZSTD_decompressDCtx(ctx, (void *)(uintptr_t)out.base, out.size,
				   (const void *)(uintptr_t)in.base, in.size);
	if (ZSTD_isError(said))
		return error_of(said, in);
	*made = said;
	return 0;
}

/*
 * Go through the frame that @in begins with, until there is enough in
 * @scratch; @in and @made move on.
 */
static int peek_frame(ZSTD_DCtx *ctx, struct region *in, uint64_t *made)
{
	size_t said = ZSTD_decompressBegin(ctx), next;
	struct region part;

	while (!ZSTD_isError(said) && *made < UNPACK_PEEK) {
		next = ZSTD_nextSrcSizeToDecompress(ctx);
		if (!next)
			return 0;
		if (region_slice(&part, *in, 0, next))
			return -EINVAL;
		said = ZSTD_decompressContinue(ctx, scratch + *made,
					       sizeof(scratch) - *made,
					       (void *)(uintptr_t)in->base,
					       next);
		*in = region_of(in->base + next, in->size - next);
		*made += ZSTD_isError(said) ? 0 : said;
	}
	return ZSTD_isError(said) ? -EINVAL : 0;
}

static uint64_t contents_size(const uint8_t *in, size_t size)
{
	unsigned long long total = ZSTD_getFrameContentSize(in, size);

	if (total == ZSTD_CONTENTSIZE_UNKNOWN || total == ZSTD_CONTENTSIZE_ERROR)
		return 0;
	return total;
}

static int zstd_peek(const uint8_t *in, size_t size, uint8_t out[UNPACK_PEEK],
		     uint64_t *total)
{
	ZSTD_DCtx *ctx = ZSTD_initStaticDCtx(workspace, sizeof(workspace));
	struct region rest = region_of((uintptr_t)in, size);
	uint64_t made = 0;
	int err = ctx && size ? 0 : -EINVAL;

	*total = contents_size(in, size);
	while (!err && made < UNPACK_PEEK && rest.size)
		err = peek_frame(ctx, &rest, &made);
	for (uint64_t i = 0; !err && i < made && i < UNPACK_PEEK; i++)
		out[i] = scratch[i];
	return err ? err : made < UNPACK_PEEK ? -ERANGE : 0;
}

static bool zstd_matches(const uint8_t *head, size_t size)
{
	return size >= 4 && head[0] == (MAGIC & 0xff) &&
	       head[1] == (MAGIC >> 8 & 0xff) &&
	       head[2] == (MAGIC >> 16 & 0xff) && head[3] == MAGIC >> 24;
}

static const struct unpacker unpacker_zstd = {
	"zstd", zstd_matches, zstd_peek, zstd_unpack,
};
TABLE_ADD(unpacker, 50, unpacker_zstd);
