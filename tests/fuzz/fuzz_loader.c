/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes loader.conf: what is read is text that fits, and its pattern takes
 * the names that the plain way of comparing takes. Behind the first NUL of an
 * input stand names of entries, one a line.
 * link: boot/entry_text.c boot/entry_loader.c
 * max: 2048
 */
#include "entry.h"
#include "err.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(what)	do { if (!(what)) abort(); } while (0)

/* Row by row: do the first i of the pattern take the first j of the name? */
static bool takes(const char *pattern, size_t length, const char *name)
{
	static bool row[ENTRY_NAME_MAX + 1];
	const size_t end = strlen(name);

	memset(row, 0, sizeof(row));
	row[0] = true;
	for (size_t i = 0; i < length; i++) {
		bool before = row[0];

		row[0] = row[0] && pattern[i] == '*';
		for (size_t j = 0; j < end; j++) {
			const bool above = row[j + 1];

			row[j + 1] = pattern[i] == '*' ? above || row[j] :
				before && (pattern[i] == '?' ||
					   pattern[i] == name[j]);
			before = above;
		}
	}
	return row[end];
}

static void check_name(const struct loader_conf *conf, const char *name,
		       size_t size)
{
	static struct entry_key key;
	size_t length = strlen(conf->pattern);

	if (size >= sizeof(key.id))
		return;
	memset(key.id, 0, sizeof(key.id));
	memcpy(key.id, name, size);
	if (length > 5 && !strcmp(conf->pattern + length - 5, ".conf"))
		length -= 5;
	must(entry_loader_likes(conf, &key) ==
	     (length && takes(conf->pattern, length, key.id)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = memchr(data, 0, size);
	const size_t length = nul ? (size_t)(nul - data) : size;
	char *text = malloc(length ? length : 1);
	const char *why = NULL, *end = (const char *)data + size;
	struct loader_conf conf;
	int err;

	memcpy(text, data, length);
	err = entry_loader_read(text, length, &conf, &why);
	free(text);
	must(memchr(conf.pattern, 0, sizeof(conf.pattern)));
	must(!err || why);
	for (const char *at = (const char *)nul; !err && at && at < end;) {
		const char *line;

		at++;
		line = memchr(at, '\n', (size_t)(end - at));
		check_name(&conf, at, (size_t)((line ? line : end) - at));
		at = line;
	}
	return 0;
}
