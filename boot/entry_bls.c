/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entries of the Boot Loader Specification (UAPI.1, "Type #1"): one file each,
 * whose name also counts how often it may still be tried.
 */
#include "entry_text.h"
#include "err.h"
#include "words.h"
#include <string.h>

#define SUFFIX	".conf"

static const struct entry_field fields[] = {
	ENTRY_FIELD("title", ENTRY_TEXT, title),
	ENTRY_FIELD("version", ENTRY_TEXT, key.version),
	ENTRY_FIELD("machine-id", ENTRY_TEXT, key.machine_id),
	ENTRY_FIELD("sort-key", ENTRY_TEXT, key.sort_key),
	ENTRY_FIELD("linux", ENTRY_PATH, kernel),
	ENTRY_FIELD("devicetree", ENTRY_PATH, devicetree),
	{ "initrd", ENTRY_INITRD, 0, 0 },
	{ "devicetree-overlay", ENTRY_OVERLAY, 0, 0 },
	{ "options", ENTRY_OPTIONS, 0, 0 },
};

static const struct entry_format format = {
	fields, ARRAY_SIZE(fields), .any_case = false, .up = false,
	.between = "",
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Where the digits that end at @end begin. */
static size_t digits(const char *name, size_t end)
{
	while (end && is_digit(name[end - 1]))
		end--;
	return end;
}

/*
 * "+LEFT" or "+LEFT-DONE" right before the suffix; anything else is a part of
 * the name, which may have a "+" and a "-" of its own. @end moves to the "+".
 */
static int read_counters(const char *name, size_t *end, struct entry_key *key)
{
	size_t last = digits(name, *end), first = last;
	struct text left = { name + last, *end - last };
	struct text done = { "0", 1 };

	if (left.size && last && name[last - 1] == '-') {
		done = left;
		first = digits(name, last - 1);
		left = (struct text){ name + first, last - 1 - first };
	}
	if (!left.size || !first || name[first - 1] != '+')
		return 0;
	if (entry_text_number(left, &key->left) ||
	    entry_text_number(done, &key->done))
		return -EINVAL;
	key->counted = true;
	*end = first - 1;
	return *end ? 0 : -EINVAL;
}

static bool is_file_name(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name < ' ' || *name == 0x7f || *name == '/')
			return false;
	return true;
}

int entry_bls_name(const char *name, struct entry_key *key)
{
	const size_t suffix = sizeof(SUFFIX) - 1;
	size_t end = strlen(name);
	const char *why;
	int err;

	memset(key, 0, sizeof(*key));
	if (end <= suffix || name[0] == '.' || !is_file_name(name))
		return -ENOEXEC;
	end -= suffix;
	if (!entry_text_like((struct text){ name + end, suffix }, SUFFIX))
		return -ENOEXEC;
	err = read_counters(name, &end, key);
	return err ? err : entry_text_copy((struct text){ name, end }, key->id,
					   sizeof(key->id), &why);
}

/* What the file name said stays. */
static void clear(struct entry *entry)
{
	const struct entry_key key = entry->key;

	memset(entry, 0, sizeof(*entry));
	memcpy(entry->key.id, key.id, sizeof(key.id));
	entry->key.counted = key.counted;
	entry->key.left = key.left;
	entry->key.done = key.done;
}

/* The vocabulary is UEFI's; Debian's tools say arm64. */
static bool is_ours(struct text architecture)
{
	return entry_text_like(architecture, "aa64") ||
	       entry_text_like(architecture, "arm64");
}

static bool is_for_efi(struct text key)
{
	return entry_text_is(key, "efi") || entry_text_is(key, "uki") ||
	       entry_text_is(key, "uki-url");
}

int entry_bls_read(const char *text, size_t size, struct entry *entry,
		   const char **why)
{
	struct entry_line line;
	struct text rest;
	bool efi = false;
	int err;

	*why = NULL;
	clear(entry);
	err = entry_text_open(&rest, text, size, why);
	while (!err && entry_text_line(&rest, &line)) {
		if (!line.value.size)
			continue;
		if (entry_text_is(line.key, "architecture") &&
		    !is_ours(line.value)) {
			*why = WORDS("architecture: another one than aa64");
			return -ENOTSUP;
		}
		efi = efi || is_for_efi(line.key);
		err = entry_text_field(&format, &line, entry, why);
	}
	if (err || entry->kernel[0])
		return err;
	*why = efi ? WORDS("efi, uki: only for UEFI: give a linux line")
		   : WORDS("linux: there is no such line, so no kernel");
	return efi ? -ENOTSUP : -ENOENT;
}
