/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Break the loader on purpose, so that the suite can read the crash report.
 * Only in an image built with DEBUG and CRASH_TEST="<name>".
 */

#include "arch.h"
#include "asm/crash_test.h"
#include "asm/image.h"
#include "print.h"

struct crash_test {
	char name[12];
	void (*run)(void);
};

static void crash_undefined(void)
{
	__asm__ volatile("udf #0");
}

static void crash_unmapped(void)
{
	(void)*(volatile uint64_t *)0xdead00000000;
}

static void crash_text(void)
{
	*(volatile uint32_t *)(uintptr_t)__loader_start = 0;
}

/* A data page may be written, so it must not be executed. */
static void crash_execute(void)
{
	static uint32_t code[1];
	void (*run)(void) = (void (*)(void))code;

	run();
}

/* Runs down the stack until the guard page stops it. */
static __attribute__((noinline)) int crash_recurse(volatile int *depth)
{
	volatile int here[64] = { 0 };

	here[0] = *depth + 1;
	if (here[0] < 0)
		return 0;
	return crash_recurse(&here[0]) + here[1];
}

static void crash_stack(void)
{
	volatile int depth = 0;

	crash_recurse(&depth);
}

static __attribute__((noinline)) void crash_overrun(volatile char *at)
{
	unsigned int i;

	for (i = 0; i < 64; i++)
		at[i] = 'x';
}

static void crash_canary(void)
{
	volatile char buffer[16];

	crash_overrun(buffer);
}

static const struct crash_test tests[] = {
	{ "undefined", crash_undefined },
	{ "unmapped", crash_unmapped },
	{ "text", crash_text },
	{ "execute", crash_execute },
	{ "stack", crash_stack },
	{ "canary", crash_canary },
};

static bool name_is(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

void crash_test(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tests); i++) {
		if (name_is(tests[i].name, name))
			tests[i].run();
	}
	print("crash test: %s: no such test, or it did not crash\n", name);
	arch_stop();
}
