/* SPDX-License-Identifier: BSD-2-Clause */
/* What all file systems have in common: mount, paths, and the moving of bytes. */
#include "fs.h"
#include "err.h"
#include <string.h>

#define BATCH		64	/* runs that the disk gets at once */

int fs_mount(struct fs *fs, const struct disk *disk, struct region where)
{
	const struct fs_type *const *it;
	int err;

	table_for_each(fs, it) {
		memset(fs, 0, sizeof(*fs));
		fs->type = *it;
		fs->disk = disk;
		fs->where = where;
		err = (*it)->mount(fs);
		if (err != -ENOEXEC)
			return err;
	}
	return -ENOEXEC;
}

int fs_bytes(struct fs *fs, uint64_t offset, void *to, uint64_t size)
{
	struct region part;
	int err = region_slice(&part, fs->where, offset, size);

	return err ? err : disk_read(fs->disk, part.base, to, size);
}

int fs_list(struct fs *fs, const struct fs_node *folder, uint64_t *at,
	    struct fs_entry *entry)
{
	if (folder->kind != FS_FOLDER)
		return -ENOTDIR;
	return fs->type->list(fs, folder, at, entry);
}

int fs_open(struct fs *fs, struct fs_node *node)
{
	return fs->type->open(fs, node);
}

/* A path that is being walked; the text changes with each link. */
struct walk {
	char text[FS_PATH_MAX];
	size_t at;
	unsigned int links;
};

/* Put the target of @link in front of what is left of the path. */
static int follow(struct fs *fs, struct fs_node *link, struct walk *walk)
{
	size_t left = strlen(walk->text + walk->at);
	int err;

	if (++walk->links > FS_LINKS_MAX)
		return -ELOOP;
	if (!link->size || link->size + left + 1 >= FS_PATH_MAX)
		return -ERANGE;
	memmove(walk->text + link->size, walk->text + walk->at, left + 1);
	walk->at = 0;
	link->kind = FS_FILE;
	err = fs_read(fs, link, 0, walk->text, link->size);
	if (!err && memchr(walk->text, 0, link->size))
		err = -EINVAL;
	return err;
}

/* The next name of the path. Return: its length, 0 at the end. */
static size_t next_name(struct walk *walk, const char **name)
{
	size_t length;

	while (walk->text[walk->at] == '/')
		walk->at++;
	*name = walk->text + walk->at;
	length = strcspn(*name, "/");
	walk->at += length;
	return length;
}

static int step(struct fs *fs, struct fs_node *node, struct walk *walk,
		const char *name, size_t length)
{
	struct fs_node folder = *node;
	int err;

	if (length == 1 && name[0] == '.')
		return 0;
	if (folder.kind != FS_FOLDER)
		return -ENOTDIR;
	if (length > FS_NAME_MAX)
		return -ERANGE;
	err = fs->type->find(fs, &folder, name, length, node);
	if (err || node->kind != FS_LINK)
		return err;
	err = follow(fs, node, walk);
	if (err)
		return err;
	/* The target is relative to where the link stands, or to the root. */
	*node = folder;
	return walk->text[0] == '/' ? fs->type->root(fs, node) : 0;
}

int fs_find(struct fs *fs, const char *path, struct fs_node *node)
{
	struct walk walk = { .links = 0 };
	const char *name;
	size_t length = strlen(path);
	int err;

	if (length >= sizeof(walk.text))
		return -ERANGE;
	memcpy(walk.text, path, length + 1);
	err = fs->type->root(fs, node);
	while (!err && (length = next_name(&walk, &name)))
		err = step(fs, node, &walk, name, length);
	return err;
}

/* Runs that go to the disk together. */
struct batch {
	unsigned int count;
	struct disk_run runs[BATCH];
};

static int flush(struct fs *fs, struct batch *batch)
{
	int err = disk_read_runs(fs->disk, batch->runs, batch->count);

	batch->count = 0;
	return err;
}

/* One more run; it may only continue the last one. */
static int add(struct fs *fs, struct batch *batch, struct disk_run run)
{
	struct disk_run *last = batch->count ? &batch->runs[batch->count - 1]
					     : NULL;

	if (last && last->offset + last->size == run.offset &&
	    (uint8_t *)last->to + last->size == run.to) {
		last->size += run.size;
		return 0;
	}
	batch->runs[batch->count++] = run;
	return batch->count == BATCH ? flush(fs, batch) : 0;
}

/* The whole blocks at the start of @run, if it can go straight. */
static uint64_t straight(const struct fs *fs, struct region part, void *to)
{
	const uint32_t block = fs->disk->block;

	if (!IS_ALIGNED(part.base, block) || !IS_ALIGNED((uintptr_t)to, block))
		return 0;
	return ALIGN_DOWN(part.size, block);
}

/* Bring the bytes of @run to @to, or note them for later. */
static int move(struct fs *fs, struct batch *batch, const struct fs_run *run,
		uint8_t *to)
{
	struct region part;
	uint64_t whole;
	int err;

	if (run->hole) {
		memset(to, 0, run->size);
		return 0;
	}
	err = region_slice(&part, fs->where, run->where, run->size);
	if (err)
		return err;
	whole = straight(fs, part, to);
	if (whole)
		err = add(fs, batch, (struct disk_run){ part.base, whole, to });
	if (err || whole == run->size)
		return err;
	return disk_read(fs->disk, part.base + whole, to + whole,
			 run->size - whole);
}

int fs_read(struct fs *fs, struct fs_node *node, uint64_t offset, void *to,
	    uint64_t size)
{
	struct batch batch = { .count = 0 };
	struct region part;
	struct fs_run run;
	int err = region_slice(&part, region_of(0, node->size), offset, size);

	if (node->kind == FS_FOLDER)
		return -EISDIR;
	for (uint64_t done = 0; !err && done < size; done += run.size) {
		err = fs->type->map(fs, node, offset + done, &run);
		if (!err && !run.size)
			err = -EINVAL;
		if (err)
			break;
		if (run.size > size - done)
			run.size = size - done;
		err = move(fs, &batch, &run, (uint8_t *)to + done);
	}
	return err ? err : flush(fs, &batch);
}
