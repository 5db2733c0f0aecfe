/* SPDX-License-Identifier: BSD-2-Clause */
/* A FIT of make_fit.py in memory, and ways to damage it where it lies. */
#ifndef FIT_FILE_H
#define FIT_FILE_H

#include "bytes.h"
#include "fit.h"

struct fit_file {
	struct bytes bytes;	/* 8-byte aligned, rounded up to 8 */
	uint64_t size;
	struct dt dt;
	struct fit_choice choice;
	const char *why;
};

/* Load "fit/@name"; it is not opened yet. */
void fit_load(struct fit_file *fit, const char *name);
void fit_free(struct fit_file *fit);

/* fit_open() and, if that works, fit_choose(). Return: what they say. */
int fit_try(struct fit_file *fit, const char *want, const struct dt *machine);

/* The property @name of the node at @path, which must be there. */
struct dt_prop fit_prop(struct fit_file *fit, const char *path,
			const char *name);

/* Take it away: in its place stand NOPs. */
void fit_drop(struct fit_file *fit, const char *path, const char *name);

/* Call it @other, which must be the name of a property somewhere. */
void fit_rename(struct fit_file *fit, const char *path, const char *name,
		const char *other);

/* Write text, with its NUL, or a number over its value. */
void fit_put_text(struct fit_file *fit, const char *path, const char *name,
		  const char *text);
void fit_put(struct fit_file *fit, const char *path, const char *name,
	     uint32_t value);

/* Another length, within the words that it has. */
void fit_resize(struct fit_file *fit, const char *path, const char *name,
		uint32_t size);

/* Give the node another name, of the same length. */
void fit_call(struct fit_file *fit, const char *path, const char *name);

#endif
