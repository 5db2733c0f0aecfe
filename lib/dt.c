/* SPDX-License-Identifier: BSD-2-Clause */
/* The device tree reader: header check, tokens, nodes and properties. */
#include "dt.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define DT_MAGIC	0xd00dfeedu
#define DT_VERSION	17u
#define DT_COMPATIBLE	16u

enum { TOKEN_BEGIN = 1, TOKEN_END = 2, TOKEN_PROP = 3, TOKEN_NOP = 4,
       TOKEN_STOP = 9 };

enum header { MAGIC, TOTALSIZE, OFF_STRUCT, OFF_STRINGS, OFF_RESERVE, VERSION,
	      LAST_COMP, BOOT_CPU, SIZE_STRINGS, SIZE_STRUCT };

struct token {
	uint32_t kind;
	uint32_t next;		/* offset of the token that follows */
	const char *name;	/* of a BEGIN or a PROP */
	struct dt_prop value;	/* of a PROP */
};

/* Whatever is read here is aligned: dt_open() has seen to the offsets. */
static uint32_t read32(const uint8_t *p)
{
	return __builtin_bswap32(*(const uint32_t *)(const void *)p);
}

static uint64_t read64(const uint8_t *p)
{
	return __builtin_bswap64(*(const uint64_t *)(const void *)p);
}

static uint32_t header(const uint8_t *blob, enum header field)
{
	return read32(blob + 4 * field);
}

uint32_t dt_probe(const void *blob, uint64_t room)
{
	if (!IS_ALIGNED((uintptr_t)blob, DT_ALIGN) || room < DT_HEADER_SIZE ||
	    header(blob, MAGIC) != DT_MAGIC ||
	    header(blob, TOTALSIZE) < DT_HEADER_SIZE ||
	    header(blob, TOTALSIZE) > DT_SIZE_MAX)
		return 0;
	return header(blob, TOTALSIZE);
}

/* Is there a NUL in [at, end)? Return: length before it or -EINVAL. */
static int bounded_length(const struct dt *dt, uint32_t at, uint32_t end)
{
	const uint8_t *nul;

	if (at >= end)
		return -EINVAL;
	nul = memchr(dt->blob + at, 0, end - at);
	return nul ? (int)(nul - (dt->blob + at)) : -EINVAL;
}

static int begin_token(const struct dt *dt, uint32_t at, struct token *t)
{
	int length = bounded_length(dt, at, dt->structs_end);

	if (length < 0)
		return length;
	t->name = (const char *)dt->blob + at;
	t->next = (uint32_t)ALIGN_UP(at + (uint32_t)length + 1, 4);
	return 0;
}

static int prop_token(const struct dt *dt, uint32_t at, struct token *t)
{
	uint32_t size, name;

	if (dt->structs_end - at < 8)
		return -EINVAL;
	size = read32(dt->blob + at);
	name = read32(dt->blob + at + 4);
	at += 8;
	if (size > dt->structs_end - at ||
	    name >= dt->strings_end - dt->strings ||
	    bounded_length(dt, dt->strings + name, dt->strings_end) < 0)
		return -EINVAL;
	t->name = (const char *)dt->blob + dt->strings + name;
	t->value = (struct dt_prop){ dt->blob + at, size };
	t->next = (uint32_t)ALIGN_UP(at + size, 4);
	return 0;
}

/* Read the token at @at; nothing outside of the blocks is ever touched. */
static int token_at(const struct dt *dt, uint32_t at, struct token *t)
{
	if (at > dt->structs_end || dt->structs_end - at < 4)
		return -EINVAL;
	t->kind = read32(dt->blob + at);
	t->next = at + 4;
	switch (t->kind) {
	case TOKEN_BEGIN:
		return begin_token(dt, at + 4, t);
	case TOKEN_PROP:
		return prop_token(dt, at + 4, t);
	case TOKEN_END:
	case TOKEN_NOP:
	case TOKEN_STOP:
		return 0;
	default:
		return -EINVAL;
	}
}

/* [offset, offset + size) lies in the tree; sets the end. */
static bool block(const struct dt *dt, uint32_t offset, uint32_t size,
		  uint32_t align, uint32_t *end)
{
	if (!IS_ALIGNED(offset, align) || offset < DT_HEADER_SIZE ||
	    offset > dt->size || size > dt->size - offset)
		return false;
	*end = offset + size;
	return true;
}

static const char *check_header(struct dt *dt)
{
	const uint8_t *blob = dt->blob;

	dt->structs = header(blob, OFF_STRUCT);
	dt->strings = header(blob, OFF_STRINGS);
	dt->reserve = header(blob, OFF_RESERVE);
	if (header(blob, VERSION) < DT_VERSION ||
	    header(blob, LAST_COMP) > DT_COMPATIBLE)
		return WORDS("its version is not 17");
	if (!block(dt, dt->structs, header(blob, SIZE_STRUCT), 4,
		   &dt->structs_end) ||
	    !block(dt, dt->strings, header(blob, SIZE_STRINGS), 1,
		   &dt->strings_end))
		return WORDS("a block lies outside of its totalsize");
	return NULL;
}

/* The list ends with (0, 0) inside the tree (HO-13). */
static const char *check_reservations(const struct dt *dt)
{
	uint32_t at = dt->reserve, end;

	for (; block(dt, at, 16, 8, &end); at = end)
		if (!read64(dt->blob + at + 8))
			return NULL;
	return WORDS("its memory reservations have no end");
}

