/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step "inspect": first bytes only; what is it, and where may it go? A format
 * that holds another one has its inside looked at in turn.
 */
#include "boot.h"
#include "err.h"
#include "noinit.h"
#include "words.h"
#include <string.h>

/* A FIT that holds a packed kernel is two levels deep. */
#define LEVELS							\
	(IS_ENABLED(CONFIG_UNPACK) || IS_ENABLED(CONFIG_FORMAT_FIT) ? 4 : 1)

/* The formats see the inspection, the steps their boot. */
struct look {
	struct inspection in;
	struct boot *boot;
};

/* Packed bytes to peek into; static because of its size. */
static noinit uint8_t window[IS_ENABLED(CONFIG_UNPACK) ? UNPACK_WINDOW : 8];

static int unreadable(struct boot *boot, int err)
{
	const char *why = file_why(&boot->candidate.kernel);

	return boot_refuse(boot, err, "kernel", "%s cannot be read%s%s",
			   boot->candidate.source, why ? ": " : "",
			   why ? why : "");
}

static int stage(struct inspection *in, uint64_t size, struct region *r)
{
	struct boot *boot = ((struct look *)in)->boot;

	return boot_stage_file(boot, &boot->candidate.kernel, size, r);
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* The first bytes of the file as it lies. */
static int read_head(struct boot *boot, struct inspection *in)
{
	const struct file *kernel = &boot->candidate.kernel;

	memset(in->head, 0, sizeof(in->head));
	in->size = kernel->size;
	return file_read(kernel, 0, in->head,
			 least(kernel->size, sizeof(in->head)));
}

/* The first bytes of what is packed in it. */
static int peek(struct boot *boot, struct inspection *in)
{
	const struct file *kernel = &boot->candidate.kernel;
	uint64_t size = least(kernel->size, sizeof(window));
	int err = file_read(kernel, 0, window, size);

	if (err)
		return unreadable(boot, err);
	err = boot->image.unpacker->peek(window, size, in->head, &in->size);
	if (err)
		return boot_refuse(boot, err, "kernel", "packed with %s, and "
				   "damaged or too short: pack it again",
				   boot->image.unpacker->name);
	return 0;
}

static int ask_formats(struct inspection *in, const char **name)
{
	const struct format *const *it;
	int err = -ENOEXEC;

	table_for_each(format, it) {
		err = (*it)->inspect(in);
		*name = (*it)->name;
		if (err != -ENOEXEC)
			break;
	}
	return err;
}

/* Level by level. Return: 0, or an error that has been told. */
static int look(struct boot *boot, struct look *look)
{
	struct inspection *in = &look->in;
	int err;

	for (unsigned int level = 0; level < LEVELS; level++) {
		const bool packed = boot_is_packed(boot);

		err = packed ? peek(boot, in) : read_head(boot, in);
		if (err)
			return packed ? err : unreadable(boot, err);
		if (IS_ENABLED(CONFIG_TRUST) && !level)
			err = trust_inspect(boot, in->head);
		if (err)
			return err;
		err = ask_formats(in, &boot->image.format);
		if (!err)
			return 0;
		if (err != FORMAT_INSIDE || packed)
			break;
		boot_debug(boot, "kernel", "%s", boot->image.format);
	}
	if (IS_ENABLED(CONFIG_UNPACK) && err == FORMAT_INSIDE) {
		in->why = WORDS("packed in too many layers: give the Image "
				"that is in it");
		err = -ENOTSUP;
	}
	return boot_refuse(boot, err, "kernel", "%s", in->why);
}

int step_inspect(struct boot *boot)
{
	struct look looking = {
		.in = { .candidate = &boot->candidate, .image = &boot->image,
			.machine = &boot->tree,
			.stage = IS_ENABLED(CONFIG_FORMAT_FIT) ? stage : NULL,
			.why = WORDS("no known format: give an arm64 Image") },
		.boot = boot,
	};
	int err;

	memset(&boot->image, 0, sizeof(boot->image));
	err = look(boot, &looking);
	if (err)
		return err;
	memcpy(boot->head, looking.in.head, sizeof(boot->head));
	/* Such a kernel stops without a word at its first instructions. */
	if (IS_ENABLED(CONFIG_ERROR_TEXTS) && boot->image.page_kib &&
	    !arch_has_pages(boot->image.page_kib))
		return boot_refuse(boot, -ENOTSUP, "kernel", "built for pages "
				   "of %u KiB, this CPU has none: build it for "
				   "others", boot->image.page_kib);
	boot_note(boot, "kernel",
		  "%s%s%s, %lu KiB in memory, text_offset 0x%lx%s",
		  boot_is_packed(boot) ? boot->image.unpacker->name : "",
		  boot_is_packed(boot) ? " with " : "", boot->image.format,
		  boot->image.memory_size / SZ_1K, boot->image.text_offset,
		  boot->image.anywhere ? ", anywhere" : "");
	return 0;
}
