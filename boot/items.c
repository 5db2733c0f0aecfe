/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot entries of all volumes: where they are looked for, and how one of
 * them is read. Their order is that of item_list.c.
 */
#include "volumes.h"
#include "err.h"
#include "noinit.h"
#include "print.h"
#include <string.h>

/* Where such files are, on every volume. */
static const char *const bls_folders[] = {
	"/loader/entries", "/boot/loader/entries",
};

/* Beside the first of them, and what it says there. */
static const char *const loader_confs[] = {
	"/loader/loader.conf", "/boot/loader/loader.conf",
};

static const char *const extlinux_files[] = {
	"/extlinux/extlinux.conf", "/boot/extlinux/extlinux.conf",
};

/* Files of a folder of entries; nobody waits for more to be read. */
#define SCAN_FILES	(16 * ITEMS_MAX)

/* An hour; who wants more presses a key. */
#define WAIT_MAX	36000u

/* A kernel that stands at its usual place, and the initrd beside it. */
static const struct {
	char kernel[20];
	char initrd[28];
} paths[] = {
	{ "/vmlinuz", "/initrd.img" },
	{ "/boot/vmlinuz", "/boot/initrd.img" },
	{ "/boot/Image", "/boot/initrd.img" },
	{ "/boot/Image.gz", "/boot/initrd.img" },
	{ "/Image", "/initrd.img" },
	{ "/Image.gz", "/initrd.img" },
	{ "/boot/vmlinuz-linux", "/boot/initramfs-linux.img" },
	{ "/vmlinuz-linux", "/initramfs-linux.img" },
	{ "/boot/fitImage", "" },
	{ "/fitImage", "" },
	{ "/image.fit", "" },
};

/* How far the volumes were searched. */
static enum { SCANNED_NONE, SCANNED_ENTRIES, SCANNED_ALL } scanned;
/* The text of the file that is looked at. */
static noinit char text[ENTRY_FILE_MAX];
static struct entry scratch;
/* Of the folder that is looked at. */
static struct loader_conf conf;
static unsigned int wait_tenths;

unsigned int items_wait(void)
{
	return wait_tenths;
}

/* Once for a volume: all that looks for files on it meets the same damage. */
static void tell_damage(struct volume *v, int err,
			struct source_context *context)
{
	if (!err || err == -ENOENT || err == -ENOTDIR || v->damaged)
		return;
	v->damaged = true;
	context->warn(context, v->name, v->fs.why ? v->fs.why :
		      "a folder of it cannot be read, what is there is left "
		      "out", err);
}

/* What is not there is nothing to tell of. */
static int find(struct volume *v, const char *path, struct fs_node *node,
		struct source_context *context)
{
	int err;

	v->fs.why = NULL;
	err = fs_find(&v->fs, path, node);
	tell_damage(v, err, context);
	return err;
}

/* The whole file, as text. Return: its length, or an error. */
static int read_text(struct fs *fs, struct fs_node node)
{
	int err = fs_open(fs, &node);

	if (err)
		return err;
	if (node.kind != FS_FILE || node.size > sizeof(text))
		return -ERANGE;
	err = fs_read(fs, &node, 0, text, node.size);
	return err ? err : (int)node.size;
}

/* A file that cannot be read is an item as well: the ledger shall name it. */
static void add_bls(struct volume *v, unsigned int volume, unsigned int place,
		    const struct fs_entry *file,
		    struct source_context *context)
{
	struct item *item = item_new(ITEM_BLS, volume, place);
	int err = entry_bls_name(file->name, &item->key);
	const char *why;
	int length;

	if (err && err != -ENOEXEC)
		context->warn(context, file->name, "the name is too long, or "
			      "its counters are no numbers: it is left out",
			      err);
	if (err)
		return;
	print_to(item->file, sizeof(item->file), "%s", file->name);
	item->node = file->node;
	length = read_text(&v->fs, item->node);
	scratch.key = item->key;
	if (length >= 0 &&
	    !entry_bls_read(text, (size_t)length, &scratch, &why))
		item->key = scratch.key;
	item->preferred = entry_loader_likes(&conf, &item->key);
	item_list(item);
}

/* The first that wants to be waited for is obeyed. */
static void want_wait(unsigned int tenths)
{
	if (!wait_tenths && tenths <= WAIT_MAX)
		wait_tenths = tenths;
}

/* A file of which nothing is taken: which one, and on which volume. */
static void tell_file(const struct volume *v, const char *path,
		      const char *why, int err,
		      struct source_context *context)
{
	char line[160];

	print_to(line, sizeof(line), "%s: %s", path, why);
	context->warn(context, v->name, line, err);
}

static void read_conf(struct volume *v, unsigned int place,
		      struct source_context *context)
{
	const char *why = "it cannot be read";
	struct fs_node node;
	int length, err;

	memset(&conf, 0, sizeof(conf));
	if (find(v, loader_confs[place], &node, context))
		return;
	length = read_text(&v->fs, node);
	err = length < 0 ? length :
	      entry_loader_read(text, (size_t)length, &conf, &why);
	if (err) {
		tell_file(v, loader_confs[place], why, err, context);
		memset(&conf, 0, sizeof(conf));
	} else if (conf.timeout <= WAIT_MAX / 10) {
		want_wait(conf.timeout * 10);
	}
}

static void scan_bls(struct volume *v, unsigned int volume, unsigned int place,
		     struct source_context *context)
{
	static struct fs_entry file;
	struct fs_node folder;
	unsigned int files = 0;
	uint64_t at = 0;
	int err;

