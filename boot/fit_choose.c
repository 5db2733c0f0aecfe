/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattened Image Trees: choose a configuration, and read all its images
 * once. What was chosen is remembered by node, so that whatever verifies it
 * later looks at the same node, not for the same name.
 */
#include "err.h"
#include "fit_parts.h"
#include "words.h"
#include <string.h>

#define LOADABLES_MAX	16u

static const struct fit_use as_kernel = {
	.type = "kernel", .other_type = "kernel_noload", .os = "linux",
	.needs_arch = true,
};
static const struct fit_use as_initrd = {
	.type = "ramdisk", .other_type = "ramdisk",
};
static const struct fit_use as_tree = {
	.type = "flat_dt", .other_type = "flat_dt",
};

static int find_default(const struct dt *dt, int configurations,
			const char **why)
{
	const char *name;
	int err = fit_text(dt, configurations, "default", &name);

	*why = WORDS("it has no configurations: make the FIT again");
	if (err == -ENOENT)
		return dt_child(dt, configurations, -1);
	*why = WORDS("the default configuration is not there: name another");
	return err ? err : fit_child(dt, configurations, name);
}

static int find_configuration(const struct dt *dt, const char *want,
			      const struct dt *machine, const char **why)
{
	int configurations = fit_child(dt, dt_root(dt), "configurations");
	int node;

	*why = WORDS("it has no configurations: make the FIT again");
	if (configurations < 0)
		return -ENOENT;
	*why = WORDS("it has no configuration of that name: see the names with "
		     "mkimage -l");
	if (want && *want)
		return fit_child(dt, configurations, want);
	node = fit_match(dt, configurations, machine);
	return node >= 0 ? node : find_default(dt, configurations, why);
}

/* The one image that @property names; there may be none. */
static int read_one(const struct fit *fit, int configuration,
		    const char *property, const struct fit_use *use,
		    struct fit_image *image, const char **why)
{
	const char *name;
	int err = fit_text(fit->dt, configuration, property, &name);

	*why = WORDS("a configuration does not name its images one by one: "
		     "make the FIT again");
	return err ? err : fit_image(fit, name, use, image, why);
}

/* The device tree, then its overlays. */
static int read_trees(const struct fit *fit, int configuration,
		      struct fit_choice *choice, const char **why)
{
	struct fit_image *image = &choice->devicetree;
	struct dt_prop list;
	int err = 0;

	if (!dt_prop(fit->dt, configuration, "fdt", &list))
		return 0;
	do {
		const char *name = fit_next(&list);

		*why = WORDS("the list of device trees is damaged: make the "
			     "FIT again");
		if (!name)
			return -EINVAL;
		*why = WORDS("a configuration has more than 8 overlays: merge "
			     "some");
		if (!image)
			return -ENOSPC;
		err = fit_image(fit, name, &as_tree, image, why);
		if (image != &choice->devicetree)
			choice->overlay_count++;
		image = choice->overlay_count < FIT_OVERLAYS ?
			&choice->overlay[choice->overlay_count] : NULL;
	} while (!err && list.size);
	return err;
}

/* File systems are for the kernel; whatever else shall be loaded is not. */
static int check_loadables(const struct dt *dt, int configuration)
{
	const int images = fit_child(dt, dt_root(dt), "images");
	struct dt_prop list;
	const char *name;

	if (!dt_prop(dt, configuration, "loadables", &list))
		return 0;
	for (unsigned int i = 0; list.size; i++) {
		name = fit_next(&list);
		if (!name || i == LOADABLES_MAX ||
		    !dt_prop_is(dt, fit_child(dt, images, name), "type",
				"filesystem"))
			return -ENOTSUP;
	}
	return 0;
}

static int check_wishes(const struct dt *dt, int configuration,
			const char **why)
{
	*why = WORDS("a configuration wants firmware, an FPGA image or "
		     "loadables, which are not loaded: choose another");
	if (dt_prop(dt, configuration, "firmware", NULL) ||
	    dt_prop(dt, configuration, "fpga", NULL))
		return -ENOTSUP;
	return check_loadables(dt, configuration);
}

/* No byte of the file is two things. */
static int check_overlaps(const struct fit_choice *choice, const char **why)
{
	const struct fit_image *images[3 + FIT_OVERLAYS] = {
		&choice->kernel, &choice->initrd, &choice->devicetree,
	};
	unsigned int count = 3;

	for (unsigned int i = 0; i < choice->overlay_count; i++)
		images[count++] = &choice->overlay[i];
	*why = WORDS("data of two images overlap: make the FIT again");
	for (unsigned int i = 0; i < count; i++)
		for (unsigned int j = 0; j < i; j++)
			if (region_overlaps(images[i]->where, images[j]->where))
				return -EINVAL;
	return 0;
}

static int read_images(const struct fit *fit, int node,
		       struct fit_choice *choice, const char **why)
{
	int err = check_wishes(fit->dt, node, why);

	if (err)
		return err;
	err = read_one(fit, node, "kernel", &as_kernel, &choice->kernel, why);
	if (err == -ENOENT && !dt_prop(fit->dt, node, "kernel", NULL))
		*why = WORDS("a configuration has no kernel: choose another");
	if (err)
		return err;
	if (dt_prop(fit->dt, node, "ramdisk", NULL))
		err = read_one(fit, node, "ramdisk", &as_initrd,
			       &choice->initrd, why);
	if (!err)
		err = read_trees(fit, node, choice, why);
	return err ? err : check_overlaps(choice, why);
}

int fit_choose(const struct dt *dt, uint64_t file_size, const char *want,
	       const struct dt *machine, struct fit_choice *choice,
	       const char **why)
{
	const struct fit fit = { dt, file_size };
	int node = find_configuration(dt, want, machine, why);

	memset(choice, 0, sizeof(*choice));
	choice->kernel.node = choice->initrd.node = -ENOENT;
	choice->devicetree.node = choice->node = -ENOENT;
	if (node < 0)
		return node;
	if (strlen(dt_name(dt, node)) >= FIT_NAME_MAX) {
		*why = WORDS("a configuration's name is longer than 63 "
			     "characters: give it a shorter one");
		return -EINVAL;
	}
	strcpy(choice->configuration, dt_name(dt, node));
	choice->node = node;
	return read_images(&fit, node, choice, why);
}
