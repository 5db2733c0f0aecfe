/* SPDX-License-Identifier: BSD-2-Clause */
/* Damages a FIT without a library that could repair it. */
#include "fit_file.h"
#include "err.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOP	0x04000000u	/* as it is read on this machine */

void fit_load(struct fit_file *fit, const char *name)
{
	char path[64] = "fit/";
	struct bytes file = bytes_load(strcat(path, name));

	memset(fit, 0, sizeof(*fit));
	fit->size = file.size;
	fit->bytes = bytes_make(ALIGN_UP(file.size, 8));
	memcpy(fit->bytes.at, file.at, file.size);
	bytes_free(&file);
	fit_open(&fit->dt, fit->bytes.at, fit->size, &fit->why);
}

void fit_free(struct fit_file *fit)
{
	bytes_free(&fit->bytes);
}

int fit_try(struct fit_file *fit, const char *want, const struct dt *machine)
{
	int err = fit_open(&fit->dt, fit->bytes.at, fit->size, &fit->why);

	if (err)
		return err;
	return fit_choose(&fit->dt, fit->size, want, machine, &fit->choice,
			  &fit->why);
}

struct dt_prop fit_prop(struct fit_file *fit, const char *path,
			const char *name)
{
	struct dt_prop prop;

	if (!dt_prop(&fit->dt, dt_path(&fit->dt, path), name, &prop)) {
		fprintf(stderr, "%s has no %s\n", path, name);
		exit(EXIT_FAILURE);
	}
	return prop;
}

/* NOPs over the words from @at to @end. */
static void blank(uint8_t *at, uint8_t *end)
{
	const uint32_t nop = NOP;

	for (; at < end; at += sizeof(nop))
		memcpy(at, &nop, sizeof(nop));
}

void fit_drop(struct fit_file *fit, const char *path, const char *name)
{
	struct dt_prop prop = fit_prop(fit, path, name);
	uint8_t *at = (uint8_t *)(uintptr_t)prop.data;

	blank(at - 12, at + ALIGN_UP(prop.size, 4));
}

/* Where the name of a property stands, from the start of the strings. */
static uint32_t name_of(struct fit_file *fit, const char *name)
{
	const char *at = (const char *)fit->dt.blob + fit->dt.strings;
	const char *end = (const char *)fit->dt.blob + fit->dt.strings_end;

	for (const char *it = at; it < end; it += strlen(it) + 1)
		if (!strcmp(it, name))
			return (uint32_t)(it - at);
	fprintf(stderr, "nothing has the name %s\n", name);
	exit(EXIT_FAILURE);
}

void fit_rename(struct fit_file *fit, const char *path, const char *name,
		const char *other)
{
	struct dt_prop prop = fit_prop(fit, path, name);
	uint32_t offset = __builtin_bswap32(name_of(fit, other));

	memcpy((uint8_t *)(uintptr_t)prop.data - 4, &offset, 4);
}

void fit_resize(struct fit_file *fit, const char *path, const char *name,
		uint32_t size)
{
	struct dt_prop prop = fit_prop(fit, path, name);
	uint8_t *at = (uint8_t *)(uintptr_t)prop.data;

	if (size > prop.size)
		abort();
	blank(at + ALIGN_UP(size, 4), at + ALIGN_UP(prop.size, 4));
	size = __builtin_bswap32(size);
	memcpy(at - 8, &size, 4);
}

void fit_put_text(struct fit_file *fit, const char *path, const char *name,
		  const char *text)
{
	const uint32_t size = (uint32_t)strlen(text) + 1;

	fit_resize(fit, path, name, size);
	memcpy((uint8_t *)(uintptr_t)fit_prop(fit, path, name).data, text, size);
}

void fit_put(struct fit_file *fit, const char *path, const char *name,
	     uint32_t value)
{
	struct dt_prop prop = fit_prop(fit, path, name);

	value = __builtin_bswap32(value);
	memcpy((uint8_t *)(uintptr_t)prop.data, &value, 4);
}

void fit_call(struct fit_file *fit, const char *path, const char *name)
{
	int node = dt_path(&fit->dt, path);
	uint8_t *at = (uint8_t *)(uintptr_t)fit->dt.blob + node + 4;

	if (node < 0 || strlen((char *)at) != strlen(name))
		abort();
	memcpy(at, name, strlen(name));
}
