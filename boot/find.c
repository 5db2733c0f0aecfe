/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "find": the next candidate, source by source as SOURCE_ORDER says. */
#include "boot.h"
#include "err.h"
#include <string.h>

/* Word number @index of a list with spaces; its length, 0 at the end. */
static size_t word(const char *list, unsigned int index, const char **start)
{
	size_t length;

	for (;; list += length) {
		while (*list == ' ')
			list++;
		for (length = 0; list[length] && list[length] != ' ';)
			length++;
		if (!length || !index--)
			break;
	}
	*start = list;
	return length;
}

static const struct source *source_named(const char *name, size_t length)
{
	const struct source *const *it;

	table_for_each(source, it)
		if (strlen((*it)->name) == length &&
		    !memcmp((*it)->name, name, length))
			return *it;
	return NULL;
}

/* A file that lies in RAM must not be overwritten before it was moved. */
static int protect(struct boot *boot, const char *name,
		   const struct file *file)
{
	if (!file->size || region_is_empty(file->memory))
		return 0;
	return memmap_claim(&boot->map, name, file->memory, MEMMAP_LOADER);
}

static int take(struct boot *boot, const struct source *source)
{
	struct candidate *c = &boot->candidate;
	int err = protect(boot, "kernel file", &c->kernel);

	if (!err)
		err = protect(boot, "initrd file", &c->initrd);
	if (err)
		return boot_refuse(boot, err, source->name, "memory map is "
				   "full: raise MEMMAP_USED_MAX");
	c->source = source->name;
	boot->candidate_index++;
	boot_note(boot, source->name, "kernel of %lu bytes, initrd of %lu, "
		  "%scommand line", c->kernel.size, c->initrd.size,
		  c->cmdline[0] ? "" : "no ");
	return 0;
}

static int open_next(struct boot *boot, const char *name, size_t length)
{
	const struct source *source = source_named(name, length);
	int err;

	if (!source) {
		boot_warn(boot, "source", "word %u of \"%s\" names none that "
			  "is built in: correct SOURCE_ORDER",
			  boot->source_index + 1, CONFIG_SOURCE_ORDER);
		return -ENOENT;
	}
	memset(&boot->candidate, 0, sizeof(boot->candidate));
	err = source->open(boot->candidate_index, &boot->candidate);
	if (!err)
		return take(boot, source);
	if (err != -ENOENT)
		boot_warn(boot, source->name, "its device cannot be used (%s)",
			  err_name(err));
	else if (!boot->candidate_index)
		boot_note(boot, source->name, "no kernel there");
	return err;
}

int step_find(struct boot *boot)
{
	const char *name;
	size_t length;

	while ((length = word(CONFIG_SOURCE_ORDER, boot->source_index,
			      &name))) {
		if (!open_next(boot, name, length))
			return 0;
		boot->source_index++;
		boot->candidate_index = 0;
	}
	return boot_refuse(boot, -ENOENT, "candidate", "none (left) in any "
			   "source of \"%s\": give QEMU -kernel, or build in "
			   "PAYLOAD_KERNEL", CONFIG_SOURCE_ORDER);
}
