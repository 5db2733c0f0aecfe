/* SPDX-License-Identifier: BSD-2-Clause */
/* Folders: a row of entries, in a chain of clusters or in a fixed place. */
#include "err.h"
#include "fat.h"
#include "words.h"
#include <string.h>

#define PIECE_SIZE	512u	/* of a folder, read at once */

/* Where in an entry (section "FAT Directory Structure"). */
enum {
	ENTRY_NAME = 0,
	ENTRY_ATTRIBUTES = 11,
	ENTRY_CLUSTER_HIGH = 20,	/* only in FAT32 */
	ENTRY_CLUSTER_LOW = 26,
	ENTRY_FILE_SIZE = 28,
};

#define ATTRIBUTE_LABEL		0x08
#define ATTRIBUTE_FOLDER	0x10
#define NAME_END		0x00	/* this entry and all behind it are free */
#define NAME_DELETED		0xe5

/* A place in a folder, and the bytes around it. */
struct place {
	struct fs *fs;
	const struct fs_node *folder;
	uint64_t index;		/* of the entry that comes next */
	uint64_t cluster;	/* of the one before it, or the first */
	uint64_t piece;		/* byte of the volume that @bytes begin with */
	uint8_t bytes[PIECE_SIZE];
};

/* What list() tells its caller is all that a place needs to be found again. */
static void go_to(struct place *place, struct fs *fs,
		  const struct fs_node *folder, uint64_t at)
{
	fs->why = NULL;
	place->fs = fs;
	place->folder = folder;
	place->index = at & UINT32_MAX;
	place->cluster = at ? at >> 32 : folder->number;
	place->piece = 0;
}

static uint64_t at_of(const struct place *place)
{
	return place->cluster << 32 | place->index;
}

/* Where the next entry is, if the root has a fixed place. */
static int fixed_where(const struct place *place, uint64_t *where)
{
	const uint64_t *own = place->fs->own;

	if (place->index >= own[FAT_ROOT_ENTRIES])
		return -ENOENT;
	*where = own[FAT_ROOT_AT] + place->index * FAT_ENTRY_SIZE;
	return 0;
}

/* The same in a chain; @cluster gets the one that the entry is in. */
static int chain_where(const struct place *place, uint64_t *cluster,
		       uint64_t *where)
{
	struct fs *fs = place->fs;
	const uint64_t in = place->index * FAT_ENTRY_SIZE &
			    ((1u << fs->own[FAT_SHIFT]) - 1);
	uint64_t count;
	int err;

	if (!in && place->index) {
		err = fat_stretch(fs, place->cluster, 1, &count, cluster);
		if (err)
			return err;
		if (*cluster == FAT_END)
			return -ENOENT;
	}
	if (place->index >= FAT_ENTRIES_MAX) {
		fs->why = WORDS("a folder has more than 65536 entries or is a loop: repair it with fsck.vfat");
		return -ELOOP;
	}
	if (!fat_has(fs, *cluster)) {
		fs->why = WORDS("a folder starts outside of the volume: repair it with fsck.vfat");
		return -EINVAL;
	}
	*where = fat_where(fs, *cluster) + in;
	return 0;
}

/*
 * The piece with the byte of the volume @where, from there on: nobody goes
 * back in it. None straddles two clusters, and none is at 0.
 */
static int fetch(struct place *place, uint64_t where)
{
	const uint64_t in = where % PIECE_SIZE;
	int err;

	if (where - in == place->piece)
		return 0;
	place->piece = 0;
	err = fs_bytes(place->fs, where, place->bytes + in, PIECE_SIZE - in);
	if (!err)
		place->piece = where - in;
	return err;
}

/* The next entry, whatever it is. Return: 0, -ENOENT behind the last. */
static int next_raw(struct place *place, const uint8_t **raw)
{
	uint64_t cluster = place->cluster;
	uint64_t where;
	int err = place->folder->own[NODE_FIXED] ?
		  fixed_where(place, &where) :
		  chain_where(place, &cluster, &where);

	if (!err)
		err = fetch(place, where);
	if (err)
		return err;
	*raw = place->bytes + where % PIECE_SIZE;
	if ((*raw)[ENTRY_NAME] == NAME_END)
		return -ENOENT;
	place->cluster = cluster;
	place->index++;
	return 0;
}

/* The next file or folder, with the parts of a long name before it. */
static int next_entry(struct place *place, struct fat_long *name,
		      const uint8_t **raw)
{
	int err;

	name->parts = name->left = 0;
	while (!(err = next_raw(place, raw))) {
		const bool deleted = (*raw)[ENTRY_NAME] == NAME_DELETED;

		if (!deleted && fat_long_is_part(*raw)) {
			fat_long_add(name, *raw);
			continue;
		}
		if (!deleted && !((*raw)[ENTRY_ATTRIBUTES] & ATTRIBUTE_LABEL))
			return 0;
		name->parts = name->left = 0;
	}
	return err;
}

