/* SPDX-License-Identifier: BSD-2-Clause */
/* The tokens of a flattened tree, for its reader and its editor alone. */
#ifndef DT_TOKEN_H
#define DT_TOKEN_H

#include "dt.h"
#include <string.h>

#define DT_MAGIC	0xd00dfeedu
#define DT_VERSION	17u
#define DT_COMPATIBLE	16u

enum { TOKEN_BEGIN = 1, TOKEN_END = 2, TOKEN_PROP = 3, TOKEN_NOP = 4,
       TOKEN_STOP = 9 };

struct dt_token {
	uint32_t kind;
	uint32_t next;		/* offset of the token that follows */
	const char *name;	/* of a BEGIN or a PROP */
	struct dt_prop value;	/* of a PROP */
};

/* Whatever is read here is aligned to 4: the offsets have been looked at. */
static inline uint32_t dt_read32(const uint8_t *p)
{
	return __builtin_bswap32(*(const uint32_t *)(const void *)p);
}

static inline uint64_t dt_read64(const uint8_t *p)
{
	return (uint64_t)dt_read32(p) << 32 | dt_read32(p + 4);
}

/* Behind the name at @p: the word after the first with a NUL in it. */
static inline const uint8_t *dt_behind_name(const uint8_t *p)
{
	uint32_t w;

	do {
		w = *(const uint32_t *)(const void *)p;
		p += 4;
	} while (!((w - 0x01010101) & ~w & 0x80808080));
	return p;
}

/* In a tree whose tokens are checked: the one behind that at @p. */
static inline const uint8_t *dt_behind(const uint8_t *p)
{
	const uint32_t kind = dt_read32(p);

	if (kind == TOKEN_PROP)
		return p + ALIGN_UP(12 + (uint64_t)dt_read32(p + 4), 4);
	return kind == TOKEN_BEGIN ? dt_behind_name(p + 4) : p + 4;
}

/* @name is @want, of @length bytes, which may go without its unit address. */
static inline bool dt_same_name(const char *name, const char *want,
				size_t length)
{
	if (strlen(name) < length || memcmp(name, want, length))
		return false;
	return !name[length] ||
	       (name[length] == '@' && !memchr(want, '@', length));
}

/*
 * Read the token at @at; nothing outside of the blocks is ever touched.
 * Return: 0, -EINVAL (there is none, or not a whole one).
 */
int dt_token(const struct dt *dt, uint32_t at, struct dt_token *t);

#endif
