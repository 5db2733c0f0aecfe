/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unpacker "lz4", by liblz4, whose only door this is: the frames are read
 * here, the library unpacks blocks. Facts: LZ4 frame format (1.6.x), also its
 * legacy frame, which `lz4 -l` writes and the Linux build uses.
 *
 * A damaged block may copy from a distance of 0. The library lets it pass,
 * and what was in the output's memory before stays there.
 */
#include <lz4.h>
#include "err.h"
#include "le.h"
#include "unpack.h"
#include "xxhash.h"
#include <string.h>

#define MAGIC		0x184d2204u
#define MAGIC_LEGACY	0x184c2102u
#define MAGIC_SKIP	0x184d2a50u	/* and the 15 numbers behind it */
#define LEGACY_BLOCK	0x800000u	/* bytes that come of each but the last */
#define LEGACY_MAX	((uint32_t)LZ4_COMPRESSBOUND(LEGACY_BLOCK))
#define RAW		(1u << 31)	/* of a block's size: it is not packed */
#define HISTORY		SZ_64K		/* as far back as a block may copy from */

/* FLG and BD, the first two bytes of a frame's descriptor. */
enum { FLG_VERSION = 0xc0, FLG_VERSION_1 = 0x40, FLG_INDEPENDENT = 0x20,
       FLG_BLOCK_CHECK = 0x10, FLG_SIZE = 0x08, FLG_CHECK = 0x04,
       FLG_RESERVED = 0x02, FLG_DICTIONARY = 0x01,
       BD_RESERVED = 0x8f };

struct stream {
	struct region in, out;	/* what is left of both */
	bool cut;		/* only the first bytes are wanted */
	bool ended;		/* in the middle of a block */
};

struct frame {
	uint8_t flags;
	uint64_t block;		/* bytes that may come of a block */
	uint64_t size;		/* of the contents, with FLG_SIZE */
	uint64_t at;		/* where the contents begin */
};

static const uint8_t *bytes(struct region r)
{
	return (const uint8_t *)(uintptr_t)r.base;
}

/* Take @size bytes off the front of @r; @part gets them. */
static int take(struct region *r, uint64_t size, struct region *part)
{
	int err = region_slice(part, *r, 0, size);

	return err ? -EINVAL : region_slice(r, *r, size, r->size - size);
}

static int take32(struct region *r, uint32_t *value)
{
	struct region part;
	int err = take(r, 4, &part);

	if (!err)
		*value = le32(bytes(part));
	return err;
}

/* The next four bytes are the hash of @what. */
static int check(struct region *r, struct region what)
{
	uint32_t want;
	int err = take32(r, &want);

	if (err)
		return err;
	return xxh32(bytes(what), what.size) == want ? 0 : -EBADMSG;
}

/* A length of 15 goes on in bytes, up to one that is not 255. */
static int take_length(struct region *r, uint64_t *length)
{
	struct region part;
	uint8_t byte = 255;

	while (*length >= 15 && byte == 255) {
		if (take(r, 1, &part))
			return -EINVAL;
		byte = *bytes(part);
		*length += byte;
	}
	return 0;
}

/*
 * The library has refused the block @r. Because more than @room bytes come of
 * it? The sequences say so without being carried out.
 */
static int refused(struct region r, uint64_t room)
{
	struct region part;
	uint64_t made = 0, literals, match;

	while (made <= room) {
		if (take(&r, 1, &part))
			return -EINVAL;
		literals = *bytes(part) >> 4;
		match = *bytes(part) & 15;
		if (take_length(&r, &literals) || take(&r, literals, &part))
			return -EINVAL;
		made += literals;
		if (!r.size)		/* the last one has no match */
			break;
		if (take(&r, 2, &part) || take_length(&r, &match))
			return -EINVAL;
		made += match + 4;
	}
	return made > room ? -ERANGE : -EINVAL;
}

