/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read-only file systems: pure functions over a disk. A file system says
 * where the bytes of a file lie; this layer walks paths and moves the bytes,
 * one request for each stretch that lies in one piece.
 */
#ifndef FS_H
#define FS_H

#include "disk.h"
#include "table.h"

#define FS_NAME_MAX	255	/* bytes of UTF-8 in one name */
#define FS_PATH_MAX	1024	/* with the NUL */
#define FS_LINKS_MAX	16	/* symbolic links followed for one path */

enum fs_kind { FS_FILE, FS_FOLDER, FS_LINK, FS_OTHER };

/* A file or a folder. */
struct fs_node {
	enum fs_kind kind;
	uint64_t size;		/* bytes of a file or of a link's target */
	uint64_t number;	/* inode, or first cluster */
	uint64_t own[12];	/* the file system's */
};

/* Where bytes of a file are. */
struct fs_run {
	uint64_t where;		/* byte in the volume, any alignment */
	uint64_t size;		/* bytes, not 0 */
	bool hole;		/* nowhere: zeroes */
};

/* A name in a folder. */
struct fs_entry {
	char name[FS_NAME_MAX + 1];	/* UTF-8, NUL-terminated */
	struct fs_node node;		/* as far as the folder tells */
};

struct fs;

struct fs_type {
	const char *name;
	/*
	 * Is it this one? Fill in fs->own. Return: 0, -ENOEXEC (no), or an
	 * error with fs->why: it is, but it cannot be read.
	 */
	int (*mount)(struct fs *fs);
	int (*root)(struct fs *fs, struct fs_node *node);
	/*
	 * The name behind @at (0 at first), which moves on. "." and ".." and
	 * what is deleted are not told. Return: 0, -ENOENT at the end.
	 */
	int (*list)(struct fs *fs, const struct fs_node *folder, uint64_t *at,
		    struct fs_entry *entry);
	/* Complete a node that list() has begun. */
	int (*open)(struct fs *fs, struct fs_node *node);
	/* The node @name (of @length bytes, no NUL) in @folder, completed. */
	int (*find)(struct fs *fs, const struct fs_node *folder,
		    const char *name, size_t length, struct fs_node *node);
	/*
	 * Where byte @offset (< node->size) of a file or link is, and how far
	 * it goes on from there; at most to the end of the file. @node may
	 * remember how far it came. Return: 0 or an error.
	 */
	int (*map)(struct fs *fs, struct fs_node *node, uint64_t offset,
		   struct fs_run *run);
};

TABLE(fs, struct fs_type);

/* A mounted volume. */
struct fs {
	const struct fs_type *type;
	const struct disk *disk;
	struct region where;	/* bytes on the disk */
	const char *why;	/* a fixed text behind the last error, or NULL */
	uint64_t own[32];	/* the file system's */
};

/*
 * Find the file system in @where of @disk.
 * Return: 0, -ENOEXEC (none that is built in), or the error of the one that
 * it is, with fs->why.
 */
int fs_mount(struct fs *fs, const struct disk *disk, struct region where);

/* Bytes of the volume, for the file systems. -ERANGE: not inside. */
int fs_bytes(struct fs *fs, uint64_t offset, void *to, uint64_t size);

/*
 * The node at @path, from the root on; symbolic links are followed, also in
 * its last part. Return: 0, -ENOENT, -ENOTDIR, -ELOOP (too many links),
 * -ERANGE (a path or name that is too long), and what the file system says.
 */
int fs_find(struct fs *fs, const char *path, struct fs_node *node);

/* fs->type->list() and open(), for a folder. -ENOTDIR: it is none. */
int fs_list(struct fs *fs, const struct fs_node *folder, uint64_t *at,
	    struct fs_entry *entry);
int fs_open(struct fs *fs, struct fs_node *node);

/*
 * Bytes [@offset, @offset + @size) of a file to @to, straight from the disk
 * where a stretch has whole blocks. Return: 0, -ERANGE (not inside the
 * file), -EISDIR, and what file system and disk say.
 */
int fs_read(struct fs *fs, struct fs_node *node, uint64_t offset, void *to,
	    uint64_t size);

#endif
