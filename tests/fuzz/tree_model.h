/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A device tree as plain lists, for the fuzzer of edits: changed by the same
 * edits, compared with the result.
 */
#ifndef TREE_MODEL_H
#define TREE_MODEL_H

#include "dt_edit.h"
#include "err.h"
#include <stdlib.h>
#include <string.h>

#define MODEL_NODES	160
#define MODEL_PROPS	1200
#define MODEL_DEPTH	20
#define NODE_PROPS	24
#define PATH_ROOM	1024
#define must(what)	do { if (!(what)) abort(); } while (0)

/* Long ones and equal ones, with and without a unit address. */
static const char *const node_names[] = {
	"a", "a@1", "a@10", "ab", "chosen", "memory@40000000", "memory",
	"n234567890123456789012345678901234567890123456789012345678901234",
	"n23456789012345678901234567890123456789012345678901234567890123",
};

/* The last ones are in no strings block. */
static const char *const prop_names[] = {
	"reg", "a", "status", "compatible", "a-property-with-a-long-name",
	"linux,new", "b", "eg",
};
#define PROP_NAMES_OLD	5u

struct model_prop {
	const char *name;
	uint8_t value[40];
	uint32_t size;
};

struct model_node {
	const char *name;
	int parent;		/* index; -1: the root */
	int handle;		/* what an edit calls it; -1: not known yet */
	bool gone;
	unsigned int prop_count;
	struct model_prop props[NODE_PROPS];
};

/* Nodes in the order of the tree, then those that were added. */
struct model {
	unsigned int node_count, reserve_count;
	struct model_node nodes[MODEL_NODES];
	struct region reserves[DT_EDIT_RESERVES + 8];
};

static struct model_node *model_pick(struct model *m, uint8_t which)
{
	return &m->nodes[which % m->node_count];
}

static void model_remove(struct model_node *node, const char *name)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < node->prop_count; i++)
		if (strcmp(node->props[i].name, name))
			node->props[kept++] = node->props[i];
	node->prop_count = kept;
}

static void model_set(struct model_node *node, const char *name,
		      const uint8_t *value, uint32_t size)
{
	struct model_prop *prop;

	model_remove(node, name);
	must(node->prop_count < NODE_PROPS);
	prop = &node->props[node->prop_count++];
	prop->name = name;
	prop->size = size;
	memcpy(prop->value, value, size);
}

/* It, or a node above it, was removed. */
static bool model_is_gone(const struct model *m, const struct model_node *node)
{
	for (; !node->gone; node = &m->nodes[node->parent])
		if (node->parent < 0)
			return false;
	return true;
}

/* The first @length bytes of @want are a name for @node. */
static bool model_fits(const struct model_node *node, const char *want,
		       size_t length)
{
	if (strncmp(node->name, want, length))
		return false;
	return !node->name[length] ||
	       (node->name[length] == '@' && !memchr(want, '@', length));
}

/*
 * The child that a path means: the first in the old tree, else the first new
 * one; both stand in the list in that order.
 */
static int model_child(const struct model *m, int parent, const char *want,
		       size_t length)
{
	for (unsigned int i = 1; i < m->node_count; i++)
		if (m->nodes[i].parent == parent && !m->nodes[i].gone &&
		    model_fits(&m->nodes[i], want, length))
			return (int)i;
	return -1;
}

/* @last gets what could not be found, if that is the end of the path. */
static int model_walk(const struct model *m, const char *path, int *parent,
		      const char **last)
{
	int here = 0;

	*last = NULL;
	while (*(path += strspn(path, "/"))) {
		const size_t length = strcspn(path, "/");
		const int child = length > DT_NODE_NAME_MAX ? -1 :
				  model_child(m, here, path, length);

		if (child < 0) {
			*parent = here;
			*last = path[length] ? NULL : path;
			return -1;
		}
		here = child;
		path += length;
	}
	return here;
}

