/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Overlays, by libfdt, which only says that something was not found: who
 * wants what is looked for before (dtc, Documentation/dt-object-internal.txt).
 */
#include "dt_edit.h"
#include "err.h"
#include <libfdt.h>
#include <string.h>

/* The first part of "/fragment@0/__overlay__:target:0", in its place. */
static const char *fragment_of(struct dt_prop uses)
{
	const char *text = dt_string(uses, 0);

	return text && *text == '/' ? text : "it";
}

/* A label of @overlay that the tree's __symbols__ do not have. */
static bool lacks_label(const void *tree, const struct dt *overlay,
			struct dt_blame *blame)
{
	const int symbols = fdt_path_offset(tree, "/__symbols__");
	const int fixups = dt_path(overlay, "/__fixups__");
	struct dt_prop uses;
	const char *label;

	if (fixups < 0)
		return false;
	for (unsigned int i = 0;
	     (label = dt_prop_number(overlay, fixups, i, &uses)); i++) {
		if (symbols >= 0 && fdt_getprop(tree, symbols, label, NULL))
			continue;
		blame->fragment = fragment_of(uses);
		blame->symbol = label;
		return true;
	}
	return false;
}

/* A target-path of @overlay that is not in the tree. */
static bool lacks_path(const void *tree, const struct dt *overlay,
		       struct dt_blame *blame)
{
	const int root = dt_root(overlay);
	int node = dt_child(overlay, root, -1);
	struct dt_prop prop;

	for (; node >= 0; node = dt_child(overlay, root, node)) {
		const char *path;

		if (!dt_prop(overlay, node, "target-path", &prop))
			continue;
		path = dt_string(prop, 0);
		if (path && fdt_path_offset(tree, path) >= 0)
			continue;
		blame->fragment = dt_name(overlay, node);
		blame->path = path ? path : "(no text)";
		return true;
	}
	return false;
}

/* Property @at of the list of places, and the same property of @node. */
static bool places_fit(const void *top, int at, int node)
{
	const char *name;
	int size, length;
	const fdt32_t *places = fdt_getprop_by_offset(top, at, &name, &size);

	if (!places || !strcmp(name, "phandle") ||
	    !strcmp(name, "linux,phandle"))
		return false;
	fdt_getprop(top, node, name, &length);
	for (int i = 0; i < size / (int)sizeof(*places); i++)
		if (length < (int)sizeof(*places) ||
		    fdt32_ld(&places[i]) > (uint32_t)length - sizeof(*places))
			return false;
	return true;
}

/*
 * libfdt reads wherever __local_fixups__ say that a reference is. So each must
 * lie in its property; and nothing may change them after that, as libfdt does
 * with a phandle, and with what they themselves name.
 */
static bool locals_fit(const void *top)
{
	const int local = fdt_path_offset(top, "/__local_fixups__");
	int nodes[DT_DEPTH_MAX + 1] = { 0 }, depth = 0, at;

	for (int node = local; node >= 0 && depth >= 0;
	     node = fdt_next_node(top, node, &depth)) {
		if (depth)
			nodes[depth] = fdt_subnode_offset(top, nodes[depth - 1],
						fdt_get_name(top, node, NULL));
		if (nodes[depth] < 0 || nodes[depth] == local)
			return false;
		fdt_for_each_property_offset(at, top, node)
			if (!places_fit(top, at, nodes[depth]))
				return false;
	}
	return true;
}

static int to_err(int code)
{
	return code == -FDT_ERR_NOSPACE ? -ENOSPC : code ? -EINVAL : 0;
}

int dt_overlay(void *blob, size_t room, const struct dt *overlay,
	       struct dt_blame *blame)
{
	void *top = (void *)(uintptr_t)overlay->blob;
	int err;

	if (lacks_label(blob, overlay, blame) ||
	    lacks_path(blob, overlay, blame))
		return -ENOENT;
	if (fdt_check_full(top, overlay->size) || !locals_fit(top))
		return -EINVAL;
	err = to_err(fdt_open_into(blob, blob, (int)room));
	if (!err)
		err = to_err(fdt_overlay_apply(blob, top));
	return err ? err : to_err(fdt_pack(blob));
}
