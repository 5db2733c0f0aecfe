/* SPDX-License-Identifier: BSD-2-Clause */
/* The device tree reader: is it one, and is every token of it right? */
#include "dt_token.h"
#include "err.h"
#include "words.h"
#include <string.h>

/* Enough for every board that there is, and searched in no time. */
#define DT_NAME_MAX	256u	/* bytes of a property's name with its NUL */
#define TOKENS_MAX	(128 * SZ_1K)

enum header { MAGIC, TOTALSIZE, OFF_STRUCT, OFF_STRINGS, OFF_RESERVE, VERSION,
	      LAST_COMP, BOOT_CPU, SIZE_STRINGS, SIZE_STRUCT };

static uint32_t header(const uint8_t *blob, enum header field)
{
	return dt_read32(blob + 4 * field);
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

/* How far the name of a property at @at may reach. */
static uint32_t name_end(const struct dt *dt, uint32_t at)
{
	if (!IS_ENABLED(CONFIG_FORMAT_FIT) ||
	    dt->strings_end - at <= dt->name_max)
		return dt->strings_end;
	return at + dt->name_max;
}

static int begin_token(const struct dt *dt, uint32_t at, struct dt_token *t)
{
	int length = bounded_length(dt, at, dt->structs_end);

	if (length < 0)
		return length;
	t->name = (const char *)dt->blob + at;
	t->next = (uint32_t)ALIGN_UP(at + (uint32_t)length + 1, 4);
	return 0;
}

static int prop_token(const struct dt *dt, uint32_t at, struct dt_token *t)
{
	uint32_t size, name;

	if (dt->structs_end - at < 8)
		return -EINVAL;
	size = dt_read32(dt->blob + at);
	name = dt_read32(dt->blob + at + 4);
	at += 8;
	if (size > dt->structs_end - at ||
	    name >= dt->strings_end - dt->strings ||
	    bounded_length(dt, dt->strings + name,
			   name_end(dt, dt->strings + name)) < 0)
		return -EINVAL;
	t->name = (const char *)dt->blob + dt->strings + name;
	t->value = (struct dt_prop){ dt->blob + at, size };
	t->next = (uint32_t)ALIGN_UP(at + size, 4);
	return 0;
}

int dt_token(const struct dt *dt, uint32_t at, struct dt_token *t)
{
	if (at > dt->structs_end || dt->structs_end - at < 4)
		return -EINVAL;
	t->kind = dt_read32(dt->blob + at);
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
		if (!dt_read64(dt->blob + at + 8))
			return NULL;
	return WORDS("its memory reservations have no end");
}

static const char *check_tokens(const struct dt *dt, uint32_t most)
{
	uint32_t at = dt->structs;
	struct dt_token t;
	int depth = 0;
	bool child = false;	/* properties stand before child nodes */

	for (; !dt_token(dt, at, &t); at = t.next) {
		/* The root begins here, and nothing follows it. */
		if ((at == dt->structs) != (t.kind == TOKEN_BEGIN && !depth))
			break;
		if (!most--)
			return WORDS("it has too many nodes and properties");
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

/* All but the tokens. */
static int open_header(struct dt *dt, const void *blob, uint64_t room,
		       uint64_t max, const char **why)
{
	*dt = (struct dt){ .blob = blob, .name_max = DT_NAME_MAX };
	*why = WORDS("there is no device tree header");
	if (room < DT_HEADER_SIZE || header(blob, MAGIC) != DT_MAGIC)
		return -ENOEXEC;
	dt->size = header(blob, TOTALSIZE);
	if (dt->size < DT_HEADER_SIZE || dt->size > max || dt->size > room) {
		*why = WORDS("its totalsize is beyond 2 MiB or beyond its place");
		return -ERANGE;
	}
	*why = check_header(dt);
	return *why ? -EINVAL : 0;
}

static int open_tree(struct dt *dt, const void *blob, uint64_t room,
		     uint64_t max, const char **why)
{
	if (!IS_ALIGNED((uintptr_t)blob, DT_ALIGN)) {
		*why = WORDS("its address is not a multiple of 8");
		return -EINVAL;
	}
	return open_header(dt, blob, room, max, why);
}

static int check_rest(struct dt *dt, uint32_t most, const char **why)
{
	*why = check_reservations(dt);
	if (!*why)
		*why = check_tokens(dt, most);
	dt->checked = !*why;
	return *why ? -EINVAL : 0;
}

int dt_open(struct dt *dt, const void *blob, uint64_t room, const char **why)
{
	int err = open_tree(dt, blob, room, DT_SIZE_MAX, why);

	dt->name_max = UINT32_MAX;
	return err ? err : check_rest(dt, UINT32_MAX, why);
}

int dt_open_sized(struct dt *dt, const void *blob, uint64_t room,
		  uint64_t max, const char **why)
{
	/* A node is an int. */
	int err = open_tree(dt, blob, room, max < INT32_MAX ? max : INT32_MAX,
			    why);

	return err ? err : check_rest(dt, TOKENS_MAX, why);
}

int dt_open_inside(struct dt *dt, struct dt_prop value, const char **why)
{
	return open_header(dt, value.data, value.size, DT_SIZE_MAX, why);
}
