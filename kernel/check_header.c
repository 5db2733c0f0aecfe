/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows about header fields that our own header leaves 0. A test changes them
 * in the file; then the row tells what the loader made of it, or that it has
 * not minded: that the kernel runs is then the answer.
 */
#include "check.h"
#include "fill.h"
#include "io.h"
#include "machine.h"

#define HEAD		((uint64_t)_head)
#define TEXT_OFFSET	read64(HEAD + 8)
#define IMAGE_SIZE	read64(HEAD + 16)
#define FLAGS		read64(HEAD + 24)
#define RES(n)		read64(HEAD + 32 + 8 * (n))
#define RES5		read32(HEAD + 60)
#define OLD_TEXT_OFFSET	0x80000ul

#define FLAG_BE		1ul
#define FLAGS_PAGE	(FLAGS >> 1 & 3)

CHECK(20, bp_img_03, ON_BOOT, "BP-IMG-03", "without image_size: at 0x80000")
{
	if (IMAGE_SIZE)
		return skip("image_size is not 0");
	return want_equal(OLD_TEXT_OFFSET, HEAD % SZ_2M);
}

/* Everything that the kernel must not overwrite, as far as it is told. */
static uint64_t next_taken(uint64_t end)
{
	uint64_t next = UINT64_MAX;
	struct range r[2] = { fdt_range(), machine.initrd };

	for (unsigned int i = 0; i < ARRAY_SIZE(r); i++)
		if (r[i].size && r[i].base >= end && r[i].base < next)
			next = r[i].base;
	for (unsigned int i = 0; i < machine.reserved_count; i++)
		if (machine.reserved[i].base >= end &&
		    machine.reserved[i].base < next)
			next = machine.reserved[i].base;
	return next;
}

/* The range of /memory that the image lies in. */
static struct range home(void)
{
	for (unsigned int i = 0; i < machine.memory_count; i++)
		if (HEAD - machine.memory[i].base < machine.memory[i].size)
			return machine.memory[i];
	return machine.image;
}

/* What a loader has put there could stand elsewhere: most of it is free. */
CHECK(20, bp_img_07, ON_BOOT, "BP-IMG-07", "without image_size: room behind it")
{
	struct range m = home();
	uint64_t end = machine.image.base + machine.image.size;
	uint64_t next = next_taken(end), top = m.base + m.size;

	if (IMAGE_SIZE)
		return skip("image_size is not 0");
	if (!have_fdt())
		return skip("no usable device tree");
	next = next < top ? next : top;
	return want(next - end >= m.size / 4 * 3,
		    "three quarters of the RAM behind it", next - end);
}

/* This kernel stays little-endian; the loader has nothing to do with it. */
CHECK(20, bp_img_08, ON_BOOT, "BP-IMG-08", "a big-endian flag is no hindrance")
{
	if (!(FLAGS & FLAG_BE))
		return skip("flags bit 0 is 0");
	return want(!(cpu->entry.sctlr & SCTLR_EE),
		    "SCTLR.EE = 0: the kernel sets it", cpu->entry.sctlr);
}

static bool has_pages(unsigned int page)
{
	unsigned int gran16 = id_field(ID_MMFR0, 20);

	return page == 2 ? gran16 :
	       id_field(ID_MMFR0, page == 1 ? 28 : 24) != 15;
}

CHECK(20, bp_img_09, ON_BOOT, "BP-IMG-09", "its page size is one of the CPU's")
{
	if (!FLAGS_PAGE)
		return skip("flags bits 2:1 are 0");
	return want(has_pages((unsigned int)FLAGS_PAGE),
		    "the kernel to be refused", FLAGS_PAGE);
}

CHECK(20, bp_img_12, ON_BOOT, "BP-IMG-12", "reserved fields are ignored")
{
	if (!(FLAGS >> 4 | RES(0) | RES(1) | RES(2)))
		return skip("flags bits 63:4 and res2 to res4 are 0");
	/* They have not been taken for flags or offsets that count. */
	return want_equal((IMAGE_SIZE ? TEXT_OFFSET : OLD_TEXT_OFFSET) % SZ_2M,
			  HEAD % SZ_2M);
}

CHECK(20, bp_img_13, ON_BOOT, "BP-IMG-13", "a PE header offset is ignored")
{
	if (!RES5)
		return skip("res5 is 0");
	return want_equal(ENTRY_MARKER, cpu->entry.marker);
}

/* Between the 2 MiB base and the image anybody may live who says so. */
CHECK(92, bp_img_15, ON_BOOT, "BP-IMG-15", "the gap before the image is ours")
{
	struct range gap = { HEAD & ~(SZ_2M - 1), HEAD % SZ_2M, false };

	if (!gap.size || !in_memory(gap))
		return skip("no gap of RAM before the image");
	if (!was_filled(gap.base))
		return skip("the gap is reserved");
	for (uint64_t a = gap.base; a < HEAD; a += 64)
		if (was_filled(a) && read64(a) != ~a)
			return fail("words as they were written", a);
	return pass();
}