static const char *check_tokens(const struct dt *dt)
{
	uint32_t at = dt->structs;
	struct token t;
	int depth = 0;
	bool child = false;	/* properties stand before child nodes */

	for (; !token_at(dt, at, &t); at = t.next) {
		if (at == dt->structs && t.kind != TOKEN_BEGIN)
			break;
		if (t.kind == TOKEN_STOP)
			return depth ? WORDS("its nodes are not closed") : NULL;
		if (t.kind == TOKEN_PROP && child)
			return WORDS("a property stands after a child node");
		if (t.kind == TOKEN_BEGIN && ++depth > DT_DEPTH_MAX)
			return WORDS("its nodes are nested too deep");
		if (t.kind == TOKEN_END && --depth < 0)
			break;
		if (t.kind == TOKEN_BEGIN || t.kind == TOKEN_END)
			child = t.kind == TOKEN_END;
		if (t.kind == TOKEN_BEGIN && depth == 1 && *t.name)
			return WORDS("its root has a name");
	}
	return WORDS("its structure block is damaged");
}

int dt_open(struct dt *dt, const void *blob, uint64_t room, const char **why)
{
	*dt = (struct dt){ .blob = blob };
	*why = WORDS("there is no device tree header");
	if (!IS_ALIGNED((uintptr_t)blob, DT_ALIGN)) {
		*why = WORDS("its address is not a multiple of 8");
		return -EINVAL;
	}
	if (room < DT_HEADER_SIZE || header(blob, MAGIC) != DT_MAGIC)
		return -ENOEXEC;
	dt->size = dt_probe(blob, room);
	if (!dt->size || dt->size > room) {
		*why = WORDS("its totalsize is beyond 2 MiB or beyond its place");
		return -ERANGE;
	}
	*why = check_header(dt);
	if (!*why)
		*why = check_reservations(dt);
	if (!*why)
		*why = check_tokens(dt);
	return *why ? -EINVAL : 0;
}

int dt_root(const struct dt *dt)
{
	return (int)dt->structs;
}

int dt_next(const struct dt *dt, int node, int *depth)
{
	uint32_t at = (uint32_t)node;
	struct token t;
	bool first = true;

	for (; !token_at(dt, at, &t); at = t.next, first = false) {
		if (t.kind == TOKEN_STOP)
			break;
		if (t.kind == TOKEN_END)
			--*depth;
		if (t.kind == TOKEN_BEGIN && !first) {
			++*depth;
			return (int)at;
		}
	}
	return -ENOENT;
}

int dt_child(const struct dt *dt, int parent, int previous)
{
	int depth = previous < 0 ? 0 : 1;
	int node = previous < 0 ? parent : previous;

	do {
		node = dt_next(dt, node, &depth);
	} while (node >= 0 && depth > 1);
	return depth == 1 ? node : -ENOENT;
}

int dt_parent(const struct dt *dt, int node)
{
	int above[DT_DEPTH_MAX + 1];
	int depth = 0;

	for (int at = dt_root(dt); at >= 0; at = dt_next(dt, at, &depth)) {
		if (depth < 0 || depth > DT_DEPTH_MAX)
			break;
		above[depth] = at;
		if (at == node)
			return depth ? above[depth - 1] : -ENOENT;
	}
	return -ENOENT;
}

/* @name is @want, which may go without its unit address. */
static bool same_name(const char *name, const char *want, size_t length)
{
	if (strlen(name) < length || memcmp(name, want, length))
		return false;
	return !name[length] ||
	       (name[length] == '@' && !memchr(want, '@', length));
}

static size_t path_part(const char *path)
{
	size_t length = 0;

	while (path[length] && path[length] != '/')
		length++;
	return length;
}

int dt_path(const struct dt *dt, const char *path)
{
	int node = dt_root(dt);

	while (node >= 0 && *path++ == '/' && *path) {
		size_t length = path_part(path);
		int child = dt_child(dt, node, -1);

		while (child >= 0 &&
		       !same_name(dt_name(dt, child), path, length))
			child = dt_child(dt, node, child);
		node = child;
		path += length;
	}
	return node;
}

const char *dt_name(const struct dt *dt, int node)
{
	struct token t;

	if (node < 0 || token_at(dt, (uint32_t)node, &t) ||
	    t.kind != TOKEN_BEGIN)
		return "";
	return t.name;
}

bool dt_prop(const struct dt *dt, int node, const char *name,
	     struct dt_prop *prop)
{
	uint32_t at = (uint32_t)node;
	struct token t;

	if (node < 0 || token_at(dt, at, &t))
		return false;
	while (!token_at(dt, at = t.next, &t)) {
		if (t.kind == TOKEN_NOP)
			continue;
		if (t.kind != TOKEN_PROP)
			break;
		if (strcmp(t.name, name))
			continue;
		if (prop)
			*prop = t.value;
		return true;
	}
	return false;
}

int dt_reservation(const struct dt *dt, unsigned int index, struct region *r)
{
	uint64_t at = (uint64_t)dt->reserve + 16ull * index;

	/* dt_open() saw the end of the list; stay inside all the same. */
	if (at + 16 > dt->size || !read64(dt->blob + at + 8))
		return -ENOENT;
	return region_from(r, read64(dt->blob + at),
			   read64(dt->blob + at + 8));
}
