/* SPDX-License-Identifier: BSD-2-Clause */
/* For fuzzers: the device tree of a machine, no more than a compatible string. */
#ifndef FUZZ_MACHINE_H
#define FUZZ_MACHINE_H

#include "dt.h"
#include <stdlib.h>
#include <string.h>

#define MACHINE_TEXT_MAX	64u

/* A tree whose root is compatible with @text, in one place for all. */
static void make_machine(struct dt *dt, const char *text)
{
	static _Alignas(8) uint8_t blob[256];
	static const char strings[] = "compatible";
	const uint32_t size = (uint32_t)strlen(text) + 1;
	const uint32_t body = 4 * 2 + 12 + (uint32_t)ALIGN_UP(size, 4) + 8;
	const uint32_t words[] = {
		0xd00dfeed, 56 + body + sizeof(strings), 56, 56 + body, 40, 17,
		16, 0, sizeof(strings), body, 0, 0, 0, 0, 1, 0, 3, size, 0,
	}, ends[] = { 2, 9 };
	const char *why;

	if (size > MACHINE_TEXT_MAX)
		abort();
	memset(blob, 0, sizeof(blob));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		((uint32_t *)blob)[i] = __builtin_bswap32(words[i]);
	memcpy(blob + 76, text, size);
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		((uint32_t *)(blob + 56 + body - 8))[i] =
			__builtin_bswap32(ends[i]);
	memcpy(blob + 56 + body, strings, sizeof(strings));
	if (dt_open(dt, blob, sizeof(blob), &why))
		abort();
}

#endif
