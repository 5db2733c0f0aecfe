/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattened Image Trees: open one, and see to it that it says each thing once.
 * Two nodes or properties of the same name, and names that go without their
 * unit address, are how a loader was made to boot another image than the one
 * that it had verified.
 */
#include "err.h"
#include "fit_parts.h"
#include "noinit.h"
#include "words.h"
#include <string.h>

#define MAGIC		0xd00dfeedu
#define CHILDREN_MAX	4096u	/* of /images: Linux has a tree for each board */
#define NAMES_MAX	64u	/* properties, or children of other nodes */
#define LENGTH_MAX	255u	/* of a name */

/* The names below one node: too many for the stack. */
static noinit const char *names[CHILDREN_MAX];

uint64_t fit_tree_size(const void *head)
{
	uint32_t magic, size;

	memcpy(&magic, head, sizeof(magic));
	memcpy(&size, (const uint8_t *)head + 4, sizeof(size));
	size = __builtin_bswap32(size);
	if (__builtin_bswap32(magic) != MAGIC || size < FIT_HEAD ||
	    size > INT32_MAX)
		return 0;
	return size;
}

int fit_child(const struct dt *dt, int parent, const char *name)
{
	int node = dt_child(dt, parent, -1);

	while (node >= 0 && strcmp(dt_name(dt, node), name))
		node = dt_child(dt, parent, node);
	return node;
}

const char *fit_next(struct dt_prop *list)
{
	const char *text = (const char *)list->data;
	const uint8_t *nul = memchr(list->data, 0, list->size);

	if (!nul)
		return NULL;
	list->size -= (uint32_t)(nul + 1 - list->data);
	list->data = nul + 1;
	return text;
}

int fit_text(const struct dt *dt, int node, const char *name,
	     const char **text)
{
	struct dt_prop prop;

	if (!dt_prop(dt, node, name, &prop))
		return -ENOENT;
	*text = fit_next(&prop);
	return *text && !prop.size ? 0 : -EINVAL;
}

/* @name is the next of @count. */
static const char *check_name(const char *name, unsigned int count,
			      unsigned int most)
{
	if (count == most)
		return WORDS("it has too many nodes and properties");
	if (strlen(name) > LENGTH_MAX)
		return WORDS("a name is longer than 255 characters");
	for (unsigned int i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return WORDS("two of its nodes or properties have the "
				     "same name: do not trust it");
	names[count] = name;
	return NULL;
}

static const char *check_properties(const struct dt *dt, int node)
{
	const char *name, *bad = NULL;
	struct dt_prop prop;

	for (unsigned int i = 0;
	     !bad && (name = dt_prop_number(dt, node, i, &prop)); i++)
		bad = check_name(name, i, NAMES_MAX);
	return bad;
}

static const char *check_children(const struct dt *dt, int node,
				  unsigned int most)
{
	int child = dt_child(dt, node, -1);
	const char *bad = NULL;

	for (unsigned int i = 0; !bad && child >= 0; i++) {
		bad = check_name(dt_name(dt, child), i, most);
		child = dt_child(dt, node, child);
	}
	return bad;
}

static const char *check_names(const struct dt *dt)
{
	const char *bad = NULL;
	int depth = 0;

	for (int node = dt_root(dt); !bad && node >= 0;
	     node = dt_next(dt, node, &depth)) {
		bad = check_properties(dt, node);
		if (!bad)
			bad = check_children(dt, node, depth == 1 ?
					     CHILDREN_MAX : NAMES_MAX);
	}
	return bad;
}

/* The children of @parent are known by their whole names. */
static const char *check_addresses(const struct dt *dt, int parent)
{
	int child = parent < 0 ? parent : dt_child(dt, parent, -1);

	for (; child >= 0; child = dt_child(dt, parent, child))
		if (strchr(dt_name(dt, child), '@'))
			return WORDS("an image or a configuration has a unit "
				     "address: name it without the @");
	return NULL;
}

int fit_open(struct dt *dt, const void *blob, uint64_t room, const char **why)
{
	int err = dt_open_sized(dt, blob, room, INT32_MAX, why), images;

	if (err == -ERANGE) {
		*why = WORDS("the file is shorter than its tree: copy it again");
		return -EINVAL;
	}
	if (err)
		return err;
	images = fit_child(dt, dt_root(dt), "images");
	if (images < 0) {
		*why = WORDS("a device tree without images: give a FIT");
		return -ENOEXEC;
	}
	*why = check_names(dt);
	if (!*why)
		*why = check_addresses(dt, images);
	if (!*why)
		*why = check_addresses(dt, fit_child(dt, dt_root(dt),
						     "configurations"));
	return *why ? -EINVAL : 0;
}
