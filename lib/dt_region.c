/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device tree reader: which bytes of a tree a signature covers. As U-Boot's
 * tools have it (FIT signature, "hashed-nodes"): a node that is listed counts
 * with its properties, except for those that say where data are; its children
 * count with their names only; everything else does not count, save the token
 * at the very end. Node by node is told by place, never by name.
 */
#include "dt_token.h"
#include "err.h"

/* How much of a node counts. */
enum cover { NOTHING, NAME, ALL };

struct walk {
	const struct dt *dt;
	const struct dt_signed *what;
	unsigned int next;		/* of what->nodes */
	unsigned int depth;
	uint8_t cover[DT_DEPTH_MAX + 1];	/* by depth; 0: outside */
};

/* What external data change, and the data, which have hashes of their own. */
static bool is_data(const char *name)
{
	return !strcmp(name, "data") || !strcmp(name, "data-size") ||
	       !strcmp(name, "data-position") || !strcmp(name, "data-offset");
}

static void enter(struct walk *walk, uint32_t at)
{
	const struct dt_signed *what = walk->what;
	enum cover above = walk->cover[walk->depth], cover;

	if (walk->next < what->count && what->nodes[walk->next] == (int)at) {
		cover = ALL;
		walk->next++;
	} else {
		cover = above == ALL ? NAME : NOTHING;
	}
	/* dt_open() has counted the depth. */
	walk->cover[++walk->depth] = cover;
}

/* Is the name, with its NUL, one of the signed strings? */
static bool name_is_signed(const struct walk *walk, const char *name)
{
	const char *strings = (const char *)walk->dt->blob + walk->dt->strings;

	return (uint64_t)(name - strings) + strlen(name) <
	       walk->what->strings_size;
}

/* Return: whether the token counts, -EINVAL. */
static int judge(struct walk *walk, uint32_t at, const struct dt_token *t)
{
	enum cover cover;

	if (t->kind == TOKEN_BEGIN)
		enter(walk, at);
	cover = walk->cover[walk->depth];
	switch (t->kind) {
	case TOKEN_BEGIN:
		return cover != NOTHING;
	case TOKEN_END:
		walk->depth--;
		return cover != NOTHING;
	case TOKEN_PROP:
		if (cover != ALL || is_data(t->name))
			return false;
		return name_is_signed(walk, t->name) ? true : -EINVAL;
	case TOKEN_STOP:
		return true;
	default:
		return cover == ALL;
	}
}

int dt_region(const struct dt *dt, const struct dt_signed *what,
	      void (*take)(void *context, const void *data, uint64_t size),
	      void *context)
{
	struct walk walk = { .dt = dt, .what = what };
	struct dt_token t = { 0 };
	uint32_t from = dt->structs, at = dt->structs;

	for (; t.kind != TOKEN_STOP; at = t.next) {
		int counts = dt_token(dt, at, &t);

		if (!counts)
			counts = judge(&walk, at, &t);
		if (counts < 0)
			return counts;
		if (counts)
			continue;
		if (at > from)
			take(context, dt->blob + from, at - from);
		from = t.next;
	}
	if (walk.next != what->count)
		return -EINVAL;
	take(context, dt->blob + from, at - from);
	take(context, dt->blob + dt->strings, what->strings_size);
	return 0;
}
