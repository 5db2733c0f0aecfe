/* SPDX-License-Identifier: BSD-2-Clause */
/* Crashes on purpose, for the suite; absent unless CRASH_TEST names one. */
#ifndef ASM_CRASH_TEST_H
#define ASM_CRASH_TEST_H

#include "types.h"

/* Is the crash test @name built in? A constant for the compiler. */
#define CRASH_TEST_IS(name)					\
	(IS_ENABLED(CONFIG_DEBUG) && !__builtin_strcmp(CRASH_TEST_NAME, name))
#define CRASH_TEST_ANY		(!CRASH_TEST_IS("") && IS_ENABLED(CONFIG_DEBUG))
#ifdef CONFIG_CRASH_TEST
#define CRASH_TEST_NAME		CONFIG_CRASH_TEST
#else
#define CRASH_TEST_NAME		""
#endif

/* Run the test @name in the loader. */
noreturn void crash_test(const char *name);

#endif
