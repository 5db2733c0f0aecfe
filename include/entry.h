/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot entries: what a file on a disk says about a kernel, its initrds, its
 * device tree and its command line. Pure text work. Facts: the Boot Loader
 * Specification (UAPI.1), version comparison (UAPI.10), and extlinux.conf as
 * syslinux and U-Boot's distro boot read it.
 */
#ifndef ENTRY_H
#define ENTRY_H

#include "types.h"

#define ENTRY_INITRDS		8
#define ENTRY_OVERLAYS		8
#define ENTRY_PATH_MAX		256	/* bytes with the NUL */
#define ENTRY_CMDLINE_MAX	2048	/* with the NUL, HO-02 */
#define ENTRY_NAME_MAX		128
#define ENTRY_FIELD_MAX		64
#define ENTRY_FILE_MAX		65536	/* a longer file is refused */

/* What sorts entries. */
struct entry_key {
	char id[ENTRY_NAME_MAX];	/* file name less counters and .conf */
	char sort_key[ENTRY_FIELD_MAX];	/* "": none */
	char machine_id[ENTRY_FIELD_MAX];
	char version[ENTRY_FIELD_MAX];
	bool counted;			/* the name has +LEFT or +LEFT-DONE */
	unsigned int left, done;
};

struct entry {
	struct entry_key key;
	char title[ENTRY_NAME_MAX];	/* "": none */
	char kernel[ENTRY_PATH_MAX];
	unsigned int initrd_count, overlay_count;
	char initrd[ENTRY_INITRDS][ENTRY_PATH_MAX];
	char devicetree[ENTRY_PATH_MAX];	/* "": none */
	char devicetree_folder[ENTRY_PATH_MAX];	/* extlinux fdtdir; "": none */
	char overlay[ENTRY_OVERLAYS][ENTRY_PATH_MAX];
	char cmdline[ENTRY_CMDLINE_MAX];
};

/*
 * Read the name of a Boot Loader Specification file ("x+3-1.conf").
 * Return: 0, -ENOEXEC (not a name of such a file), -EINVAL (counters that
 * make no sense), -ERANGE (longer than ENTRY_NAME_MAX).
 */
int entry_bls_name(const char *name, struct entry_key *key);

/*
 * Read such a file of @size bytes; the key's part that stands in the name is
 * kept. Unknown words are ignored, as the specification says. @why gets a
 * fixed text on failure.
 * Return: 0, -EINVAL (text that is none), -ENOENT (no linux),
 * -ENOTSUP (for another architecture, or EFI only), -ERANGE (a word, a path
 * or the command line is too long), -ENOSPC (too many initrds or overlays).
 */
int entry_bls_read(const char *text, size_t size, struct entry *entry,
		   const char **why);

/*
 * Does @a come before @b in a menu? Specification, "Sorting": those that
 * have no tries left last; then sort-key, machine-id, version, name.
 * Return: < 0, 0, > 0 as strcmp().
 */
int entry_compare(const struct entry_key *a, const struct entry_key *b);

/* UAPI.10: -1, 0, 1. */
int entry_compare_versions(const char *a, const char *b);

/* What loader.conf, beside such files, says of all of them. */
struct loader_conf {
	char pattern[ENTRY_NAME_MAX];	/* of the default's id; "": none */
	unsigned int timeout;		/* seconds; 0: none given */
};

/* Return: 0, and as entry_bls_read(). */
int entry_loader_read(const char *from, size_t size, struct loader_conf *conf,
		      const char **why);

/* Is the entry with this key the default, or one of several? */
bool entry_loader_likes(const struct loader_conf *conf,
			const struct entry_key *key);

/* What stands in front of the labels of an extlinux.conf. */
struct extlinux {
	unsigned int count;		/* labels that there are */
	unsigned int default_index;	/* of the label that "default" names */
	unsigned int timeout;		/* tenths of a second; 0: none given */
	bool prompt;
	char title[ENTRY_NAME_MAX];
};

/*
 * Read an extlinux.conf: its head, and label number @index (from 0 on). Its
 * paths may begin with "..", as NixOS writes them: they are relative to the
 * folder of the file.
 * Return: 0, -ENOENT (no such label, none at all), and as entry_bls_read().
 */
int entry_extlinux_head(const char *text, size_t size, struct extlinux *head,
			const char **why);
int entry_extlinux_read(const char *text, size_t size, unsigned int index,
			struct entry *entry, const char **why);

#endif
