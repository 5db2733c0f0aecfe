/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Format "FIT": a tree that holds a kernel and what belongs to it. The files
 * of the chosen configuration become those of the candidate, each with the
 * digests that its bytes must have.
 */
#include "err.h"
#include "fit.h"
#include "format.h"
#include "words.h"
#include <string.h>

/* The one that is chosen; steps to come look at its hashes. */
static struct {
	struct dt tree;
	struct fit_choice choice;
} fit;

/* Any of its images, wherever its bytes were brought. */
static int check(const struct file *file, const void *data, const char **why)
{
	unsigned int count;

	return fit_check(&fit.tree, file->check_with, data, &count, why);
}

/* What lies in the tree is in memory already; the rest is part of the file. */
static int to_file(const struct file *whole, const struct fit_image *image,
		   const char *name, struct file *file)
{
	const struct region tree = region_of((uintptr_t)fit.tree.blob,
					     fit.tree.size);
	struct region part;
	int err = 0;

	if (!region_slice(&part, tree, image->where.base, image->where.size))
		*file = file_in_memory(part, name);
	else
		err = file_part(file, whole, image->where.base,
				image->where.size);
	file->name = name;
	file->check = check;
	file->check_with = image;
	return err;
}

static int verify(struct candidate *c, const char **why)
{
	return fit_signature(&fit.tree, &fit.choice, &c->trust, why);
}

static int read_cmdline(struct candidate *c, const char **why)
{
	return fit_cmdline(&fit.tree, &fit.choice, c->cmdline,
			   sizeof(c->cmdline), why);
}

static int take(struct candidate *c, const struct file *whole)
{
	const struct fit_choice *choice = &fit.choice;
	int err = to_file(whole, &choice->kernel, "kernel of the FIT",
			  &c->kernel);

	if (!err && choice->initrd.node >= 0) {
		err = to_file(whole, &choice->initrd, "ramdisk of the FIT",
			      &c->initrd[0]);
		c->initrd_count = 1;
	}
	if (!err && choice->devicetree.node >= 0)
		err = to_file(whole, &choice->devicetree, "fdt of the FIT",
			      &c->devicetree);
	if (IS_ENABLED(CONFIG_TRUST)) {
		c->verify = verify;
		c->read_cmdline = read_cmdline;
	}
	if (choice->overlay_count)
		c->overlay_count = choice->overlay_count;
	for (unsigned int i = 0; i < choice->overlay_count && !err; i++)
		err = to_file(whole, &choice->overlay[i], "overlay of the FIT",
			      &c->overlay[i]);
	return err;
}

static int inspect(struct inspection *in)
{
	const struct file whole = in->candidate->kernel;
	const uint64_t size = fit_tree_size(in->head);
	struct region tree;
	int err;

	if (!size || in->image->unpacker)
		return -ENOEXEC;
	/* There is one that is chosen, and one digest for a file. */
	in->why = WORDS("a FIT inside of a FIT: give the inner one");
	if (whole.check == check)
		return -ENOTSUP;
	in->why = WORDS("a FIT that is cut short: copy it again");
	if (size > whole.size)
		return -ERANGE;
	err = in->stage(in, size, &tree);
	if (!err)
		err = fit_open(&fit.tree, (const void *)(uintptr_t)tree.base,
			       size, &in->why);
	if (!err)
		err = fit_choose(&fit.tree, whole.size, "", in->machine,
				 &fit.choice, &in->why);
	if (!err)
		err = take(in->candidate, &whole);
	return err ? err : FORMAT_INSIDE;
}

static const struct format format_fit = { "FIT", inspect };
TABLE_ADD(format, 20, format_fit);
