/* SPDX-License-Identifier: BSD-2-Clause */
/* lib/string_small.c, under other names, against the host's library. */
#include "unit.h"
#include <string.h>

#define SMALL(type, name, ...)	type small_##name(__VA_ARGS__)
SMALL(void *, memcpy, void *restrict to, const void *restrict from, size_t n);
SMALL(void *, memmove, void *to, const void *from, size_t n);
SMALL(void *, memset, void *to, int value, size_t n);
SMALL(int, memcmp, const void *a, const void *b, size_t n);
SMALL(void *, memchr, const void *bytes, int value, size_t n);
SMALL(size_t, strlen, const char *text);
SMALL(int, strcmp, const char *a, const char *b);

#define memcpy	small_memcpy
#define memmove	small_memmove
#define memset	small_memset
#define memcmp	small_memcmp
#define memchr	small_memchr
#define strlen	small_strlen
#define strcmp	small_strcmp
#include "../../lib/string_small.c"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen
#undef strcmp

#define SIZE	64u

static uint8_t a[SIZE] __attribute__((aligned(8)));
static uint8_t b[SIZE] __attribute__((aligned(8)));

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

static void fill(void)
{
	for (unsigned int i = 0; i < SIZE; i++)
		a[i] = b[i] = (uint8_t)unit_random_below(3);
}

TEST(string_small_moves_as_the_library_does)
{
	for (int i = 0; i < 20000; i++) {
		size_t n = unit_random_below(SIZE / 2);
		size_t to = unit_random_below(SIZE / 2);
		size_t from = unit_random_below(SIZE / 2);

		fill();
		CHECK(small_memmove(a + to, a + from, n) == a + to);
		memmove(b + to, b + from, n);
		if (!CHECK(!memcmp(a, b, SIZE)))
			return;
	}
	small_memcpy(a, b + 1, SIZE - 1);
	CHECK(!memcmp(a, b + 1, SIZE - 1));
	small_memset(a + 1, 0x155, 3);
	CHECK(a[0] == b[1] && a[1] == 0x55 && a[3] == 0x55 && a[4] == b[5]);
}

TEST(string_small_compares_as_the_library_does)
{
	for (int i = 0; i < 20000; i++) {
		size_t n = unit_random_below(4);
		const char *x = (const char *)a, *y = (const char *)b + 1;

		fill();
		a[SIZE - 1] = b[SIZE - 1] = 0;
		if (!CHECK(sign(small_memcmp(x, y, n)) ==
			   sign(memcmp(x, y, n))) ||
		    !CHECK(sign(small_strcmp(x, y)) == sign(strcmp(x, y))) ||
		    !CHECK(small_strlen(x) == strlen(x)) ||
		    !CHECK(small_memchr(x, 2, n) == memchr(x, 2, n)))
			return;
	}
}
