/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the image: where it lies, and that it is all there. */
#include "check.h"
#include "io.h"
#include "machine.h"
#include "str.h"

extern const char __file_digest[];

/* The fields of our own header, as the loader read them. */
static uint64_t header(unsigned int offset)
{
	return read64((uint64_t)_head + offset);
}

#define IMAGE_SIZE	header(16)
#define FLAGS		header(24)
#define FLAG_ANYWHERE	8

/* BP-IMG-03: without image_size the field means nothing. */
#define OLD_TEXT_OFFSET	0x80000ul
#define TEXT_OFFSET	(IMAGE_SIZE ? header(8) : OLD_TEXT_OFFSET)

static uint64_t image_base(void)
{
	return machine.image.base - TEXT_OFFSET;
}

CHECK(20, bp_img_02, ON_BOOT, "BP-IMG-02", "text_offset is honoured")
{
	if (!IMAGE_SIZE)
		return skip("image_size is 0");
	return want_equal(TEXT_OFFSET % SZ_2M, machine.image.base % SZ_2M);
}

CHECK(20, bp_img_04, ON_BOOT, "BP-IMG-04", "2 MiB aligned base in RAM")
{
	if (image_base() % SZ_2M)
		return fail("a base that is a multiple of 2 MiB",
			    image_base());
	if (!have_fdt())
		return skip("no usable device tree");
	return want(in_memory(machine.image), "the image inside /memory",
		    machine.image.base);
}

CHECK(20, bp_img_05, ON_BOOT, "BP-IMG-05", "execution starts at code0")
{
	return want_equal(ENTRY_MARKER, cpu->entry.marker);
}

/* Nothing lives in the bytes that BSS and the stacks take. */
CHECK(20, bp_img_06, ON_BOOT, "BP-IMG-06", "image_size bytes are free RAM")
{
	uint64_t which = 0;

	if (!have_fdt())
		return skip("no usable device tree");
	if (!in_memory(machine.image))
		return fail("the whole image inside /memory",
			    machine.image.base);
	if (ranges_meet(machine.image, fdt_range()))
		return fail("no device tree inside", machine.fdt_address);
	if (ranges_meet(machine.image, machine.initrd))
		return fail("no initrd inside", machine.initrd.base);
	return want(!meets_reserved(machine.image, &which),
		    "no reserved memory inside", which);
}

static bool place_is_free(struct range r)
{
	return in_memory(r) && !meets_reserved(r, NULL) &&
	       !ranges_meet(r, fdt_range()) &&
	       !ranges_meet(r, machine.initrd);
}

/*
 * Memory below the image is lost to the linear map of old kernels. One block
 * of 2 MiB is granted to a loader that has to stand somewhere.
 */
CHECK(21, bp_img_10, ON_BOOT, "BP-IMG-10", "as near as possible to DRAM start")
{
	struct range r = machine.image;

	if (FLAGS & FLAG_ANYWHERE)
		return skip("flags bit 3 is 1");
	if (!have_fdt() || !machine.memory_count)
		return skip("no usable device tree");
	r.base = (memory_start() + SZ_2M - 1) / SZ_2M * SZ_2M + TEXT_OFFSET;
	while (r.base < machine.image.base && !place_is_free(r))
		r.base += SZ_2M;
	return want(machine.image.base <= r.base + SZ_2M,
		    "at most one 2 MiB block above the lowest free place",
		    machine.image.base);
}

CHECK(21, bp_img_11, ON_BOOT, "BP-IMG-11", "the image lies below 2^48")
{
	uint64_t end = machine.image.base + machine.image.size;

	if (!(FLAGS & FLAG_ANYWHERE))
		return skip("flags bit 3 is 0");
	return want(end <= 1ul << 48, "an end of at most 2^48", end);
}

/*
 * Read with the MMU off, so from the point of coherency: a missed clean is
 * seen on hardware, a load that was cut short or damaged everywhere.
 */
CHECK(22, bp_cache_03, ON_CPU, "BP-CACHE-03", "the whole image has arrived")
{
	uint64_t size = (uint64_t)(__file_digest - _head);

	return want_equal(read64((uint64_t)__file_digest),
			  digest((uint64_t)_head, size));
}
