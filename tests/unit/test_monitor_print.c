/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor's small formatter says what the host's printf says. */
#define print		monitor_print
#include "../../arch/arm64/el3/print.c"
#include "mock.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define SAME(...)							\
	do {								\
		char want[128];						\
		snprintf(want, sizeof(want), __VA_ARGS__);		\
		mock_reset();						\
		print(__VA_ARGS__);					\
		CHECK(!strcmp(want, mock.console));			\
	} while (0)

TEST(monitor_print_agrees_with_printf)
{
	SAME("plain, %s and %s", "abc", "");
	SAME("%u|%u|%u", 0u, 42u, ~0u);
	SAME("0x%lx|%lx|%lx", 0ul, 0xdeadbeef09ul, ~0ul);
	SAME("%016lx|%016lx", 0ul, ~0ul);
	SAME("x%u%s %016lx%s", 9u, " ", 0x12ul, "");
}

TEST(monitor_print_sends_carriage_returns)
{
	mock_reset();
	print("a\n%s", "b\n");
	CHECK(!strcmp(mock.console, "a\r\nb\r\n"));
}
