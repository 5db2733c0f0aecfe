/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "find": the next candidate, source by source as SOURCE_ORDER says. */
#include "boot.h"
#include "err.h"
#include "source.h"
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

static int protect_all(struct boot *boot, const struct candidate *c)
{
	int err = protect(boot, "kernel file", &c->kernel);

	/* Without it only the kernel is taken. */
	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return err;
	for (unsigned int i = 0; !err && i < c->initrd_count; i++)
		err = protect(boot, "initrd file", &c->initrd[i]);
	for (unsigned int i = 0; !err && i < c->overlay_count; i++)
		err = protect(boot, "overlay file", &c->overlay[i]);
	return err ? err : protect(boot, "dtb file", &c->devicetree);
}

static int take(struct boot *boot)
{
	struct candidate *c = &boot->candidate;
	int err = protect_all(boot, c);

	if (err)
		return boot_refuse(boot, err, c->source, "memory map is "
				   "full: raise MEMMAP_USED_MAX");
	boot_note(boot, c->source, "%s%skernel of %lu bytes, initrd of %lu, "
		  "%scommand line", c->name, c->name[0] ? ": " : "",
		  c->kernel.size, candidate_initrd_size(c),
		  c->cmdline[0] ? "" : "no ");
	return 0;
}

/* What a source met on its way to its candidates. */
struct context {
	struct source_context source;
	struct boot *boot;
};

static void warn(struct source_context *source, const char *object,
		 const char *text, int err)
{
	struct boot *boot = ((struct context *)source)->boot;

	if (err)
		boot_warn(boot, object, "%s (%s)", text, err_name(err));
	else
		boot_warn(boot, object, "%s", text);
}

/* A name that is too long leaves the reason its place in the ledger. */
#define NAME_SHOWN	88u

static void tell(struct boot *boot, int err)
{
	struct candidate *c = &boot->candidate;

	if (IS_ENABLED(CONFIG_SOURCE_DISK) && strlen(c->name) > NAME_SHOWN)
		memcpy(c->name + NAME_SHOWN - 3, "...", 4);
	boot_refuse(boot, err, c->source, "%s%s%s", c->name,
		    c->name[0] ? ": " : "",
		    c->why ? c->why : "it cannot be opened");
}

/*
 * The next one of @source that can be opened; what cannot is in the ledger if
 * @telling. Return: 0, SOURCE_END, -ENODEV.
 */
static int open_candidate(struct boot *boot, const struct source *source,
			  bool telling)
{
	/* Only that of disks meets anything. */
	struct context context = {
		{ &boot->tree, IS_ENABLED(CONFIG_SOURCE_DISK) ? warn : NULL },
		boot,
	};
	struct candidate *c = &boot->candidate;
	int err;

	do {
		memset(c, 0, sizeof(*c));
		c->source = source->name;
		err = source->open(boot->candidate_index, c, &context.source);
		if (err == SOURCE_END || err == -ENODEV)
			break;
		boot->candidate_index++;
		if (err && telling)
			tell(boot, err);
	} while (err);
	return err;
}

static int open_source(struct boot *boot, const char *name, size_t length,
		       bool tell)
{
	const struct source *source = source_named(name, length);
	const bool first = !boot->candidate_index;
	int err;

	if (!source) {
		if (tell)
			boot_warn(boot, "source", "word %u of \"%s\" names "
				  "none that is built in: correct SOURCE_ORDER",
				  boot->source_index + 1, CONFIG_SOURCE_ORDER);
		return SOURCE_END;
	}
	err = open_candidate(boot, source, tell);
	if (err == -ENODEV && tell)
		boot_warn(boot, source->name, "its device cannot be used (%s)",
			  err_name(err));
	else if (err && first && !boot->candidate_index && tell)
		boot_note(boot, source->name, "no kernel there");
	return err;
}

bool find_next(struct boot *boot, bool tell)
{
	const char *name;
	size_t length;

	while ((length = word(CONFIG_SOURCE_ORDER, boot->source_index,
			      &name))) {
		if (!open_source(boot, name, length, tell))
			return true;
		boot->source_index++;
		boot->candidate_index = 0;
	}
	return false;
}

int step_find(struct boot *boot)
{
	const bool first = !boot->source_index && !boot->candidate_index;

	if (!find_next(boot, true))
		return boot_refuse(boot, -ENOENT, "candidate", "none (left) in "
				   "any source of \"%s\": give a disk with a "
				   "kernel, QEMU -kernel, or build in "
				   "PAYLOAD_KERNEL",
				   CONFIG_SOURCE_ORDER);
	if (IS_ENABLED(CONFIG_MENU) && first)
		menu_ask(boot);
	return take(boot);
}