static struct model_node *model_find(struct model *m, const char *path)
{
	const char *last;
	int parent, node = model_walk(m, path, &parent, &last);

	return node < 0 ? NULL : &m->nodes[node];
}

/* As dt_edit_node(): NULL if that can neither be found nor be made. */
static struct model_node *model_make(struct model *m, const char *path)
{
	struct model_node *found = model_find(m, path), *node;
	const char *last;
	int parent;

	if (found)
		return found;
	model_walk(m, path, &parent, &last);
	if (!last || strlen(last) > DT_NODE_NAME_MAX)
		return NULL;
	for (size_t i = 0; i < ARRAY_SIZE(node_names); i++)
		if (!strcmp(node_names[i], last))
			last = node_names[i];
	must(m->node_count < MODEL_NODES);
	node = &m->nodes[m->node_count++];
	*node = (struct model_node){ last, parent, -1, false, 0, {} };
	return node;
}

/* Return: false if the path would mean another node, or is too long. */
static bool model_path(struct model *m, const struct model_node *node,
		       char path[PATH_ROOM])
{
	const struct model_node *way[MODEL_DEPTH + DT_EDIT_NODES];
	const struct model_node *at = node;
	unsigned int depth = 0;
	size_t length = 0;

	for (; at->parent >= 0; at = &m->nodes[at->parent]) {
		length += strlen(at->name) + 1;
		if (depth == ARRAY_SIZE(way) || length > PATH_ROOM - 100)
			return false;
		way[depth++] = at;
	}
	*path = '\0';
	while (depth--) {
		strcat(path, "/");
		strcat(path, way[depth]->name);
	}
	return model_find(m, path) == node;
}

static void compare_props(const struct model_node *want, const struct dt *dt,
			  int node)
{
	unsigned int count = 0;
	struct dt_prop prop;

	while (dt_prop_number(dt, node, count, &prop))
		count++;
	must(count == want->prop_count);
	for (unsigned int i = 0; i < want->prop_count; i++) {
		const struct model_prop *first = want->props;

		while (strcmp(first->name, want->props[i].name))
			first++;
		must(dt_prop(dt, node, first->name, &prop));
		must(prop.size == first->size &&
		     !memcmp(prop.data, first->value, prop.size));
	}
}

/* The children of @parent that are left: the new ones stand first. */
static int model_next(const struct model *m, int parent, int previous)
{
	const bool was_old = previous >= 0 &&
			     m->nodes[previous].handle < DT_EDIT_NEW;

	for (unsigned int old = was_old; old < 2; old++, previous = -1)
		for (unsigned int i = (unsigned int)(previous + 1);
		     i < m->node_count; i++)
			if (m->nodes[i].parent == parent && !m->nodes[i].gone &&
			    (m->nodes[i].handle < DT_EDIT_NEW) == old)
				return (int)i;
	return -1;
}

/* Behind @node and all below it, in the order of the tree; -1: none. */
static int model_after(const struct model *m, int node, int *depth)
{
	int next = model_next(m, node, -1);

	++*depth;
	while (next < 0 && node >= 0) {
		const int parent = m->nodes[node].parent;

		--*depth;
		next = parent < 0 ? -1 : model_next(m, parent, node);
		node = parent;
	}
	return next;
}

static void model_compare(const struct model *m, const struct dt *dt)
{
	int node = dt_root(dt), depth = 0, want = 0, want_depth = 0;
	struct region r;
	unsigned int i;

	while (want >= 0) {
		must(node >= 0 && depth == want_depth);
		must(!strcmp(dt_name(dt, node), m->nodes[want].name));
		compare_props(&m->nodes[want], dt, node);
		node = dt_next(dt, node, &depth);
		want = model_after(m, want, &want_depth);
	}
	must(node < 0);
	for (i = 0; !dt_reservation(dt, i, &r); i++)
		must(i < m->reserve_count && r.base == m->reserves[i].base &&
		     r.size == m->reserves[i].size);
	must(i == m->reserve_count);
}

#endif
