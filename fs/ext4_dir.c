/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Folders of ext4: a list of entries, none of which crosses the end of a
 * block. Hash tables look like entries that are not in use, so going through
 * all blocks finds every name.
 */
#include "ext4.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define FOLDER_MAX	(64 * SZ_1M)
#define HEAD		8u	/* bytes of an entry before its name */
#define ENTRY_MIN	12u
#define ENTRY_ROOM	(HEAD + FS_NAME_MAX)
#define PARENT		4u	/* bytes of an inline folder before names */

/* Bytes that hold whole entries: a block, or a part of an inode. */
struct area {
	uint64_t at;		/* byte of the volume */
	uint64_t start;		/* in the folder */
	uint32_t size;
};

/* Some of them, read; @most at a time. */
struct window {
	const struct area *area;
	uint32_t start, size, most;
	uint8_t bytes[EXT4_WINDOW] __attribute__((aligned(8)));
};

struct dirent {
	uint64_t inode;		/* 0: no name */
	uint32_t length;	/* to the next entry */
	uint8_t name_length, kind;
	const char *name;
};

static int bad_folder(struct fs *fs)
{
	return ext4_fail(fs, -EINVAL, WORDS("ext4: a folder's entries make no sense: run "
					    "e2fsck"));
}

/* In the inode: what is in i_block behind the parent, then an attribute. */
static int inline_area(const struct ext4_node *own, uint64_t offset,
		       struct area *area)
{
	const uint32_t first = EXT4_BLOCK_AREA - PARENT;

	if (offset < first)
		*area = (struct area){ own->in_inode.at + PARENT, 0, first };
	else
		*area = (struct area){ own->in_inode.at + own->in_inode.more,
				       first, own->in_inode.size };
	return offset < area->start + area->size ? 0 : -ENOENT;
}

/* The area with byte @offset of @folder. Return: 0, -ENOENT behind the last. */
static int find_area(struct fs *fs, struct fs_node *folder, uint64_t offset,
		     struct area *area)
{
	const struct ext4_node *own = ext4_node_of(folder);
	const uint32_t block = 1u << ext4_of(fs)->shift;
	struct fs_run run;
	int err;

	if (own->flags & EXT4_NODE_INLINE)
		return inline_area(own, offset, area);
	if (!IS_ALIGNED(folder->size, block) || folder->size > FOLDER_MAX)
		return ext4_fail(fs, -EINVAL, WORDS("ext4: a folder that is over 64 MiB or "
						    "ends within a block: run e2fsck -D"));
	if (offset >= folder->size)
		return -ENOENT;
	offset = ALIGN_DOWN(offset, block);
	err = ext4_map(fs, folder, offset, &run);
	if (err)
		return err;
	*area = (struct area){ run.where, offset, block };
	return run.hole ? bad_folder(fs) : 0;
}

/* Compare the checksum of a block; those of inodes have been compared. */
static int check_area(struct fs *fs, struct fs_node *folder,
		      const struct area *area)
{
	const struct ext4_node *own = ext4_node_of(folder);

	if (!ext4_has_checksums(fs) || own->flags & EXT4_NODE_INLINE)
		return 0;
	return ext4_dir_check(fs, own, area->at, !area->start);
}

static void open_window(struct window *w, const struct area *area,
			uint32_t most)
{
	w->area = area;
	w->start = w->size = 0;
	w->most = most;
}

/* Have the entry at @offset in the window, as far as the area goes. */
static int look(struct fs *fs, struct window *w, uint32_t offset)
{
	const uint32_t left = w->area->size - offset;
	const uint32_t need = left < ENTRY_ROOM ? left : ENTRY_ROOM;

	if (offset >= w->start && offset - w->start <= w->size &&
	    w->size - (offset - w->start) >= need)
		return 0;
	w->start = offset;
	w->size = left < w->most ? left : w->most;
	return fs_bytes(fs, w->area->at + offset, w->bytes, w->size);
}

/* Read the entry at @offset, which is less than the area's size. */
static int read_entry(struct fs *fs, struct window *w, uint32_t offset,
		      struct dirent *entry)
{
	const uint32_t left = w->area->size - offset;
	const uint8_t *p;
	int err;

	if (left < ENTRY_MIN)
		return bad_folder(fs);
	err = look(fs, w, offset);
	if (err)
		return err;
	p = w->bytes + (offset - w->start);
	entry->inode = le32(p);
	entry->length = ext4_rec_len(fs, le16(p + 4));
	entry->name_length = p[6];
	entry->kind = p[7];
	entry->name = (const char *)p + HEAD;
	if (entry->length < ENTRY_MIN || !IS_ALIGNED(entry->length, 4) ||
	    entry->length > left || entry->length < HEAD + entry->name_length ||
	    entry->inode > ext4_of(fs)->inodes)
		return bad_folder(fs);
	return 0;
}

static bool is_dots(const struct dirent *entry)
{
	return entry->name[0] == '.' &&
	       (entry->name_length == 1 ||
		(entry->name_length == 2 && entry->name[1] == '.'));
}

static enum fs_kind kind_of(uint8_t kind)
{
	static const uint8_t kinds[] = { [1] = FS_FILE, [2] = FS_FOLDER,
					 [3] = FS_OTHER, [4] = FS_OTHER,
					 [5] = FS_OTHER, [6] = FS_OTHER,
					 [7] = FS_LINK };

	return kinds[kind];
}

