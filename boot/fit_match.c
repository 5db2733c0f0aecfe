/* SPDX-License-Identifier: BSD-2-Clause */
/* Flattened Image Trees: which configuration is the one for this machine. */
#include "err.h"
#include "fit_parts.h"
#include <string.h>

#define COMPARED_MAX	1024u	/* bytes of a compatible that are looked at */

/* The beginning of a list, with whole strings only. */
static struct dt_prop beginning(struct dt_prop list)
{
	if (list.size > COMPARED_MAX)
		list.size = COMPARED_MAX;
	return list;
}

static bool has_string(struct dt_prop list, const char *text)
{
	const char *it;

	while ((it = fit_next(&list)))
		if (!strcmp(it, text))
			return true;
	return false;
}

/* Which string of @machine is the first that @list has, too? */
static unsigned int rank_of(struct dt_prop list, struct dt_prop machine)
{
	const char *text;
	unsigned int rank = 0;

	while ((text = fit_next(&machine)) && !has_string(list, text))
		rank++;
	return text ? rank : UINT32_MAX;
}

/*
 * What the root of a configuration's device tree says, if that can be read
 * where it lies.
 */
static bool from_tree(const struct dt *dt, int configuration,
		      struct dt_prop *list)
{
	struct dt_prop names, data;
	const char *name, *why;
	struct dt inner;
	int node;

	if (!dt_prop(dt, configuration, "fdt", &names))
		return false;
	name = fit_next(&names);
	if (!name)
		return false;
	node = fit_child(dt, fit_child(dt, dt_root(dt), "images"), name);
	if (node < 0 || !dt_prop(dt, node, "data", &data) ||
	    (dt_prop(dt, node, "compression", NULL) &&
	     !dt_prop_is(dt, node, "compression", "none")))
		return false;
	return !dt_open_inside(&inner, data, &why) &&
	       dt_prop(&inner, dt_root(&inner), "compatible", list);
}

int fit_match(const struct dt *dt, int configurations,
	      const struct dt *machine)
{
	struct dt_prop wanted, list;
	unsigned int best = UINT32_MAX;
	int node = dt_child(dt, configurations, -1), found = -ENOENT;

	if (!machine || !dt_prop(machine, dt_root(machine), "compatible",
				 &wanted))
		return -ENOENT;
	for (; node >= 0; node = dt_child(dt, configurations, node)) {
		unsigned int rank;

		if (!dt_prop(dt, node, "compatible", &list) &&
		    !from_tree(dt, node, &list))
			continue;
		rank = rank_of(beginning(list), beginning(wanted));
		if (rank >= best)
			continue;
		best = rank;
		found = node;
	}
	return found;
}
