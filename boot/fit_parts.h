/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the FIT reader share. */
#ifndef FIT_PARTS_H
#define FIT_PARTS_H

#include "fit.h"

#define FIT_ARCH	"arm64"

/* A tree, and the file that it begins. */
struct fit {
	const struct dt *dt;
	uint64_t file_size;
};

/* What an image is wanted for. */
struct fit_use {
	const char *type, *other_type;	/* that it may have */
	const char *os;			/* that it must have, if any; or NULL */
	bool needs_arch;
};

/*
 * The child of @parent that is called exactly @name: no unit address is left
 * out, no path is followed. Return: the node, -ENOENT.
 */
int fit_child(const struct dt *dt, int parent, const char *name);

/*
 * Property @name of @node as exactly one string.
 * Return: 0, -ENOENT (no such property), -EINVAL.
 */
int fit_text(const struct dt *dt, int node, const char *name,
	     const char **text);

/* Is @node, a child of an image, a hash of its bytes? */
bool fit_is_hash(const struct dt *dt, int node);

/* The next string of @list, which moves on; NULL at the end or if damaged. */
const char *fit_next(struct dt_prop *list);

/*
 * Find the image called @name and say where its bytes are.
 * Return: 0, and as fit_choose().
 */
int fit_image(const struct fit *fit, const char *name,
	      const struct fit_use *use, struct fit_image *image,
	      const char **why);

/*
 * The configuration that is for @machine, by the most specific string.
 * Return: the node, -ENOENT.
 */
int fit_match(const struct dt *dt, int configurations,
	      const struct dt *machine);

#endif
