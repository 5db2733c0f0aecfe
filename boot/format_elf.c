/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Format "ELF" for what is no Linux kernel: it runs at the addresses for
 * which it was linked. (That of Linux carries an Image, see lib/elf.c.)
 */
#include "elf.h"
#include "err.h"
#include "format.h"
#include "noinit.h"
#include "words.h"
#include <string.h>

/* One inspection at a time. */
static noinit uint8_t headers[ELF_HEADERS];

static int inspect(struct inspection *in)
{
	const struct file *file = &in->candidate->kernel;
	const uint64_t size = file->size < sizeof(headers) ? file->size
							   : sizeof(headers);
	struct image *image = in->image;
	struct elf_layout layout;
	int err;

	if (!image->unpacker || strcmp(image->unpacker->name, "elf"))
		return -ENOEXEC;
	err = IS_ENABLED(CONFIG_FORMAT_FIT) ? format_whole(in) : 0;
	if (err)
		return err;
	err = file_read(file, 0, headers, size);
	if (!err)
		err = elf_layout(headers, size, &layout);
	if (err) {
		in->why = WORDS("an ELF file whose program headers make no "
				"sense: link it again");
		return err;
	}
	image->fixed = true;
	image->base = layout.memory.base;
	image->memory_size = layout.memory.size;
	image->entry = layout.entry - layout.memory.base;
	return 0;
}

static const struct format format_elf = { "ELF", inspect };
TABLE_ADD(format, 60, format_elf);
