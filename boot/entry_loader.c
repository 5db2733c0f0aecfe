/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader.conf beside Boot Loader Specification entries: which of them is the
 * default, and how long to wait. Facts: loader.conf(5) of systemd-boot.
 */
#include "entry_text.h"
#include "err.h"
#include <string.h>

int entry_loader_read(const char *from, size_t size, struct loader_conf *conf,
		      const char **why)
{
	struct entry_line line;
	struct text text;
	int err = entry_text_open(&text, from, size, why);

	memset(conf, 0, sizeof(*conf));
	while (!err && entry_text_line(&text, &line)) {
		if (entry_text_is(line.key, "default"))
			err = entry_text_copy(line.value, conf->pattern,
					      sizeof(conf->pattern), why);
		/* "menu-force" and such have no number. */
		if (entry_text_is(line.key, "timeout") &&
		    entry_text_number(line.value, &conf->timeout))
			conf->timeout = 0;
	}
	return err;
}

/* @pattern with * and ? against the whole of @name, without going back far. */
static bool like(const char *pattern, const char *name)
{
	const char *star = NULL, *from = NULL;

	while (*name) {
		if (*pattern == '*') {
			star = pattern++;
			from = name;
		} else if (*pattern == '?' || *pattern == *name) {
			pattern++;
			name++;
		} else if (star) {
			pattern = star + 1;
			name = ++from;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

bool entry_loader_likes(const struct loader_conf *conf,
			const struct entry_key *key)
{
	char pattern[sizeof(conf->pattern)];
	size_t length = strlen(conf->pattern);

	/* "debian-*" and "debian-12.conf" mean the same sort of thing. */
	memcpy(pattern, conf->pattern, sizeof(pattern));
	if (length > 5 && !strcmp(pattern + length - 5, ".conf"))
		pattern[length - 5] = '\0';
	return pattern[0] && like(pattern, key->id);
}