/*
 * Unpack the block @packed, of which at most @most bytes may come; @back are
 * the bytes before it that it may copy from. Return: an error, or bytes made.
 */
static int64_t unpack_block(const struct stream *s, struct region packed,
			    uint64_t most, uint64_t back)
{
	const char *from = (const char *)bytes(packed);
	char *to = (char *)(uintptr_t)s->out.base;
	const int size = (int)packed.size, prefix = (int)back;
	const int room = (int)(s->out.size < most ? s->out.size : most);
	int got;

	/* Nothing comes of a lone token; the library wants room even so. */
	if (size == 1 && *bytes(packed) < 16)
		return 0;
	if (s->cut)
		got = LZ4_decompress_safe_partial_usingDict(from, to, size,
				room, room, to - back, prefix);
	else
		got = LZ4_decompress_safe_usingDict(from, to, size, room,
						    to - back, prefix);
	if (got < 0)
		return s->out.size < most ? refused(packed, s->out.size)
					  : -EINVAL;
	return got;
}

/* A block that is stored as it is. */
static int64_t copy_block(const struct stream *s, struct region part)
{
	uint64_t size = part.size;

	if (size > s->out.size && !s->cut)
		return -ERANGE;
	if (size > s->out.size)
		size = s->out.size;
	memcpy((void *)(uintptr_t)s->out.base, bytes(part), size);
	return (int64_t)size;
}

/* Note what was made; a cut stream goes on until it is full. */
static int advance(struct stream *s, int64_t made)
{
	struct region part;

	if (made < 0)
		return (int)made;
	(void)take(&s->out, (uint64_t)made, &part);
	if (s->cut && !s->out.size)
		return -ERANGE;
	return s->ended ? -EINVAL : 0;
}

/* @size bytes of a block, or what there is of them if the stream is cut. */
static int take_block(struct stream *s, uint64_t size, struct region *part)
{
	if (s->cut && size > s->in.size) {
		s->ended = true;
		size = s->in.size;
	}
	return take(&s->in, size, part);
}

static int frame_block(struct stream *s, const struct frame *f, uint32_t word)
{
	const uint64_t size = word & ~RAW, before = s->out.base - f->at;
	uint64_t back = before < HISTORY ? before : HISTORY;
	struct region part;
	int err;

	if (size > f->block)
		return -EINVAL;
	if (f->flags & FLG_INDEPENDENT)
		back = 0;
	err = take_block(s, size, &part);
	if (err)
		return err;
	err = advance(s, word & RAW ? copy_block(s, part) :
				      unpack_block(s, part, f->block, back));
	if (!err && f->flags & FLG_BLOCK_CHECK)
		err = check(&s->in, part);
	return err;
}

/* Flags and block size; a dictionary is nowhere to be had. */
static int frame_flags(struct region in, struct frame *f)
{
	struct region part;
	unsigned int code;

	if (take(&in, 2, &part))
		return -EINVAL;
	f->flags = bytes(part)[0];
	code = bytes(part)[1] >> 4 & 7;
	if ((f->flags & FLG_VERSION) != FLG_VERSION_1 ||
	    f->flags & (FLG_RESERVED | FLG_DICTIONARY) ||
	    bytes(part)[1] & BD_RESERVED || code < 4)
		return -EINVAL;
	f->block = SZ_64K << 2 * (code - 4);
	return 0;
}

/* The descriptor, and the byte of its hash behind it. */
static int frame_head(struct stream *s, struct frame *f)
{
	struct region head, hash;
	uint64_t size;

	if (frame_flags(s->in, f))
		return -EINVAL;
	size = f->flags & FLG_SIZE ? 10 : 2;
	if (take(&s->in, size, &head) || take(&s->in, 1, &hash))
		return -EINVAL;
	if ((xxh32(bytes(head), size) >> 8 & 0xff) != *bytes(hash))
		return -EBADMSG;
	if (f->flags & FLG_SIZE)
		f->size = (uint64_t)le32(bytes(head) + 6) << 32 |
			  le32(bytes(head) + 2);
	f->at = s->out.base;
	return 0;
}

