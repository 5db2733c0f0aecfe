/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the fuzzers of all unpackers have in common. The libraries are not
 * compiled with sanitizers, so both sides end where a page cannot be touched.
 *
 * An input is a byte of flags, two with the room for the output, and a file.
 */
#ifndef FUZZ_UNPACK_H
#define FUZZ_UNPACK_H

#include "err.h"
#include "unpack.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define FUZZ_PAGE	4096u
#define FUZZ_PLACE	(256 * SZ_1K)	/* for each side */

static bool fuzz_loose;		/* every check value shall be 0 */
static bool fuzz_picky;		/* peek() may refuse what unpack() takes */
/*
 * The library takes blocks that its format forbids: some of the output may
 * not be written at all, or it refuses them when there is just enough room.
 */
static bool fuzz_lax;
static uint8_t *fuzz_in, *fuzz_out;	/* ends of the places */

static uint8_t *fuzz_place(void)
{
	uint8_t *at = mmap(NULL, FUZZ_PLACE + FUZZ_PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED ||
	    mprotect(at + FUZZ_PLACE, FUZZ_PAGE, PROT_NONE))
		abort();
	return at + FUZZ_PLACE;
}

/* The last @room bytes of the place for the output get the result. */
static int fuzz_into(const struct unpacker *unpacker, struct region in,
		     uint64_t room, uint64_t *made)
{
	uint8_t *out = fuzz_out - room;
	int err;

	memset(out - 64, 0xee, 64 + room);
	err = unpacker->unpack(in, region_of((uintptr_t)out, room), made);
	for (unsigned int i = 1; i <= 64; i++)
		if (out[-(int)i] != 0xee)
			abort();
	if (err && err != -EINVAL && err != -EBADMSG && err != -ERANGE)
		abort();
	return err;
}

static bool fuzz_differ(const void *a, const void *b, size_t size)
{
	return !fuzz_lax && memcmp(a, b, size);
}

/* What was unpacked once must be so again, in the room that it needs. */
static void fuzz_again(const struct unpacker *unpacker, struct region in,
		       uint64_t made)
{
	static uint8_t first[FUZZ_PLACE];
	uint8_t peeked[UNPACK_PEEK];
	uint64_t again, total;
	int err;

	memcpy(first, fuzz_out - made, made);
	if (!made)	/* not all libraries like to have no room at all */
		return;
	err = fuzz_into(unpacker, in, made, &again);
	if (err == -EINVAL && fuzz_lax)
		return;
	if (err || again != made ||
	    fuzz_differ(first, fuzz_out - made, made) ||
	    fuzz_into(unpacker, in, made - 1, &again) != -ERANGE)
		abort();
	err = unpacker->peek((const uint8_t *)(uintptr_t)in.base, in.size,
			     peeked, &total);
	if (!err && (made < UNPACK_PEEK || fuzz_differ(peeked, first, UNPACK_PEEK)))
		abort();
	if (!fuzz_picky && err != (made < UNPACK_PEEK ? -ERANGE : 0))
		abort();
}

static void fuzz_unpacker(const struct unpacker *unpacker, const uint8_t *data,
			  size_t size)
{
	uint8_t peeked[UNPACK_PEEK];
	uint64_t room, made, total;
	struct region in;
	int err;

	if (size < 3)
		return;
	if (!fuzz_in) {
		fuzz_in = fuzz_place();
		fuzz_out = fuzz_place();
	}
	fuzz_loose = data[0] & 1;
	room = (uint64_t)data[1] | (uint64_t)data[2] << 8;
	in = region_of((uintptr_t)fuzz_in - (size - 3), size - 3);
	memcpy((void *)(uintptr_t)in.base, data + 3, in.size);
	err = unpacker->peek((const uint8_t *)(uintptr_t)in.base, in.size,
			     peeked, &total);
	if (err && err != -EINVAL && err != -ERANGE)
		abort();
	if (fuzz_into(unpacker, in, room, &made))
		return;
	if (made > room)
		abort();
	memmove(fuzz_out - made, fuzz_out - room, made);
	fuzz_again(unpacker, in, made);
}

#endif
