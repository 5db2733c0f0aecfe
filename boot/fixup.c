/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "fixup": the device tree that is handed over, edited in its place. */
#include "fixup.h"
#include "err.h"
#include <string.h>

static int failed(struct boot *boot, const char *name, int err)
{
	return boot_refuse(boot, err, name, err == -ENOSPC ?
			   "the edited tree has no room: raise TREE_SLACK in "
			   "boot/place.c" :
			   "the device tree does not allow this edit: check "
			   "it with dtc");
}

/* DTB_FIXUP=n: to its place, byte by byte. */
static int pass_on(struct boot *boot)
{
	void *to = (void *)(uintptr_t)boot->place.tree.base;

	if (to != boot->tree.blob)
		memcpy(to, boot->tree.blob, boot->tree.size);
	boot->place.tree.size = boot->tree.size;
	boot_note(boot, "dtb", "passed on untouched, %u bytes",
		  boot->tree.size);
	return 0;
}

static int edit(struct boot *boot)
{
	void *to = (void *)(uintptr_t)boot->place.tree.base;
	struct dt_edit *tree = boot->edit;
	const struct fixup *const *it;
	struct dt check;
	const char *why;
	uint32_t size;
	int err = boot_open_tree(boot);

	if (err)
		return err;
	dt_edit_open(tree, &boot->handed, to, boot->place.tree.size);
	table_for_each(fixup, it) {
		err = (*it)->apply(boot, tree);
		if (err)
			return failed(boot, (*it)->name, err);
	}
	err = dt_edit_close(tree, &size);
	if (!err)
		err = dt_open(&check, to, size, &why);
	if (err)
		return failed(boot, "dtb", err);
	boot->place.tree.size = size;
	boot_debug(boot, "dtb", "%u bytes", size);
	return 0;
}

int step_fixup(struct boot *boot)
{
	return IS_ENABLED(CONFIG_DTB_FIXUP) ? edit(boot) : pass_on(boot);
}
