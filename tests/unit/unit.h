/* SPDX-License-Identifier: BSD-2-Clause */
/* The harness: TEST(name) { CHECK(...); }, reported as TAP. */
#ifndef UNIT_H
#define UNIT_H

#include "types.h"

typedef void unit_test(void);

void unit_add(const char *name, unit_test *test, bool apart);

/* Report a failed check; the test goes on. Return: @good. */
bool unit_check(bool good, const char *file, int line, const char *what);
bool unit_equal(int64_t got, int64_t want, const char *file, int line,
		const char *what);

/* A test that does not apply to this configuration. */
void unit_skip(const char *reason);

/* Random numbers that are the same in every run. */
uint64_t unit_random(void);
uint64_t unit_random_below(uint64_t limit);

#define UNIT_TEST(name, apart)						\
	static void name(void);						\
	__attribute__((constructor)) static void add_##name(void)	\
	{								\
		unit_add(#name, name, apart);				\
	}								\
	static void name(void)

#define TEST(name)		UNIT_TEST(name, false)

/*
 * In a process of its own, which begins with all static variables as the
 * program has them at its start, and leaves none changed.
 */
#define TEST_APART(name)	UNIT_TEST(name, true)

#define CHECK(what)	unit_check(what, __FILE__, __LINE__, #what)
#define CHECK_EQ(got, want)						\
	unit_equal((int64_t)(got), (int64_t)(want), __FILE__, __LINE__,	\
		   #got " == " #want)

#endif