static void to_node(const struct fs *fs, const uint8_t *raw,
		    struct fs_node *node)
{
	const bool folder = raw[ENTRY_ATTRIBUTES] & ATTRIBUTE_FOLDER;
	uint32_t cluster = le16(raw + ENTRY_CLUSTER_LOW);

	if (fs->own[FAT_BITS] == 32)
		cluster |= (uint32_t)le16(raw + ENTRY_CLUSTER_HIGH) << 16;
	memset(node, 0, sizeof(*node));
	node->kind = folder ? FS_FOLDER : FS_FILE;
	node->size = folder ? 0 : le32(raw + ENTRY_FILE_SIZE);
	node->number = cluster;
}

static bool is_dots(const char *name, size_t length)
{
	return length && length <= 2 && name[0] == '.' &&
	       name[length - 1] == '.';
}

/* The name that counts, long if it has one that is good. False: none. */
static bool name_of(const struct fat_long *name, const uint8_t *raw,
		    char text[FS_NAME_MAX + 1])
{
	int length = fat_long_text(name, raw, text);
	bool exact;

	if (!length || (length > 0 && is_dots(text, (size_t)length)))
		length = (int)fat_short_text(raw, text, &exact);
	return length > 0 && !is_dots(text, (size_t)length);
}

int fat_list(struct fs *fs, const struct fs_node *folder, uint64_t *at,
	     struct fs_entry *entry)
{
	struct place place;
	struct fat_long name;
	const uint8_t *raw;
	int err;

	go_to(&place, fs, folder, *at);
	do {
		err = next_entry(&place, &name, &raw);
		if (err)
			return err;
	} while (!name_of(&name, raw, entry->name));
	to_node(fs, raw, &entry->node);
	*at = at_of(&place);
	return 0;
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool same(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t i = 0;

	while (i < a_length && a_length == b_length && small(a[i]) == small(b[i]))
		i++;
	return i == a_length && a_length == b_length;
}

/*
 * A short name counts beside a long one, but only if we know all of its
 * letters: else many names would be the same.
 */
static bool is_named(const struct fat_long *name, const uint8_t *raw,
		     const char *want, size_t length)
{
	char text[FS_NAME_MAX + 1];
	const int long_length = fat_long_text(name, raw, text);
	size_t short_length;
	bool exact;

	if (long_length > 0 && same(text, (size_t)long_length, want, length))
		return true;
	short_length = fat_short_text(raw, text, &exact);
	return short_length && (exact || !long_length) &&
	       same(text, short_length, want, length);
}

/* The second entry of each folder but the root; cluster 0 is the root. */
static int find_parent(struct fs *fs, const struct fs_node *folder,
		       struct fs_node *node)
{
	struct place place;
	const uint8_t *raw;
	int err;

	go_to(&place, fs, folder, 0);
	err = next_raw(&place, &raw);
	if (!err)
		err = next_raw(&place, &raw);
	if (err)
		return err;
	if (memcmp(raw + ENTRY_NAME, "..         ", 11) ||
	    !(raw[ENTRY_ATTRIBUTES] & ATTRIBUTE_FOLDER))
		return -ENOENT;
	to_node(fs, raw, node);
	if (!node->number)
		fat_root(fs, node);
	return 0;
}

static bool is_root(const struct fs *fs, const struct fs_node *folder)
{
	return folder->own[NODE_FIXED] ||
	       (fs->own[FAT_ROOT] && folder->number == fs->own[FAT_ROOT]);
}

static int find_dots(struct fs *fs, const struct fs_node *folder,
		     size_t length, struct fs_node *node)
{
	fs->why = NULL;
	if (length == 1)
		*node = *folder;
	else if (is_root(fs, folder))
		fat_root(fs, node);
	else
		return find_parent(fs, folder, node);
	return 0;
}

int fat_find(struct fs *fs, const struct fs_node *folder, const char *name,
	     size_t length, struct fs_node *node)
{
	struct place place;
	struct fat_long found;
	const uint8_t *raw;
	int err;

	if (is_dots(name, length))
		return find_dots(fs, folder, length, node);
	go_to(&place, fs, folder, 0);
	while (!(err = next_entry(&place, &found, &raw))) {
		if (is_named(&found, raw, name, length)) {
			to_node(fs, raw, node);
			return 0;
		}
	}
	return err;
}