/* Tell an entry; its inode is only asked where the folder has no kind. */
static int tell(struct fs *fs, const struct dirent *from,
		struct fs_entry *entry)
{
	const bool told = ext4_of(fs)->incompat & EXT4_INCOMPAT_FILETYPE &&
			  from->kind && from->kind <= 7;

	if (!from->name_length || memchr(from->name, 0, from->name_length) ||
	    memchr(from->name, '/', from->name_length))
		return bad_folder(fs);
	memcpy(entry->name, from->name, from->name_length);
	entry->name[from->name_length] = 0;
	memset(&entry->node, 0, sizeof(entry->node));
	entry->node.number = from->inode;
	if (!told)
		return ext4_inode_open(fs, &entry->node);
	entry->node.kind = kind_of(from->kind);
	return 0;
}

/*
 * Where a listing is: the byte of the folder in units of entries, and above
 * it the block of the volume, so that a name costs the same wherever it is.
 * A block whose number has no room there is found anew for each name.
 */
#define AT_BITS		25

static uint64_t pack(struct fs *fs, const struct area *area, uint32_t offset)
{
	const uint64_t block = area->at >> ext4_of(fs)->shift;
	const bool room = block >> (64 - AT_BITS) == 0 && offset < area->size &&
			  area->size == 1u << ext4_of(fs)->shift;

	return (area->start + offset) / 4 | (room ? block << AT_BITS : 0);
}

/* The area where a listing goes on, @offset bytes in; a new one is checked. */
static int unpack(struct fs *fs, struct fs_node *folder, uint64_t at,
		  struct area *area, uint32_t *offset)
{
	const uint64_t byte = (at & ((1u << AT_BITS) - 1)) * 4;
	const uint32_t block = 1u << ext4_of(fs)->shift;
	int err = 0;

	if (at >> AT_BITS) {
		*area = (struct area){ at >> AT_BITS << ext4_of(fs)->shift,
				       ALIGN_DOWN(byte, block), block };
	} else {
		err = find_area(fs, folder, byte, area);
		if (!err)
			err = check_area(fs, folder, area);
	}
	*offset = (uint32_t)(byte - area->start);
	return err;
}

int ext4_dir_list(struct fs *fs, const struct fs_node *folder, uint64_t *at,
		  struct fs_entry *entry)
{
	struct fs_node node = *folder;
	struct area area;
	struct window w;
	struct dirent found;
	uint32_t offset;

	fs->why = NULL;
	for (;;) {
		int err = unpack(fs, &node, *at, &area, &offset);

		if (err)
			return err;
		open_window(&w, &area, ENTRY_ROOM);
		do {
			err = read_entry(fs, &w, offset, &found);
			if (err)
				return err;
			offset += found.length;
			*at = pack(fs, &area, offset);
			if (found.inode && !is_dots(&found))
				return tell(fs, &found, entry);
		} while (offset < area.size);
	}
}

/* Return: 0 with the name's @inode, -ENOENT, or why not. */
static int search_area(struct fs *fs, const struct area *area,
		       const char *name, size_t length, uint64_t *inode)
{
	struct window w;
	struct dirent found;

	open_window(&w, area, sizeof(w.bytes));
	for (uint32_t at = 0; at < area->size; at += found.length) {
		int err = read_entry(fs, &w, at, &found);

		if (err)
			return err;
		if (found.inode && found.name_length == length &&
		    !memcmp(found.name, name, length)) {
			*inode = found.inode;
			return 0;
		}
	}
	return -ENOENT;
}

/* Only the block with the name needs a right checksum. */
static int search(struct fs *fs, struct fs_node *folder, const char *name,
		  size_t length, uint64_t *inode)
{
	uint64_t offset = 0;
	struct area area;

	for (;;) {
		int err = find_area(fs, folder, offset, &area), bad;

		if (err)
			return err;
		err = search_area(fs, &area, name, length, inode);
		if (err != -ENOENT) {
			bad = check_area(fs, folder, &area);
			return bad ? bad : err;
		}
		offset = area.start + area.size;
	}
}

/* That a name is not there is only sure where all blocks are good. */
static int check_all(struct fs *fs, struct fs_node *folder)
{
	uint64_t offset = 0;
	struct area area;
	int err;

	if (!ext4_has_checksums(fs))
		return 0;
	for (;;) {
		err = find_area(fs, folder, offset, &area);
		if (!err)
			err = check_area(fs, folder, &area);
		if (err)
			return err == -ENOENT ? 0 : err;
		offset = area.start + area.size;
	}
}

int ext4_dir_find(struct fs *fs, const struct fs_node *folder,
		  const char *name, size_t length, struct fs_node *node)
{
	struct fs_node copy = *folder;
	const struct ext4_node *own = ext4_node_of(&copy);
	uint64_t inode = 0;
	int err = 0, bad;

	fs->why = NULL;
	if (own->flags & EXT4_NODE_CASEFOLD)
		return ext4_fail(fs, -ENOTSUP, WORDS("ext4: a folder that takes upper and "
						     "lower case as one: chattr -F"));
	if (own->flags & EXT4_NODE_INLINE && length == 2 &&
	    !memcmp(name, "..", 2))
		inode = le32(own->block);
	else
		err = search(fs, &copy, name, length, &inode);
	if (err == -ENOENT) {
		bad = check_all(fs, &copy);
		err = bad ? bad : err;
	}
	if (err)
		return err;
	node->number = inode;
	return ext4_inode_open(fs, node);
}
