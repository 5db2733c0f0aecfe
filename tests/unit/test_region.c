/* SPDX-License-Identifier: BSD-2-Clause */
/* Ranges: every way to wrap or to leave the whole is refused. */
#include "err.h"
#include "region.h"
#include "unit.h"

TEST(region_from_refuses_a_wrap)
{
	struct region r = { 7, 7 };

	CHECK_EQ(region_from(&r, UINT64_MAX, 1), -ERANGE);
	CHECK_EQ(region_from(&r, 1, UINT64_MAX), -ERANGE);
	CHECK_EQ(r.base, 7);
	CHECK_EQ(region_from(&r, UINT64_MAX, 0), 0);
	CHECK_EQ(region_from(&r, 0, UINT64_MAX), 0);
	CHECK_EQ(region_end(r), UINT64_MAX);
}

TEST(region_slice_refuses_what_sticks_out)
{
	struct region whole = region_of(0x1000, 0x100), part;

	CHECK_EQ(region_slice(&part, whole, 0x100, 1), -ERANGE);
	CHECK_EQ(region_slice(&part, whole, 0x101, 0), -ERANGE);
	CHECK_EQ(region_slice(&part, whole, 1, 0x100), -ERANGE);
	CHECK_EQ(region_slice(&part, whole, 1, UINT64_MAX), -ERANGE);
	CHECK_EQ(region_slice(&part, whole, UINT64_MAX, 2), -ERANGE);
	CHECK_EQ(region_slice(&part, whole, 0x10, 0xf0), 0);
	CHECK_EQ(part.base, 0x1010);
	CHECK_EQ(part.size, 0xf0);
}

TEST(region_overlap_is_about_bytes)
{
	struct region a = region_of(0x1000, 0x1000);

	CHECK(!region_overlaps(a, region_of(0x2000, 1)));
	CHECK(!region_overlaps(a, region_of(0xfff, 1)));
	CHECK(region_overlaps(a, region_of(0x1fff, 1)));
	CHECK(region_overlaps(a, region_of(0, UINT64_MAX)));
	CHECK(!region_overlaps(a, region_of(0x1800, 0)));
	CHECK(region_contains(a, region_of(0x1000, 0x1000)));
	CHECK(!region_contains(a, region_of(0x1001, 0x1000)));
}

TEST(region_grow_stops_at_the_top)
{
	struct region r = region_grow(region_of(0x1001, 1), SZ_4K);

	CHECK_EQ(r.base, 0x1000);
	CHECK_EQ(r.size, SZ_4K);
	CHECK_EQ(region_grow(region_of(0x1000, 0), SZ_4K).size, 0);
	r = region_grow(region_of(UINT64_MAX - 10, 5), SZ_2M);
	CHECK_EQ(region_end(r), UINT64_MAX);
	CHECK(IS_ALIGNED(r.base, SZ_2M));
}

TEST(err_names)
{
	CHECK(err_name(0)[0] == 'o');
	CHECK(err_name(-EINVAL)[1] == 'I' && err_name(EINVAL)[1] == 'I');
	CHECK(err_name(-4711)[1] == '?');
}
