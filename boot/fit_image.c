/* SPDX-License-Identifier: BSD-2-Clause */
/* Flattened Image Trees: one image, what it is, and where its bytes are. */
#include "err.h"
#include "fit_parts.h"
#include "words.h"
#include <string.h>

/* A property that must be @want if it is there at all. */
static int check_text(const struct dt *dt, int node, const char *name,
		      const char *want)
{
	const char *text;
	int err = fit_text(dt, node, name, &text);

	if (err)
		return err;
	return strcmp(text, want) ? -ENOTSUP : 0;
}

static int check_type(const struct dt *dt, int node,
		      const struct fit_use *use, const char **why)
{
	int err = check_text(dt, node, "type", use->type);

	if (err == -ENOTSUP)
		err = check_text(dt, node, "type", use->other_type);
	*why = WORDS("an image is of another type than it is used for: see "
		     "its node, or choose another configuration");
	return err == -ENOENT ? -EINVAL : err;
}

static int check_kind(const struct dt *dt, int node,
		      const struct fit_use *use, const char **why)
{
	int err = check_type(dt, node, use, why);

	if (err)
		return err;
	err = check_text(dt, node, "arch", FIT_ARCH);
	*why = WORDS("an image is not for arm64: choose another configuration");
	if (err && (use->needs_arch || err != -ENOENT))
		return err == -ENOENT ? -EINVAL : err;
	err = use->os ? check_text(dt, node, "os", use->os) : 0;
	*why = WORDS("the kernel is none of Linux: choose another configuration");
	if (err && err != -ENOENT)
		return err;
	*why = WORDS("an image is encrypted: put it in as it is");
	return fit_child(dt, node, "cipher") >= 0 ? -ENOTSUP : 0;
}

/* A number that may be absent, which is then 0. */
static int optional(const struct dt *dt, int node, const char *name,
		    uint64_t *value)
{
	struct dt_prop prop;

	*value = 0;
	return dt_prop(dt, node, name, &prop) ? dt_number(prop, value) : 0;
}

static int read_facts(const struct dt *dt, int node, struct fit_image *image,
		      const char **why)
{
	int err = fit_text(dt, node, "compression", &image->compression);

	*why = WORDS("an image's compression is no text: see its node");
	if (err == -ENOENT)
		image->compression = "none";
	else if (err)
		return err;
	*why = WORDS("an image's load or entry is not of 4 or 8 bytes");
	err = optional(dt, node, "load", &image->load);
	return err ? err : optional(dt, node, "entry", &image->entry);
}

/* Bytes in the tree are bytes of the file: it begins with the tree. */
static int find_inside(const struct fit *fit, struct dt_prop data,
		       struct region *where, const char **why)
{
	*why = WORDS("the file is shorter than its tree: copy it again");
	return region_slice(where, region_of(0, fit->file_size),
			    (uint64_t)(data.data - fit->dt->blob), data.size);
}

/*
 * data-offset counts from the end of the tree, rounded up to 4; data-position
 * from the start of the file.
 */
static int find_outside(const struct fit *fit, int node, struct region *where,
			const char **why)
{
	const uint64_t tree = ALIGN_UP((uint64_t)fit->dt->size, 4);
	struct region rest = region_of(0, fit->file_size);
	struct dt_prop offset, position, length;
	uint64_t at, size;
	bool relative = dt_prop(fit->dt, node, "data-offset", &offset);
	bool absolute = dt_prop(fit->dt, node, "data-position", &position);

	*why = WORDS("an image does not say in one way where its data are: "
		     "make the FIT again");
	if (relative == absolute ||
	    !dt_prop(fit->dt, node, "data-size", &length) ||
	    dt_number(absolute ? position : offset, &at) ||
	    dt_number(length, &size))
		return -EINVAL;
	*why = WORDS("data of an image lie outside of the file: copy it again");
	if (region_slice(&rest, rest, tree, rest.size - tree))
		return -ERANGE;
	if (absolute && at < tree) {
		*why = WORDS("data of an image lie in the tree: make the FIT "
			     "again");
		return -EINVAL;
	}
	return region_slice(where, rest, absolute ? at - tree : at, size);
}

static int find_data(const struct fit *fit, int node, struct region *where,
		     const char **why)
{
	struct dt_prop data;
	int err;

	*why = WORDS("an image has data in the tree and behind it: make the "
		     "FIT again");
	if (!dt_prop(fit->dt, node, "data", &data))
		err = find_outside(fit, node, where, why);
	else if (!dt_prop(fit->dt, node, "data-offset", NULL) &&
		 !dt_prop(fit->dt, node, "data-position", NULL))
		err = find_inside(fit, data, where, why);
	else
		return -EINVAL;
	if (!err && !where->size) {
		*why = WORDS("an image has no data: make the FIT again");
		err = -EINVAL;
	}
	return err;
}

int fit_image(const struct fit *fit, const char *name,
	      const struct fit_use *use, struct fit_image *image,
	      const char **why)
{
	const int images = fit_child(fit->dt, dt_root(fit->dt), "images");
	int err;

	image->node = fit_child(fit->dt, images, name);
	*why = WORDS("a configuration names an image that is not there: choose "
		     "another, or make the FIT again");
	if (image->node < 0)
		return -ENOENT;
	err = check_kind(fit->dt, image->node, use, why);
	if (!err)
		err = read_facts(fit->dt, image->node, image, why);
	return err ? err : find_data(fit, image->node, &image->where, why);
}
