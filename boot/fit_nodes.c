/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattened Image Trees: what a signature must cover. The property
 * hashed-nodes says what was signed, but is not signed itself: who believed
 * it was made to boot other nodes than those that were verified. So the list
 * is made here, of what is used, and hashed-nodes must be the same.
 */
#include "digest.h"
#include "err.h"
#include "fit_nodes.h"
#include "fit_parts.h"
#include "words.h"
#include <string.h>

/* Properties of a configuration that name images. */
static const char *const uses[] = {
	"kernel", "ramdisk", "fdt", "loadables", "script",
};

static int add(struct fit_nodes *nodes, int node, const char **why)
{
	unsigned int at = nodes->count;

	while (at && nodes->node[at - 1] > node)
		at--;
	if (at && nodes->node[at - 1] == node)
		return 0;
	*why = WORDS("a configuration has more than 256 nodes to sign: make "
		     "the FIT with fewer images");
	if (nodes->count == FIT_NODES_MAX)
		return -ENOSPC;
	memmove(&nodes->node[at + 1], &nodes->node[at],
		(nodes->count - at) * sizeof(nodes->node[0]));
	nodes->node[at] = node;
	nodes->count++;
	return 0;
}

static bool is_strong(const struct dt *dt, int node)
{
	const char *algorithm;

	return !fit_text(dt, node, "algo", &algorithm) &&
	       digest_is_strong(algorithm);
}

/* An image and its hashes. */
static int add_image(const struct dt *dt, int image, struct fit_nodes *nodes,
		     const char **why)
{
	int node = dt_child(dt, image, -1), err = add(nodes, image, why);
	bool strong = false;

	for (; node >= 0 && !err; node = dt_child(dt, image, node)) {
		if (!fit_is_hash(dt, node))
			continue;
		strong = strong || is_strong(dt, node);
		err = add(nodes, node, why);
	}
	if (err)
		return err;
	*why = WORDS("an image has no hash that a signature can rely on: give "
		     "it one by sha256, sha384 or sha512, and sign again");
	return strong ? 0 : -EINVAL;
}

static int add_images(const struct dt *dt, struct dt_prop list,
		      struct fit_nodes *nodes, const char **why)
{
	const int images = fit_child(dt, dt_root(dt), "images");
	const char *name;
	int err = 0, node;

	while (!err && list.size) {
		name = fit_next(&list);
		node = name ? fit_child(dt, images, name) : -ENOENT;
		*why = WORDS("a configuration names an image that is not "
			     "there: make the FIT again");
		err = node < 0 ? -ENOENT : add_image(dt, node, nodes, why);
	}
	return err;
}

int fit_nodes(const struct dt *dt, int configuration,
	      struct fit_nodes *nodes, const char **why)
{
	struct dt_prop list;
	int err;

	nodes->count = 0;
	err = add(nodes, dt_root(dt), why);
	if (!err)
		err = add(nodes, configuration, why);
	for (size_t i = 0; i < ARRAY_SIZE(uses) && !err; i++)
		if (dt_prop(dt, configuration, uses[i], &list))
			err = add_images(dt, list, nodes, why);
	return err;
}

/* The node with exactly this path; none of its names is longer than a path. */
static int node_at(const struct dt *dt, const char *path)
{
	char name[DT_NODE_NAME_MAX + 1];
	int node = *path == '/' ? dt_root(dt) : -ENOENT;

	while (node >= 0 && path[0] && path[1]) {
		const size_t length = strcspn(++path, "/");

		if (length > DT_NODE_NAME_MAX)
			return -ENOENT;
		memcpy(name, path, length);
		name[length] = '\0';
		node = fit_child(dt, node, name);
		path += length;
	}
	return node;
}

static bool note_listed(struct fit_nodes *nodes, int node)
{
	for (unsigned int i = 0; i < nodes->count; i++)
		if (nodes->node[i] == node)
			return nodes->listed[i] = true;
	return false;
}

int fit_nodes_listed(const struct dt *dt, struct dt_prop list,
		     struct fit_nodes *nodes, const char **why)
{
	const char *path;

	memset(nodes->listed, 0, sizeof(nodes->listed));
	for (unsigned int i = 0; list.size; i++) {
		path = fit_next(&list);
		*why = WORDS("hashed-nodes of a signature names what is not "
			     "booted: do not trust it");
		if (i == 2 * FIT_NODES_MAX || !path ||
		    !note_listed(nodes, node_at(dt, path)))
			return -EINVAL;
	}
	*why = WORDS("a signature leaves out an image that is booted: name all "
		     "in sign-images (\"kernel\", \"ramdisk\", \"fdt\"), and "
		     "sign again");
	for (unsigned int i = 0; i < nodes->count; i++)
		if (!nodes->listed[i])
			return -EINVAL;
	return 0;
}
