/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * extlinux.conf: labels behind a head, as syslinux describes them and U-Boot's
 * distro boot reads them. Keys that only matter on a PC or to a menu are
 * ignored; so is `include`, since only this file is read. Relative paths
 * count from the file's folder (the caller's work), and may begin with "..":
 * NixOS writes them so.
 */
#include "entry_text.h"
#include "err.h"
#include "words.h"
#include <string.h>

static const struct entry_field fields[] = {
	ENTRY_FIELD("linux", ENTRY_PATH, kernel),
	ENTRY_FIELD("kernel", ENTRY_PATH, kernel),
	ENTRY_FIELD("fdt", ENTRY_PATH, devicetree),
	ENTRY_FIELD("devicetree", ENTRY_PATH, devicetree),
	ENTRY_FIELD("fdtdir", ENTRY_PATH, devicetree_folder),
	ENTRY_FIELD("devicetreedir", ENTRY_PATH, devicetree_folder),
	{ "initrd", ENTRY_INITRD, 0, 0 },
	{ "fdtoverlays", ENTRY_OVERLAY, 0, 0 },
	{ "devicetree-overlay", ENTRY_OVERLAY, 0, 0 },
};

static const struct entry_format format = {
	fields, ARRAY_SIZE(fields), .any_case = true, .up = true,
	.between = ",",
};

/* A label's texts that need more than to be copied. */
struct label {
	struct text name, menu, append;
};

/* The next line; what stands between TEXT HELP and ENDTEXT is for people. */
static bool next_line(struct text *rest, struct entry_line *line)
{
	bool help = false;

	while (entry_text_line(rest, line)) {
		if (help)
			help = !entry_text_like(line->key, "endtext");
		else if (entry_text_like(line->key, "text"))
			help = entry_text_like(line->value, "help");
		else
			return true;
	}
	return false;
}

/* `menu title x` and such: the second word is the key. */
static bool is_menu(struct entry_line *line)
{
	if (!entry_text_like(line->key, "menu"))
		return false;
	line->key = entry_text_word(&line->value, BLANKS);
	return true;
}

static int read_number(struct text value, unsigned int *number,
		       const char **why)
{
	int err = entry_text_number(value, number);

	if (err)
		*why = WORDS("timeout, prompt: not a number: give tenths of a second, and 0 or 1");
	return err;
}

/* What leads to the label that is the default one. */
struct choice {
	struct text name;	/* behind `default` */
	unsigned int menu;	/* label with `menu default`, from 1 on */
};

static int take_head(struct entry_line *line, struct extlinux *head,
		     struct choice *choice, const char **why)
{
	unsigned int prompt;
	int err = 0;

	if (is_menu(line)) {
		if (entry_text_like(line->key, "default") && !choice->menu)
			choice->menu = head->count;
		if (entry_text_like(line->key, "title"))
			return entry_text_copy(line->value, head->title,
					       sizeof(head->title), why);
	} else if (entry_text_like(line->key, "label")) {
		head->count++;
	} else if (entry_text_like(line->key, "default")) {
		choice->name = line->value;
	} else if (entry_text_like(line->key, "timeout")) {
		err = read_number(line->value, &head->timeout, why);
	} else if (entry_text_like(line->key, "prompt")) {
		err = read_number(line->value, &prompt, why);
		head->prompt = !err && prompt;
	}
	return err;
}

/*
 * `default` may also name a program of syslinux that shows a menu, and then
 * `menu default` counts; without either it is the first label.
 */
static unsigned int find_default(struct text rest, const struct choice *choice)
{
	struct entry_line line;
	unsigned int index = 0;

	while (next_line(&rest, &line)) {
		if (!entry_text_like(line.key, "label"))
			continue;
		if (choice->name.size && line.value.size == choice->name.size &&
		    !memcmp(line.value.at, choice->name.at, line.value.size))
			return index;
		index++;
	}
	return choice->menu ? choice->menu - 1 : 0;
}

int entry_extlinux_head(const char *text, size_t size, struct extlinux *head,
			const char **why)
{
	struct choice choice = { .menu = 0 };
	struct entry_line line;
	struct text all, rest;
	int err;

	*why = NULL;
	memset(head, 0, sizeof(*head));
	err = entry_text_open(&all, text, size, why);
	if (err)
		return err;
	rest = all;
	while (!err && next_line(&rest, &line))
		err = take_head(&line, head, &choice, why);
	if (!err && !head->count) {
		*why = WORDS("label: there is none");
		return -ENOENT;
	}
	head->default_index = find_default(all, &choice);
	return err;
}

static int take_line(struct entry_line *line, struct label *label,
		     struct entry *entry, const char **why)
{
	if (is_menu(line)) {
		if (entry_text_like(line->key, "label"))
			label->menu = line->value;
		return 0;
	}
	if (entry_text_like(line->key, "append")) {
		label->append = line->value;
		return 0;
	}
	return entry_text_field(&format, line, entry, why);
}

/* A "^" marks the key that chooses the label. */
static void strip_carets(char *text)
{
	char *to = text;

	for (; *text; text++)
		if (*text != '^')
			*to++ = *text;
	*to = '\0';
}

static int finish(const struct label *label, struct entry *entry,
		  const char **why)
{
	int err = entry_text_copy(label->name, entry->key.id,
				  sizeof(entry->key.id), why);

	if (!err)
		err = entry_text_copy(label->menu, entry->title,
				      sizeof(entry->title), why);
	/* "append -" is how a label does without that of the head. */
	if (!err && !entry_text_is(label->append, "-"))
		err = entry_text_options(entry, label->append, why);
	strip_carets(entry->title);
	if (!entry->title[0])
		memcpy(entry->title, entry->key.id, sizeof(entry->title));
	if (!err && !entry->key.id[0]) {
		*why = WORDS("label: it has no name");
		return -EINVAL;
	}
	if (!err && !entry->kernel[0]) {
		*why = WORDS("label: it names no kernel: give a linux or kernel line");
		return -ENOENT;
	}
	return err;
}

int entry_extlinux_read(const char *text, size_t size, unsigned int index,
			struct entry *entry, const char **why)
{
	struct label label = { { "", 0 }, { "", 0 }, { "", 0 } };
	unsigned int labels = 0;
	struct entry_line line;
	bool found = false;
	struct text rest;
	int err;

	*why = NULL;
	memset(entry, 0, sizeof(*entry));
	err = entry_text_open(&rest, text, size, why);
	while (!err && next_line(&rest, &line)) {
		if (entry_text_like(line.key, "label")) {
			if (found)
				break;
			found = labels++ == index;
			label.name = line.value;
		} else if (found) {
			err = take_line(&line, &label, entry, why);
		} else if (!labels && entry_text_like(line.key, "append")) {
			label.append = line.value;
		}
	}
	if (err)
		return err;
	if (found)
		return finish(&label, entry, why);
	*why = WORDS("label: there is none of that number");
	return -ENOENT;
}
