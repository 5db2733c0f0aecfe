/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Source "disk": the kernels of all disks, by their boot entries. Drivers
 * look for disks only when the first candidate is asked for.
 */
#include "driver.h"
#include "err.h"
#include "print.h"
#include "volumes.h"
#include <string.h>

/* Kernel, initrds, tree and overlays of one candidate. */
#define FILES_MAX	(2 + CANDIDATE_INITRDS + CANDIDATE_OVERLAYS)

_Static_assert(ENTRY_INITRDS <= CANDIDATE_INITRDS &&
	       ENTRY_OVERLAYS <= CANDIDATE_OVERLAYS &&
	       ENTRY_CMDLINE_MAX <= CMDLINE_MAX, "an entry is a candidate");

/* The files of the candidate that is open; one at a time is. */
static struct open_file {
	struct fs *fs;
	struct fs_node node;
	char name[ENTRY_PATH_MAX];
} files[FILES_MAX];
static unsigned int file_count;

static struct entry entry;

static int read(const struct file *file, uint64_t offset, void *to,
		uint64_t size)
{
	struct open_file *f = &files[file->handle];

	return fs_read(f->fs, &f->node, offset, to, size);
}

static void probed(void *context, const struct driver *driver,
		   const struct device *device, int err)
{
	struct source_context *source = context;

	if (err)
		source->warn(source, driver->name, "a device cannot be used: "
			     "the machine's disks may lack one", err);
}

static int find_disks(struct source_context *context)
{
	static bool looked;

	if (looked)
		return 0;
	looked = true;
	driver_probe_all(context->tree, true, probed, context);
	return volumes_mount(context);
}

/* Take "." and ".." out of @path, which begins with a slash. */
static int fold_dots(char *path)
{
	char *end = path;

	for (const char *part = path, *next; *part; part = next) {
		size_t length;

		for (next = part + 1; *next && *next != '/';)
			next++;
		length = (size_t)(next - part);
		if (length == 3 && part[1] == '.' && part[2] == '.') {
			if (end == path)
				return -ENOENT;	/* above the root */
			while (*--end != '/')
				;
		} else if (length > 2 || (length == 2 && part[1] != '.')) {
			memmove(end, part, length);
			end += length;
		}
	}
	*end = '\0';
	return 0;
}

/* @path, or what it is relative to @folder, as fs_find() knows paths. */
static int full_path(char *to, const char *folder, const char *path)
{
	int length = print_to(to, ENTRY_PATH_MAX, "%s%s",
			      *path == '/' ? "" : *folder ? folder : "/",
			      path);

	return length < ENTRY_PATH_MAX ? fold_dots(to) : -ERANGE;
}

static int open_file(struct fs *fs, const char *folder, const char *path,
		     struct file *file)
{
	struct open_file *f = &files[file_count];
	int err = full_path(f->name, folder, path);

	if (!err)
		err = fs_find(fs, f->name, &f->node);
	if (!err && f->node.kind != FS_FILE)
		err = -EISDIR;
	if (!err && !f->node.size)
		err = -ENOENT;
	f->fs = fs;
	*file = (struct file){ .name = f->name, .size = f->node.size,
			       .read = read, .handle = file_count,
			       .why = &fs->why };
	file_count += !err;
	return err;
}

/* Say which of the files it was, and what the file system knows of it. */
static int blame(struct candidate *c, struct fs *fs, const char *path)
{
	const size_t length = strlen(c->name);

	print_to(c->name + length, sizeof(c->name) - length, ": %s", path);
	c->why = fs->why ? fs->why : "there is no such file that can be read";
	return 0;
}

static int open_list(struct candidate *c, struct fs *fs, const char *folder,
		     char (*list)[ENTRY_PATH_MAX], unsigned int count,
		     struct file *to)
{
	for (unsigned int i = 0; i < count; i++) {
		int err = open_file(fs, folder, list[i], &to[i]);

		if (err) {
			blame(c, fs, list[i]);
			return err;
		}
	}
	return 0;
}

/* A folder of trees: the board says which of them is its own. */
static void choose_tree(struct entry *e)
{
	const size_t length = strlen(e->devicetree_folder);
	const char *slash = length && e->devicetree_folder[length - 1] != '/' ?
			    "/" : "";

	if (*e->devicetree || !length || !*CONFIG_FDT_FILE)
		return;
	print_to(e->devicetree, sizeof(e->devicetree), "%s%s%s",
		 e->devicetree_folder, slash, CONFIG_FDT_FILE);
}

static int open_files(struct candidate *c, struct fs *fs, const char *folder)
{
	unsigned int trees;
	int err;

	choose_tree(&entry);
	trees = *entry.devicetree ? 1 : 0;
	file_count = 0;
	err = open_list(c, fs, folder, &entry.kernel, 1, &c->kernel);
	if (!err)
		err = open_list(c, fs, folder, entry.initrd,
				entry.initrd_count, c->initrd);
	if (!err)
		err = open_list(c, fs, folder, &entry.devicetree, trees,
				&c->devicetree);
	if (!err)
		err = open_list(c, fs, folder, entry.overlay,
				entry.overlay_count, c->overlay);
	c->initrd_count = entry.initrd_count;
	c->overlay_count = entry.overlay_count;
	return err;
}

static void add_title(struct candidate *c)
{
	const size_t length = strlen(c->name);

	if (*entry.title)
		print_to(c->name + length, sizeof(c->name) - length,
			 " \"%s\"", entry.title);
}

static int open(unsigned int index, struct candidate *candidate,
		struct source_context *context)
{
	const struct item *item;
	int err = find_disks(context);

	if (err)
		return SOURCE_END;
	item = item_at(index, context);
	if (!item)
		return SOURCE_END;
	err = item_read(item, &entry, candidate->name,
			sizeof(candidate->name), &candidate->why);
	if (err)
		return err;
	candidate->wait = items_wait();
	memcpy(candidate->cmdline, entry.cmdline, sizeof(entry.cmdline));
	err = open_files(candidate, &volume_at(item->volume)->fs,
			 item_folder(item));
	if (!err)
		add_title(candidate);
	return err;
}

static const struct source source_disk = { "disk", open };
TABLE_ADD(source, 50, source_disk);
