/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Format "EFI zboot" (vmlinuz.efi): a PE program that carries a packed Image.
 * Facts: struct linux_efi_zboot_header of Linux (drivers/firmware/efi).
 */
#include "err.h"
#include "format.h"
#include "le.h"
#include "words.h"
#include <string.h>

#define MAGIC			"MZ"
#define TYPE			4	/* "zimg" */
#define PAYLOAD_OFFSET		8
#define PAYLOAD_SIZE		12
#define COMPRESSION		24	/* text with a NUL */
#define COMPRESSION_SIZE	32

/* The level of zstd is part of its name there ("zstd22"). */
static const struct unpacker *unpacker_of(const char *name)
{
	return unpacker_named(strncmp(name, "zstd", 4) ? name : "zstd");
}

static int inspect(struct inspection *in)
{
	char name[COMPRESSION_SIZE + 1] = "";
	int err;

	if (in->image->unpacker || memcmp(in->head, MAGIC, 2) ||
	    memcmp(in->head + TYPE, "zimg", 4))
		return -ENOEXEC;
	memcpy(name, in->head + COMPRESSION, COMPRESSION_SIZE);
	in->image->unpacker = unpacker_of(name);
	if (!in->image->unpacker) {
		in->why = WORDS("an EFI zboot image, packed in a way that is "
				"not built in: build it with gzip or zstd");
		return -ENOTSUP;
	}
	err = IS_ENABLED(CONFIG_FORMAT_FIT) ? format_whole(in) : 0;
	if (err)
		return err;
	err = file_part(&in->candidate->kernel, &in->candidate->kernel,
			le32(in->head + PAYLOAD_OFFSET),
			le32(in->head + PAYLOAD_SIZE));
	if (err)
		in->why = WORDS("an EFI zboot image that is cut short: copy "
				"it again");
	return err ? err : FORMAT_INSIDE;
}

static const struct format format_zboot = { "EFI zboot", inspect };
TABLE_ADD(format, 30, format_zboot);
