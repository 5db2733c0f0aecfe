/* SPDX-License-Identifier: BSD-2-Clause */
/* The arm64 Image header: what is refused, and what must not be. */
#include "err.h"
#include "format.h"
#include "mock.h"
#include "unit.h"
#include <string.h>

static uint8_t head[FORMAT_HEAD];
static struct image image;
static const char *why;

static const struct format *format_named(const char *name)
{
	const struct format *const *it;

	table_for_each(format, it)
		if (!strcmp((*it)->name, name))
			return *it;
	return NULL;
}

static int inspect(uint64_t size)
{
	struct inspection in = { .size = size, .image = &image };
	int err;

	memset(&image, 0, sizeof(image));
	memcpy(in.head, head, sizeof(head));
	err = format_named("arm64 Image")->inspect(&in);
	why = in.why;
	return err;
}

TEST(image_refuses_a_wrong_magic)
{
	image_make(head, 0, SZ_1M, 0);
	head[56] ^= 1;
	CHECK_EQ(inspect(SZ_1M), -ENOEXEC);
	CHECK(strstr(why, "no arm64 Image header"));
}

TEST(image_refuses_a_file_without_room_for_a_header)
{
	image_make(head, 0, SZ_1M, 0);
	CHECK_EQ(inspect(63), -ENOEXEC);
	CHECK_EQ(inspect(64), 0);
}

TEST(image_names_what_people_give_by_mistake)
{
	memset(head, 0, sizeof(head));
	memcpy(head, "\x1f\x8b", 2);
	CHECK_EQ(inspect(SZ_1M), -ENOEXEC);
	CHECK(strstr(why, "gzip"));
	memcpy(head, "\x7f" "ELF", 4);
	CHECK_EQ(inspect(SZ_1M), -ENOEXEC);
	CHECK(strstr(why, "vmlinux"));
	memcpy(head, "MZ\0\0zimg", 8);
	CHECK_EQ(inspect(SZ_1M), -ENOEXEC);
	CHECK(strstr(why, "zboot"));
}

TEST(image_refuses_an_odd_text_offset)
{
	image_make(head, 0x80002, SZ_1M, 0);
	CHECK_EQ(inspect(SZ_1M), -EINVAL);
}

TEST(image_refuses_numbers_that_wrap)
{
	image_make(head, UINT64_MAX - 3, SZ_1M, 0);
	CHECK_EQ(inspect(SZ_1M), -ERANGE);
	image_make(head, 0x80000, UINT64_MAX, 0);
	CHECK_EQ(inspect(SZ_1M), -ERANGE);
	image_make(head, 0, 1ull << 48, 8);
	CHECK_EQ(inspect(SZ_1M), -ERANGE);
	image_make(head, 0, 0, 0);
	CHECK_EQ(inspect(UINT64_MAX), -ERANGE);
}

TEST(image_without_a_size_is_an_old_one)
{
	image_make(head, 0x1234, 0, 0);
	CHECK_EQ(inspect(SZ_2M), 0);
	CHECK_EQ(image.text_offset, 0x80000);
	CHECK(image.unbounded && image.memory_size > SZ_2M);
}

TEST(image_ignores_reserved_bits_and_the_pe_offset)
{
	image_make(head, 0x100000, SZ_1M, 1ull << 63 | 7);
	memset(head + 32, 0xff, 24);
	memset(head + 60, 0xff, 4);
	CHECK_EQ(inspect(SZ_64K), 0);
	CHECK(!image.anywhere && !image.unbounded);
	CHECK_EQ(image.text_offset, 0x100000);
	CHECK_EQ(image.memory_size, SZ_1M);
	image_make(head, 0, SZ_1M, 8);
	CHECK_EQ(inspect(SZ_64K), 0);
	CHECK(image.anywhere);
}

TEST(image_tells_its_page_size)
{
	static const unsigned int kib[] = { 0, 4, 16, 64 };

	for (uint64_t page = 0; page < ARRAY_SIZE(kib); page++) {
		image_make(head, 0, SZ_1M, ~6ull | page << 1);
		CHECK_EQ(inspect(SZ_64K), 0);
		CHECK_EQ(image.page_kib, kib[page]);
	}
}

TEST(image_larger_than_its_header_says_is_loaded_whole)
{
	image_make(head, 0, SZ_64K, 0);
	CHECK_EQ(inspect(SZ_1M), 0);
	CHECK_EQ(image.memory_size, SZ_1M);
}
