/* SPDX-License-Identifier: BSD-2-Clause */
/* The formatter against the host's printf and at the edges of its buffer. */
#include "mock.h"
#include "print.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define SAME(...)							\
	do {								\
		char want[128], got[128];				\
		int length = snprintf(want, sizeof(want), __VA_ARGS__);	\
		CHECK_EQ(print_to(got, sizeof(got), __VA_ARGS__), length); \
		CHECK(!strcmp(want, got));				\
	} while (0)

TEST(print_agrees_with_printf)
{
	SAME("plain 100%%");
	SAME("%s|%8s|%-8s|%.2s|", "abc", "abc", "abc", "abc");
	SAME("%d %i %5d %-5d| %05d", -7, 7, -7, -7, -7);
	SAME("%u %x %08x %lx %llx", 42u, 0xbeefu, 0xbeefu, ~0ul, ~0ull);
	SAME("%ld %d", INT64_MIN, INT32_MIN);
	SAME("%zu %c%c", (size_t)123, 'o', 'k');
	SAME("%16lx|%-16lx|%016lx", 0x12ul, 0x12ul, 0x12ul);
}

TEST(print_never_leaves_its_buffer)
{
	const char *volatile odd = "50%", *volatile null = NULL;
	char buf[4] = "xyz";

	CHECK_EQ(print_to(buf, 0, "abc"), 3);
	CHECK(buf[0] == 'x');
	CHECK_EQ(print_to(buf, 1, "abc"), 3);
	CHECK(buf[0] == 0 && buf[1] == 'y');
	CHECK_EQ(print_to(buf, sizeof(buf), "abcdef"), 6);
	CHECK(!strcmp(buf, "abc"));
	CHECK_EQ(print_to(buf, sizeof(buf), odd), 2);
	CHECK_EQ(print_to(buf, sizeof(buf), "%s", null), 6);
}

TEST(print_sends_carriage_returns)
{
	mock_reset();
	print("a\nb\n");
	CHECK(!strcmp(mock.console, "a\r\nb\r\n"));
}
