/* SPDX-License-Identifier: BSD-2-Clause */
/* Something that could be booted: files that belong together. */
#ifndef CANDIDATE_H
#define CANDIDATE_H

#include "file.h"
#include "trust.h"

#define CMDLINE_MAX	2048	/* what arm64 Linux keeps, with the NUL, HO-02 */
#define CANDIDATE_INITRDS	8
#define CANDIDATE_OVERLAYS	8

struct candidate {
	const char *source;		/* name of the source */
	const char *why;		/* behind an error of open(); or NULL */
	unsigned int wait;		/* tenths of a second for a choice */
	struct file kernel;
	unsigned int initrd_count;
	struct file initrd[CANDIDATE_INITRDS];	/* one after the other */
	struct file devicetree;		/* size 0: the machine's */
	unsigned int overlay_count;
	struct file overlay[CANDIDATE_OVERLAYS];
	/*
	 * CONFIG_TRUST, set by a format that can be signed: is it signed by one
	 * of our keys, and its command line to cmdline[]. Return: 0 or -errno,
	 * with @why; the second one also -ENOENT.
	 */
	int (*verify)(struct candidate *candidate, const char **why);
	int (*read_cmdline)(struct candidate *candidate, const char **why);
	struct trust trust;		/* step verify's verdict */
	char name[160];			/* where it stands, and its title */
	char cmdline[CMDLINE_MAX];	/* empty: the source has none */
};

/* Bytes of all initrds, each but the last padded to 4 (Linux: initramfs). */
#define CANDIDATE_INITRD_ALIGN	4u
uint64_t candidate_initrd_size(const struct candidate *candidate);

#endif