	if (find(v, bls_folders[place], &folder, context))
		return;
	read_conf(v, place, context);
	while (!(err = fs_list(&v->fs, &folder, &at, &file)) &&
	       files++ < SCAN_FILES)
		add_bls(v, volume, place, &file, context);
	tell_damage(v, err, context);
}

static void scan_extlinux(struct volume *v, unsigned int volume,
			  unsigned int place, struct source_context *context)
{
	struct extlinux head;
	struct fs_node node;
	const char *why = "it cannot be read";
	int length, err;

	if (find(v, extlinux_files[place], &node, context))
		return;
	length = read_text(&v->fs, node);
	err = length < 0 ? length :
	      entry_extlinux_head(text, (size_t)length, &head, &why);
	if (err) {
		tell_file(v, extlinux_files[place], why, err, context);
		return;
	}
	want_wait(head.timeout);
	for (unsigned int i = 0; i < head.count; i++) {
		struct item *item = item_new(ITEM_EXTLINUX, volume, place);

		item->number = (uint16_t)i;
		item->preferred = i == head.default_index;
		item_list(item);
	}
}

static void scan_entries(struct source_context *context)
{
	struct volume *v;

	for (unsigned int i = 0; (v = volume_at(i)); i++) {
		for (unsigned int p = 0; p < ARRAY_SIZE(bls_folders); p++)
			scan_bls(v, i, p, context);
		for (unsigned int p = 0; p < ARRAY_SIZE(extlinux_files); p++)
			scan_extlinux(v, i, p, context);
	}
	if (items_overflowed())
		context->warn(context, "entries", "there are more than "
			      "ITEMS_MAX in boot/volumes.h, the last are left out",
			      0);
}

static void scan_paths(struct source_context *context)
{
	struct fs_node node;
	struct volume *v;

	for (unsigned int i = 0; (v = volume_at(i)); i++)
		for (unsigned int p = 0; p < ARRAY_SIZE(paths); p++) {
			if (find(v, paths[p].kernel, &node, context) ||
			    node.kind != FS_FILE)
				continue;
			item_list(item_new(ITEM_PATH, i, p));
		}
}

/* Is it the turn of what stands behind the entries? */
static bool need_paths(unsigned int index)
{
	const struct item *item = item_listed(index);

	return !item || item_is_bad(item);
}

/*
 * Found lazily: a disk with entries is not searched for more. What is found
 * sorts in where nothing has been handed out yet.
 */
const struct item *item_at(unsigned int index, struct source_context *context)
{
	if (scanned == SCANNED_NONE) {
		scan_entries(context);
		scanned = SCANNED_ENTRIES;
	}
	if (scanned == SCANNED_ENTRIES && need_paths(index)) {
		scan_paths(context);
		scanned = SCANNED_ALL;
	}
	return item_listed(index);
}

static int read_bls(struct volume *v, const struct item *item,
		    struct entry *entry, const char **why)
{
	int length = read_text(&v->fs, item->node);

	if (length < 0)
		return length;
	entry->key = item->key;
	return entry_bls_read(text, (size_t)length, entry, why);
}

static int read_extlinux(struct volume *v, const struct item *item,
			 struct entry *entry, const char **why)
{
	struct fs_node node;
	int length = fs_find(&v->fs, extlinux_files[item->place], &node);

	if (!length)
		length = read_text(&v->fs, node);
	if (length < 0)
		return length;
	return entry_extlinux_read(text, (size_t)length, item->number, entry,
				   why);
}

/* An initrd that is not there is none. */
static int read_path(struct volume *v, const struct item *item,
		     struct entry *entry)
{
	const char *initrd = paths[item->place].initrd;
	struct fs_node node;

	memset(entry, 0, sizeof(*entry));
	strcpy(entry->kernel, paths[item->place].kernel);
	if (*initrd && !fs_find(&v->fs, initrd, &node)) {
		strcpy(entry->initrd[0], initrd);
		entry->initrd_count = 1;
	}
	return 0;
}

static int read_item(struct volume *v, const struct item *item,
		     struct entry *entry, char *name, size_t size,
		     const char **why)
{
	switch (item->kind) {
	case ITEM_BLS:
		print_to(name, size, "%s %s/%s", v->name,
			 bls_folders[item->place], item->file);
		return read_bls(v, item, entry, why);
	case ITEM_EXTLINUX:
		print_to(name, size, "%s %s, label %u", v->name,
			 extlinux_files[item->place], item->number + 1u);
		return read_extlinux(v, item, entry, why);
	default:
		print_to(name, size, "%s %s", v->name,
			 paths[item->place].kernel);
		return read_path(v, item, entry);
	}
}

int item_read(const struct item *item, struct entry *entry, char *name,
	      size_t size, const char **why)
{
	struct volume *v = volume_at(item->volume);
	int err;

	v->fs.why = NULL;
	*why = NULL;
	err = read_item(v, item, entry, name, size, why);
	if (err && !*why)
		*why = v->fs.why ? v->fs.why :
		       "it is no text of at most 64 KiB that can be read";
	return err;
}

/* extlinux: where the file is; U-Boot and syslinux agree on that. */
const char *item_folder(const struct item *item)
{
	if (item->kind != ITEM_EXTLINUX)
		return "";
	return item->place ? "/boot/extlinux/" : "/extlinux/";
}
