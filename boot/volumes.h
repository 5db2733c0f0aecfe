/* SPDX-License-Identifier: BSD-2-Clause */
/* The source "disk": volumes, what stands on them, and the order of it all. */
#ifndef VOLUMES_H
#define VOLUMES_H

#include "entry.h"
#include "fs.h"
#include "source.h"

#define VOLUMES_MAX	16
#define ITEMS_MAX	1024	/* boot entries of all volumes */

struct volume {
	struct fs fs;
	char name[24];		/* "virtio0p1" */
	bool damaged;		/* and that has been told */
};

/*
 * Mount every volume of every disk; what cannot be read is told to @context.
 * Return: 0, -ENODEV (there is no disk).
 */
int volumes_mount(struct source_context *context);

/* Volume number @index; NULL: no more. */
struct volume *volume_at(unsigned int index);

enum item_kind {
	ITEM_BLS,	/* a file of the Boot Loader Specification */
	ITEM_EXTLINUX,	/* a label of an extlinux.conf */
	ITEM_PATH,	/* a kernel at a well-known path */
};

/* One boot entry, as far as the order of the list needs it. */
struct item {
	enum item_kind kind;
	uint8_t volume;
	uint8_t place;		/* which folder, file or path */
	uint16_t number;	/* extlinux: label; path: unused */
	bool preferred;		/* the default one of its kind */
	struct fs_node node;	/* BLS: the file */
	struct entry_key key;	/* BLS */
	char file[ENTRY_NAME_MAX];	/* BLS: its name */
};

/* Has it used up its tries? */
bool item_is_bad(const struct item *item);

/*
 * A new item, to be filled in and listed before the next one. When the list
 * is full, the last of all falls out of it.
 */
struct item *item_new(enum item_kind kind, unsigned int volume,
		      unsigned int place);
void item_list(const struct item *item);

/* The list as it is: number @index, NULL; did one fall out? */
const struct item *item_listed(unsigned int index);
bool items_overflowed(void);

/*
 * Item number @index of the list, which is made when the first is asked for;
 * those at well-known paths are looked for when all others are used up.
 * Return: NULL if there are no more.
 */
const struct item *item_at(unsigned int index,
			   struct source_context *context);

/* Tenths of a second to wait for a choice, as a disk says; 0: none does. */
unsigned int items_wait(void);

/*
 * Read the entry that @item stands for. Return: 0, or an error with @why;
 * @name gets where it stands.
 */
int item_read(const struct item *item, struct entry *entry, char *name,
	      size_t size, const char **why);

/* The folder in which relative paths of @item begin, "" for the root. */
const char *item_folder(const struct item *item);

#endif
