/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Format "Image": the arm64 Linux kernel, by its header. Facts: Linux
 * Documentation/arch/arm64/booting.rst; rows BP-IMG-01..13.
 */
#include "err.h"
#include "format.h"
#include "le.h"
#include "region.h"
#include "words.h"
#include <string.h>

#define IMAGE_MAGIC		"ARM\x64"
#define IMAGE_TEXT_OFFSET	8
#define IMAGE_SIZE		16
#define IMAGE_FLAGS		24
#define IMAGE_MAGIC_OFFSET	56

#define FLAGS_PAGE(flags)	((flags) >> 1 & 3)	/* BP-IMG-09 */
#define FLAG_ANYWHERE		(1u << 3)	/* BP-IMG-11 */

/* Kernels before 3.17 left image_size 0 and text_offset undefined. */
#define OLD_TEXT_OFFSET		0x80000ull	/* BP-IMG-03 */
/* Their BSS is not in the header; none was larger than this. */
#define OLD_BSS			(16 * SZ_1M)

/* Names what people give by mistake. */
static const char *foreign(const uint8_t *head)
{
	if (!IS_ENABLED(CONFIG_ERROR_TEXTS))
		return "";
	if (!memcmp(head, "\x1f\x8b", 2))
		return "compressed with gzip: give the Image that is in it "
		       "(gunzip)";
	if (!memcmp(head, "\x7f" "ELF", 4))
		return "an ELF file: give arch/arm64/boot/Image, not vmlinux";
	if (!memcmp(head, "MZ", 2) && !memcmp(head + 4, "zimg", 4))
		return "an EFI zboot image: give the Image that is in it";
	return "no arm64 Image header (magic at byte 56): give an arm64 "
	       "Linux Image";
}

static int check_numbers(const struct image *image, const char **why)
{
	struct region r;

	if (!IS_ALIGNED(image->text_offset, 4)) {
		*why = WORDS("text_offset is not a multiple of 4: the header "
			     "is damaged, build the kernel again");
		return -EINVAL;
	}
	if (region_from(&r, image->text_offset, image->memory_size) ||
	    region_end(r) >= 1ull << 48) {
		*why = WORDS("text_offset and image_size go beyond 48 bits: "
			     "the header is damaged, build the kernel again");
		return -ERANGE;
	}
	return 0;
}

/* 1, 2, 3 are 4, 16 and 64 KiB. */
static unsigned int page_kib(uint64_t flags)
{
	unsigned int page = FLAGS_PAGE(flags);

	return page ? 1u << (2 * page) : 0;
}

/* Packed, and nobody knows how large it is: image_size must do. */
static bool is_short(const struct inspection *in)
{
	return in->size < FORMAT_HEAD && !(in->image->unpacker && !in->size);
}

static int inspect(struct inspection *in)
{
	struct image *image = in->image;
	const uint8_t *head = in->head;
	uint64_t size = in->size;
	uint64_t flags;

	if (is_short(in) ||
	    memcmp(head + IMAGE_MAGIC_OFFSET, IMAGE_MAGIC, 4)) {
		in->why = foreign(head);
		return -ENOEXEC;
	}
	image->text_offset = le64(head + IMAGE_TEXT_OFFSET);
	image->memory_size = le64(head + IMAGE_SIZE);
	flags = le64(head + IMAGE_FLAGS);
	/* Bit 0 informs the kernel; bits 63:4 and res* are ignored. */
	image->anywhere = flags & FLAG_ANYWHERE;
	image->page_kib = page_kib(flags);
	if (!image->memory_size) {
		image->unbounded = true;
		image->text_offset = OLD_TEXT_OFFSET;
		if (size > UINT64_MAX - OLD_BSS)
			size = UINT64_MAX - OLD_BSS;
		image->memory_size = size + OLD_BSS;
	}
	/* Something appended, say a signature, is loaded as well. */
	if (image->memory_size < size)
		image->memory_size = size;
	return check_numbers(image, &in->why);
}

static const struct format format_image = { "arm64 Image", inspect };
TABLE_ADD(format, 50, format_image);
