/* SPDX-License-Identifier: BSD-2-Clause */
/* The tokens of a flattened tree, for the files of its reader alone. */
#ifndef DT_TOKEN_H
#define DT_TOKEN_H

#include "dt.h"

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

/*
 * Read the token at @at; nothing outside of the blocks is ever touched.
 * Return: 0, -EINVAL (there is none, or not a whole one).
 */
int dt_token(const struct dt *dt, uint32_t at, struct dt_token *t);

#endif
