/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the boot entries: what is accepted is text that fits, its paths do
 * not leave their folder, and the order is one. The first byte says what the
 * rest is: a file of either kind, or lines that are names and versions.
 * link: boot/entry_text.c boot/entry_bls.c boot/entry_extlinux.c boot/entry_version.c
 * max: 4096
 */
#include "entry.h"
#include "err.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct entry entry;

/* A text that has an end, and no control characters but tabs. */
static void check_text(const char *text, size_t room)
{
	if (!memchr(text, 0, room))
		abort();
	for (; *text; text++)
		if ((unsigned char)*text < ' ' && *text != '\t')
			abort();
}

/* Where a path leads to, in folders below where it began; never above. */
static void check_path(const char *path, bool may_go_up)
{
	bool front = may_go_up && *path != '/';

	check_text(path, ENTRY_PATH_MAX);
	while (*path) {
		size_t length = strcspn(path, "/");
		bool up = length == 2 && !memcmp(path, "..", 2);

		if (up && !front)
			abort();
		if (length && !up && !(length == 1 && *path == '.'))
			front = false;
		path += length + (path[length] == '/');
	}
}

static void check_entry(bool up)
{
	check_text(entry.key.id, sizeof(entry.key.id));
	check_text(entry.key.sort_key, sizeof(entry.key.sort_key));
	check_text(entry.key.machine_id, sizeof(entry.key.machine_id));
	check_text(entry.key.version, sizeof(entry.key.version));
	check_text(entry.title, sizeof(entry.title));
	check_text(entry.cmdline, sizeof(entry.cmdline));
	check_path(entry.kernel, up);
	check_path(entry.devicetree, up);
	check_path(entry.devicetree_folder, up);
	if (!entry.kernel[0] || entry.initrd_count > ENTRY_INITRDS ||
	    entry.overlay_count > ENTRY_OVERLAYS)
		abort();
	for (unsigned int i = 0; i < entry.initrd_count; i++)
		check_path(entry.initrd[i], up);
	for (unsigned int i = 0; i < entry.overlay_count; i++)
		check_path(entry.overlay[i], up);
}

static void read_bls(const char *text, size_t size)
{
	const char *why;
	int err = entry_bls_read(text, size, &entry, &why);

	if (!err)
		check_entry(false);
	else if (!why)
		abort();
}

static void read_extlinux(const char *text, size_t size)
{
	struct extlinux head;
	const char *why;
	int err = entry_extlinux_head(text, size, &head, &why);

	if (!err) {
		check_text(head.title, sizeof(head.title));
		if (!head.count || head.default_index >= head.count)
			abort();
	} else if (!why) {
		abort();
	}
	for (unsigned int i = 0; i < 8; i++) {
		int got = entry_extlinux_read(text, size, i, &entry, &why);

		if (!got)
			check_entry(true);
		else if (!why)
			abort();
		if (!err && i >= head.count && got != -ENOENT)
			abort();
	}
}

static int sign(int number)
{
	return (number > 0) - (number < 0);
}

/* Three versions, and three entries that have them. */
static void compare(char *line[3])
{
	static struct entry_key key[3];
	int ab = entry_compare_versions(line[0], line[1]);
	int bc = entry_compare_versions(line[1], line[2]);
	int ac = entry_compare_versions(line[0], line[2]);

	if (ab != -entry_compare_versions(line[1], line[0]) ||
	    (ab <= 0 && bc <= 0 && ac > 0) || (ab < 0 && bc <= 0 && !ac))
		abort();
	for (unsigned int i = 0; i < 3; i++)
		if (entry_bls_name(line[i], &key[i]))
			return;
	for (unsigned int i = 0; i < 3; i++) {
		check_text(key[i].id, sizeof(key[i].id));
		strncpy(key[i].version, line[(i + 1) % 3],
			sizeof(key[i].version) - 1);
		if (strlen(line[i]) % 3)
			strcpy(key[i].sort_key, "s");
	}
	ab = sign(entry_compare(&key[0], &key[1]));
	bc = sign(entry_compare(&key[1], &key[2]));
	ac = sign(entry_compare(&key[0], &key[2]));
	if (ab != -sign(entry_compare(&key[1], &key[0])) ||
	    (ab <= 0 && bc <= 0 && ac > 0) || (ab < 0 && bc <= 0 && !ac))
		abort();
}

static void read_lines(const char *text, size_t size)
{
	char *copy = malloc(size + 1), *line[3], *at = copy;

	memcpy(copy, text, size);
	copy[size] = '\0';
	for (unsigned int i = 0; i < 3; i++) {
		line[i] = at;
		at += strcspn(at, "\n");
		if (*at)
			*at++ = '\0';
	}
	compare(line);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data + 1;

	if (!size)
		return 0;
	switch (data[0] & 3) {
	case 0:
		read_bls(text, size - 1);
		break;
	case 1:
		read_extlinux(text, size - 1);
		break;
	default:
		read_lines(text, size - 1);
	}
	return 0;
}
