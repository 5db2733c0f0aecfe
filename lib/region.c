/* SPDX-License-Identifier: BSD-2-Clause */
/* The only arithmetic on addresses and lengths that came from outside. */
#include "region.h"
#include "err.h"

int region_from(struct region *r, uint64_t base, uint64_t size)
{
	if (size > UINT64_MAX - base)
		return -ERANGE;
	r->base = base;
	r->size = size;
	return 0;
}

struct region region_of(uint64_t base, uint64_t size)
{
	struct region r = { 0, 0 };

	/* Our own number is wrong: the exception report names the caller. */
	if (region_from(&r, base, size))
		__builtin_trap();
	return r;
}

int region_slice(struct region *part, struct region whole, uint64_t offset,
		 uint64_t size)
{
	if (offset > whole.size || size > whole.size - offset)
		return -ERANGE;
	part->base = whole.base + offset;
	part->size = size;
	return 0;
}

bool region_contains(struct region outer, struct region inner)
{
	return inner.base >= outer.base &&
	       region_end(inner) <= region_end(outer);
}

bool region_overlaps(struct region a, struct region b)
{
	return !region_is_empty(a) && !region_is_empty(b) &&
	       a.base < region_end(b) && b.base < region_end(a);
}

struct region region_grow(struct region r, uint64_t align)
{
	uint64_t base = ALIGN_DOWN(r.base, align);
	uint64_t end = region_end(r);

	/* At the very top there is no next multiple: stop at the last byte. */
	if (end > ALIGN_DOWN(UINT64_MAX, align))
		end = UINT64_MAX;
	else
		end = ALIGN_UP(end, align);
	return region_of(base, end - base);
}