static int unpack_frame(struct stream *s, struct frame *f)
{
	struct region whole;
	uint32_t word;
	int err = frame_head(s, f);

	if (!err)
		err = take32(&s->in, &word);
	while (!err && word) {
		err = frame_block(s, f, word);
		if (!err)
			err = take32(&s->in, &word);
	}
	if (err)
		return err;
	whole = region_of(f->at, s->out.base - f->at);
	if (f->flags & FLG_SIZE && whole.size != f->size)
		return -EINVAL;
	return f->flags & FLG_CHECK ? check(&s->in, whole) : 0;
}

/* The Linux build appends the unpacked size to some legacy frames. */
static bool legacy_trailer(const struct stream *s, uint64_t made)
{
	return s->in.size == 4 && le32(bytes(s->in)) == (uint32_t)made;
}

static bool legacy_goes_on(const struct stream *s, uint64_t made)
{
	return made && made % LEGACY_BLOCK == 0 && s->in.size >= 4 &&
	       le32(bytes(s->in)) <= LEGACY_MAX && !legacy_trailer(s, made);
}

static int legacy_block(struct stream *s)
{
	struct region part;
	uint32_t size;
	int err = take32(&s->in, &size);

	if (!err && size > LEGACY_MAX)
		err = -EINVAL;
	if (!err)
		err = take_block(s, size, &part);
	return err ? err : advance(s, unpack_block(s, part, LEGACY_BLOCK, 0));
}

/*
 * Each block but the last is full, and no other sign tells the end; a file
 * that was cut between two blocks looks whole.
 */
static int unpack_legacy(struct stream *s)
{
	const uint64_t at = s->out.base;
	struct region part;
	int err;

	do {
		err = legacy_block(s);
	} while (!err && legacy_goes_on(s, s->out.base - at));
	if (!err && legacy_trailer(s, s->out.base - at))
		err = take(&s->in, 4, &part);
	return err;
}

static int skip_frame(struct stream *s)
{
	struct region part;
	uint32_t size;
	int err = take32(&s->in, &size);

	return err ? err : take(&s->in, size, &part);
}

/* Frames of all kinds, one behind the other. */
static int unpack_frames(struct stream *s, struct frame *f)
{
	uint32_t magic;
	int err;

	do {
		err = take32(&s->in, &magic);
		if (err)
			return err;
		if (magic == MAGIC)
			err = unpack_frame(s, f);
		else if (magic == MAGIC_LEGACY)
			err = unpack_legacy(s);
		else if ((magic & ~15u) == MAGIC_SKIP)
			err = skip_frame(s);
		else
			err = -EINVAL;
	} while (!err && s->in.size);
	return err;
}

static int lz4_unpack(struct region in, struct region out, uint64_t *made)
{
	struct stream s = { .in = in, .out = out };
	struct frame f;
	int err = unpack_frames(&s, &f);

	*made = s.out.base - out.base;
	return err;
}

static int lz4_peek(const uint8_t *in, size_t size, uint8_t out[UNPACK_PEEK],
		    uint64_t *total)
{
	struct stream s = {
		.in = region_of((uintptr_t)in, size),
		.out = region_of((uintptr_t)out, UNPACK_PEEK), .cut = true,
	};
	struct frame f = { .size = 0 };
	int err = unpack_frames(&s, &f);

	*total = f.size;
	if (!s.out.size)
		return 0;
	return err ? -EINVAL : -ERANGE;
}

static bool lz4_matches(const uint8_t *head, size_t size)
{
	return size >= 4 && (le32(head) == MAGIC ||
			     le32(head) == MAGIC_LEGACY);
}

static const struct unpacker unpacker_lz4 = {
	"lz4", lz4_matches, lz4_peek, lz4_unpack,
};
TABLE_ADD(unpacker, 50, unpacker_lz4);
