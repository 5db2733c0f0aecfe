/* SPDX-License-Identifier: BSD-2-Clause */
/* The nodes that a signature of a configuration must cover. */
#ifndef FIT_NODES_H
#define FIT_NODES_H

#include "fit.h"

#define FIT_NODES_MAX	256u

struct fit_nodes {
	unsigned int count;
	int node[FIT_NODES_MAX];	/* ascending */
	bool listed[FIT_NODES_MAX];	/* hashed-nodes names it */
};

/*
 * The root, the configuration, all images that it names, and their hashes.
 * Each image must have a hash that nobody can forge.
 * Return: 0, -EINVAL, -ENOENT, -ENOSPC, with @why.
 */
int fit_nodes(const struct dt *dt, int configuration,
	      struct fit_nodes *nodes, const char **why);

/*
 * Does @list, the property hashed-nodes of a signature, name exactly these?
 * Return: 0, -EINVAL, with @why.
 */
int fit_nodes_listed(const struct dt *dt, struct dt_prop list,
		     struct fit_nodes *nodes, const char **why);

#endif
