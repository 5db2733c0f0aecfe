/* SPDX-License-Identifier: BSD-2-Clause */
/* Device tree reader, part 1: header, tokens, properties, the whole walk. */
#include "fdt.h"
#include "str.h"
#include "fdt_token.h"

#define FDT_MAGIC	0xd00dfeedu
#define MAX_DEPTH	32

uint32_t fdt_be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

uint64_t fdt_cells(const uint8_t *p, uint32_t cells)
{
	uint64_t value = 0;

	while (cells--) {
		value = value << 32 | fdt_be32(p);
		p += 4;
	}
	return value;
}

static bool block_inside(const struct fdt *f, uint32_t at, uint32_t size)
{
	return at <= f->total && size <= f->total - at;
}

const char *fdt_open(struct fdt *f, uint64_t address)
{
	const uint8_t *p = (const uint8_t *)address;

	memset(f, 0, sizeof(*f));
	if (fdt_be32(p) != FDT_MAGIC)
		return "magic 0xd00dfeed";
	f->base = p;
	f->total = fdt_be32(p + 4);
	f->structs = fdt_be32(p + 8);
	f->strings = fdt_be32(p + 12);
	f->reserves = fdt_be32(p + 16);
	f->version = fdt_be32(p + 20);
	f->last_comp = fdt_be32(p + 24);
	f->strings_size = fdt_be32(p + 32);
	f->structs_size = fdt_be32(p + 36);
	if (f->version < 16 || f->last_comp > 17)
		return "version 16 or 17";
	if (f->version == 16 && f->structs <= f->total)
		f->structs_size = f->total - f->structs;
	if (f->total < 40 || !block_inside(f, f->structs, f->structs_size) ||
	    !block_inside(f, f->strings, f->strings_size) ||
	    !block_inside(f, f->reserves, 16))
		return "blocks inside totalsize";
	return NULL;
}

/* Length of the NUL-terminated string at @at, within @limit; -1 if open. */
static int64_t bounded_length(const uint8_t *p, uint32_t at, uint32_t limit)
{
	for (uint32_t i = at; i < limit; i++)
		if (!p[i])
			return i - at;
	return -1;
}

static bool begin_token(const struct fdt *f, uint32_t at, struct token *t)
{
	const uint8_t *block = f->base + f->structs;
	int64_t len = bounded_length(block, at + 4, f->structs_size);

	if (len < 0)
		return false;
	t->name = (const char *)block + at + 4;
	t->next = at + 4 + (((uint32_t)len + 1 + 3) & ~3u);
	return true;
}

static bool prop_token(const struct fdt *f, uint32_t at, struct token *t)
{
	const uint8_t *block = f->base + f->structs;
	const uint8_t *strings = f->base + f->strings;
	uint32_t name;

	if (f->structs_size - at < 12)
		return false;
	t->len = fdt_be32(block + at + 4);
	name = fdt_be32(block + at + 8);
	if (t->len > f->structs_size - at - 12 ||
	    bounded_length(strings, name, f->strings_size) < 0)
		return false;
	t->name = (const char *)strings + name;
	t->data = block + at + 12;
	t->next = at + 12 + ((t->len + 3) & ~3u);
	return true;
}

bool fdt_token(const struct fdt *f, uint32_t at, struct token *t)
{
	if (at & 3 || at > f->structs_size || f->structs_size - at < 4)
		return false;
	t->tag = fdt_be32(f->base + f->structs + at);
	t->next = at + 4;
	switch (t->tag) {
	case TOKEN_BEGIN:
		return begin_token(f, at, t);
	case TOKEN_PROP:
		return prop_token(f, at, t);
	case TOKEN_END_NODE:
	case TOKEN_NOP:
	case TOKEN_END:
		return true;
	default:
		return false;
	}
}

const char *fdt_check(const struct fdt *f)
{
	struct token t;
	int depth = 0;

	for (uint32_t at = 0; fdt_token(f, at, &t); at = t.next) {
		if (t.tag == TOKEN_BEGIN && ++depth > MAX_DEPTH)
			return "at most 32 levels of nodes";
		if (t.tag == TOKEN_PROP && depth < 1)
			return "properties inside nodes";
		if (t.tag == TOKEN_END_NODE && --depth < 0)
			return "END_NODE only after BEGIN_NODE";
		if (t.tag == TOKEN_END)
			return depth ? "all nodes closed at END" : NULL;
	}
	return "well-formed tokens up to END";
}

const uint8_t *fdt_prop(const struct fdt *f, uint32_t node, const char *name,
			uint32_t *len)
{
	struct token t;

	if (node == FDT_NONE || !fdt_token(f, node, &t))
		return NULL;
	while (fdt_token(f, t.next, &t)) {
		if (t.tag != TOKEN_PROP && t.tag != TOKEN_NOP)
			return NULL;
		if (t.tag == TOKEN_PROP && str_equal(t.name, name)) {
			*len = t.len;
			return t.data;
		}
	}
	return NULL;
}

const char *fdt_string(const struct fdt *f, uint32_t node, const char *name)
{
	uint32_t len;
	const uint8_t *p = fdt_prop(f, node, name, &len);

	return p && len && !p[len - 1] ? (const char *)p : NULL;
}

uint32_t fdt_u32(const struct fdt *f, uint32_t node, const char *name,
		 uint32_t otherwise)
{
	uint32_t len;
	const uint8_t *p = fdt_prop(f, node, name, &len);

	return p && len == 4 ? fdt_be32(p) : otherwise;
}

bool fdt_reserve(const struct fdt *f, uint32_t index, uint64_t *base,
		 uint64_t *size)
{
	uint64_t at = f->reserves + 16ul * index;

	if (at + 16 > f->total)
		return false;
	*base = fdt_cells(f->base + at, 2);
	*size = fdt_cells(f->base + at + 8, 2);
	return true;
}
