/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tree that is to be edited: the machine's, or the one that came with the
 * kernel, with the candidate's overlays merged into a copy, so that the tree
 * itself survives one that does not fit.
 */
#include "boot.h"
#include "dt_edit.h"
#include "err.h"
#include <string.h>

static const char *name_of(const struct file *file)
{
	return file->name ? file->name : "overlay";
}

static int open_own(struct boot *boot)
{
	const char *why;
	int err = dt_open(&boot->handed,
			  (const void *)(uintptr_t)boot->devicetree.base,
			  boot->devicetree.size, &why);

	return err ? boot_refuse(boot, err, "dtb", "%s: %s",
				 name_of(&boot->candidate.devicetree), why)
		   : 0;
}

static int blame(struct boot *boot, int err, const struct file *file,
		 const struct dt_blame *blame)
{
	if (blame->symbol)
		return boot_refuse(boot, err, "overlay", "%s: %s wants the "
				   "label %s, which the tree does not have: "
				   "build the tree with dtc -@, or take the "
				   "overlay for this board", name_of(file),
				   blame->fragment, blame->symbol);
	if (blame->path)
		return boot_refuse(boot, err, "overlay", "%s: %s wants the "
				   "node %s, which the tree does not have: "
				   "take the overlay for this board",
				   name_of(file), blame->fragment,
				   blame->path);
	if (err == -ENOSPC)
		return boot_refuse(boot, err, "overlay", "%s: with it the tree "
				   "grows by more than twice its size: give it "
				   "fewer labels", name_of(file));
	return boot_refuse(boot, err, "overlay", "%s: %s cannot be applied: "
			   "check it with fdtoverlay", name_of(file),
			   blame->fragment);
}

static int merge(struct boot *boot, struct region tree, unsigned int index)
{
	const struct file *file = &boot->candidate.overlay[index];
	const struct region r = boot->overlay[index];
	struct dt_blame who = { "it", NULL, NULL };
	struct dt overlay;
	const char *why;
	int err = dt_open(&overlay, (const void *)(uintptr_t)r.base, r.size,
			  &why);

	if (err)
		return boot_refuse(boot, err, "overlay", "%s: %s",
				   name_of(file), why);
	err = dt_overlay((void *)(uintptr_t)tree.base, tree.size, &overlay,
			 &who);
	return err ? blame(boot, err, file, &who) : 0;
}

/* Into a copy with room for all of them. */
static int merge_all(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	uint64_t size = boot->handed.size + SZ_4K;
	struct region tree;
	const char *why;
	uint32_t used;
	int err;

	for (unsigned int i = 0; i < c->overlay_count; i++)
		size += 2 * c->overlay[i].size;
	err = boot_stage(boot, "merged dtb", size, &tree);
	if (!err) {
		dt_edit_open(boot->edit, &boot->handed,
			     (void *)(uintptr_t)tree.base, tree.size);
		err = dt_edit_close(boot->edit, &used);
	}
	if (err)
		return boot_refuse(boot, err, "overlay", "there is no room to "
				   "merge: give the machine more memory");
	for (unsigned int i = 0; i < c->overlay_count && !err; i++)
		err = merge(boot, tree, i);
	return err ? err : dt_open(&boot->handed,
				   (void *)(uintptr_t)tree.base, tree.size,
				   &why);
}

int boot_open_tree(struct boot *boot)
{
	int err = 0;

	boot->handed = boot->tree;
	if (!region_is_empty(boot->devicetree))
		err = open_own(boot);
	if (!err && boot->candidate.overlay_count)
		err = IS_ENABLED(CONFIG_DTB_OVERLAY) ? merge_all(boot) :
		      boot_refuse(boot, -ENOTSUP, "overlay", "this image "
				  "cannot merge overlays: build it with "
				  "DTB_OVERLAY");
	return err;
}
