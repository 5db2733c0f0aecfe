/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattened Image Trees as mkimage writes them: which images belong together
 * for this machine, where their bytes are, and whether they have the digests
 * that the tree says. Facts: the FIT specification (flat image tree source
 * file format), as U-Boot's tools implement it.
 */
#ifndef FIT_H
#define FIT_H

#include "dt.h"
#include "region.h"
#include "trust.h"

#define FIT_OVERLAYS	8
#define FIT_NAME_MAX	64

/* One image of the tree. */
struct fit_image {
	int node;		/* negative: there is none */
	struct region where;	/* bytes of the FIT file */
	const char *compression;	/* "none", "gzip", ... */
	uint64_t load, entry;	/* as the node says; 0: it does not */
};

/* What one configuration wants to be booted. */
struct fit_choice {
	int node;		/* of the configuration */
	char configuration[FIT_NAME_MAX];
	struct fit_image kernel, initrd, devicetree;
	unsigned int overlay_count;
	struct fit_image overlay[FIT_OVERLAYS];
};

/*
 * Open the tree part of a FIT: @room bytes at @blob, in memory, 8-byte
 * aligned. A FIT may be larger than any device tree for a kernel.
 * Return: 0, -ENOEXEC (no FIT), -EINVAL (damaged); @why gets a fixed text.
 */
int fit_open(struct dt *dt, const void *blob, uint64_t room,
	     const char **why);

/*
 * Bytes of the file that fit_open() must see: the tree, with the data of
 * images that lie in it. From the first FIT_HEAD bytes. 0: this is no FIT.
 */
#define FIT_HEAD	40u
uint64_t fit_tree_size(const void *head);

/*
 * Choose a configuration: the one named @want; else the first whose
 * compatible (or that of its device tree's root) has the most specific string
 * of the machine's tree @machine in common; else the default one; else the
 * first. @file_size bounds external data.
 * Return: 0, -ENOENT (nothing to choose, or an image that is not there),
 * -EINVAL, -ERANGE (data outside of the file), -ENOTSUP (another
 * architecture or type), -ENOSPC (too many overlays), with @why.
 */
int fit_choose(const struct dt *dt, uint64_t file_size, const char *want,
	       const struct dt *machine, struct fit_choice *choice,
	       const char **why);

/*
 * Compare @image, whose bytes lie at @data, with every hash node that it
 * has. @count gets how many were compared.
 * Return: 0, -EBADMSG (a digest is another), -ENOTSUP (an algorithm that is
 * not built in), -EINVAL, with @why.
 */
int fit_check(const struct dt *dt, const struct fit_image *image,
	      const void *data, unsigned int *count, const char **why);

/*
 * Is the configuration of @choice signed by one of our keys (public_key.h),
 * with every node that fit_choose() has read, and has each image of it a hash
 * of SHA-256 or better among them? Their bytes are fit_check()'s business. The
 * tree must be the one that was chosen from, unchanged. @trust is filled in.
 * Return: 0, -ENOENT (no signature), -EBADMSG (none of our keys), -ENOTSUP,
 * -EINVAL, -ENOSPC (more nodes than anybody needs), with @why.
 */
int fit_signature(const struct dt *dt, const struct fit_choice *choice,
		  struct trust *trust, const char **why);

/* The command line of a configuration; -ENOENT, -EINVAL, -ERANGE (too long). */
int fit_cmdline(const struct dt *dt, const struct fit_choice *choice,
		char *cmdline, uint32_t size, const char **why);

#endif
