/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines, words and paths of boot entries; nothing is cut, what is too long fails. */
#include "entry_text.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define MARK	"\xef\xbb\xbf"	/* byte order mark in UTF-8 */

static int fail(const char **why, int err, const char *text)
{
	*why = text;
	return err;
}

/* Terminals obey control characters, and C's strings end at one. */
static bool is_plain(const char *at, const char *end)
{
	const unsigned char c = (unsigned char)*at;

	if (c == '\r')
		return at + 1 == end || at[1] == '\n';
	return (c >= ' ' && c != 0x7f) || c == '\t' || c == '\n';
}

int entry_text_open(struct text *text, const char *from, size_t size,
		    const char **why)
{
	const size_t mark = sizeof(MARK) - 1;

	if (size > ENTRY_FILE_MAX)
		return fail(why, -ERANGE, WORDS("text: longer than 64 KiB"));
	for (size_t i = 0; i < size; i++)
		if (!is_plain(from + i, from + size))
			return fail(why, -EINVAL, WORDS("text: has a control character in it, it is no text"));
	if (size >= mark && !memcmp(from, MARK, mark)) {
		from += mark;
		size -= mark;
	}
	*text = (struct text){ from, size };
	return 0;
}

static bool is_one_of(char c, const char *set)
{
	for (; *set; set++)
		if (*set == c)
			return true;
	return false;
}

static struct text skip(struct text text, const char *set)
{
	while (text.size && is_one_of(text.at[0], set)) {
		text.at++;
		text.size--;
	}
	return text;
}

static struct text trim(struct text text)
{
	text = skip(text, BLANKS);
	while (text.size && is_one_of(text.at[text.size - 1], BLANKS))
		text.size--;
	return text;
}

struct text entry_text_word(struct text *rest, const char *separators)
{
	struct text word = skip(*rest, separators);
	size_t length = 0;

	while (length < word.size && !is_one_of(word.at[length], separators))
		length++;
	rest->at = word.at + length;
	rest->size = word.size - length;
	*rest = skip(*rest, separators);
	word.size = length;
	return word;
}

bool entry_text_line(struct text *rest, struct entry_line *line)
{
	while (rest->size) {
		const char *end = memchr(rest->at, '\n', rest->size);
		struct text all = { rest->at, end ? (size_t)(end - rest->at)
						  : rest->size };

		rest->at += all.size + (end ? 1 : 0);
		rest->size -= all.size + (end ? 1 : 0);
		all = trim(all);
		line->key = entry_text_word(&all, BLANKS);
		line->value = all;
		if (line->key.size && line->key.at[0] != '#')
			return true;
	}
	return false;
}

bool entry_text_is(struct text text, const char *want)
{
	return text.size == strlen(want) && !memcmp(text.at, want, text.size);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool entry_text_like(struct text text, const char *want)
{
	if (text.size != strlen(want))
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (lower(text.at[i]) != lower(want[i]))
			return false;
	return true;
}

int entry_text_copy(struct text text, char *to, size_t room, const char **why)
{
	if (text.size >= room)
		return fail(why, -ERANGE, WORDS("text: a title, a version or a key is too long"));
	memcpy(to, text.at, text.size);
	to[text.size] = '\0';
	return 0;
}

int entry_text_number(struct text text, unsigned int *number)
{
	unsigned int sum = 0;

	if (!text.size)
		return -EINVAL;
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return -EINVAL;
		if (__builtin_mul_overflow(sum, 10u, &sum) ||
		    __builtin_add_overflow(sum, text.at[i] - '0', &sum))
			return -ERANGE;
	}
	*number = sum;
	return 0;
}

int entry_text_options(struct entry *entry, struct text text, const char **why)
{
	size_t used = strlen(entry->cmdline);

	if (!text.size)
		return 0;
	if (used + !!used + text.size >= sizeof(entry->cmdline))
		return fail(why, -ERANGE, WORDS("options: the command line is longer than the 2047 bytes that Linux takes"));
	if (used)
		entry->cmdline[used++] = ' ';
	memcpy(entry->cmdline + used, text.at, text.size);
	entry->cmdline[used + text.size] = '\0';
	return 0;
}

/* May it have ".." there? At most in front, if it is relative. */
static bool goes_astray(struct text path, bool may_go_up)
{
	bool front = may_go_up && path.size && path.at[0] != '/';

	while (path.size) {
		struct text part = entry_text_word(&path, "/");
		bool up = entry_text_is(part, "..");

		if (up && !front)
			return true;
		front = front && (up || entry_text_is(part, "."));
	}
	return false;
}

static int set_path(const struct entry_format *format, struct text path,
		    char *to, const char **why)
{
	if (goes_astray(path, format->up))
		return fail(why, -EINVAL, WORDS("path: has a .. in it: write it from the root on"));
	if (path.size >= ENTRY_PATH_MAX)
		return fail(why, -ERANGE, WORDS("path: longer than 255 bytes"));
	memcpy(to, path.at, path.size);
	to[path.size] = '\0';
	return 0;
}

/* A list of paths, or one if nothing can stand between two. */
static int add_paths(const struct entry_format *format, struct text value,
		     const char *between, char (*list)[ENTRY_PATH_MAX],
		     unsigned int *count, unsigned int most, const char **why)
{
	int err = 0;

	while (!err && value.size) {
		struct text path = trim(entry_text_word(&value, between));

		if (!path.size)
			continue;
		if (*count == most)
			return fail(why, -ENOSPC, WORDS("initrd, devicetree-overlay: more than 8 files"));
		err = set_path(format, path, list[*count], why);
		*count += !err;
	}
	return err;
}

static int set_field(const struct entry_format *format,
		     const struct entry_field *field, struct text value,
		     struct entry *entry, const char **why)
{
	char *to = (char *)entry + field->offset;

	switch (field->kind) {
	case ENTRY_PATH:
		return set_path(format, value, to, why);
	case ENTRY_INITRD:
		return add_paths(format, value, format->between, entry->initrd,
				 &entry->initrd_count, ENTRY_INITRDS, why);
	case ENTRY_OVERLAY:
		return add_paths(format, value, BLANKS, entry->overlay,
				 &entry->overlay_count, ENTRY_OVERLAYS, why);
	case ENTRY_OPTIONS:
		return entry_text_options(entry, value, why);
	default:
		return entry_text_copy(value, to, field->room, why);
	}
}

int entry_text_field(const struct entry_format *format,
		     const struct entry_line *line, struct entry *entry,
		     const char **why)
{
	bool (*same)(struct text text, const char *want) =
		format->any_case ? entry_text_like : entry_text_is;

	if (!line->value.size)
		return 0;
	for (unsigned int i = 0; i < format->count; i++)
		if (same(line->key, format->fields[i].key))
			return set_field(format, &format->fields[i],
					 line->value, entry, why);
	return 0;
}
