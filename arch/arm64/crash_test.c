/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Break the loader on purpose, so that the suite can read the crash report.
 * Only in an image built with DEBUG and CRASH_TEST="<name>".
 */

#include "arch.h"
#include "asm/crash_test.h"
#include "asm/image.h"
#include "print.h"
#include "psci.h"

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

static void crash_rodata(void)
{
	*(volatile char *)(uintptr_t)__loader_rodata_start = 0;
}

/* The page below the crash stack; the one below the stack is `stack`. */
static void crash_guard(void)
{
	*(volatile char *)(uintptr_t)__loader_guard1_start = 0;
}

/* Where a forged return address leads to if nobody looks at it. */
static noreturn void crash_forged(void)
{
	print("crash test: the forged return address was taken: this CPU has no PAC, or it is off\n");
	arch_fail();
}

/* What an overrun would do that knows the canary: PAC is what is left. */
static __attribute__((noinline)) void crash_pac(void)
{
	volatile uint64_t *const record = __builtin_frame_address(0);

	record[1] = (uint64_t)crash_forged;
	__asm__ volatile("" : : : "x30", "memory");
}

/* Our text, but no BTI stands there. */
__asm__(".pushsection .text.crash_no_pad, \"ax\"\n"
	"crash_no_pad:\n"
	"	ret\n"
	".popsection\n");
extern const char crash_no_pad[];

static void crash_bti(void)
{
	void (*volatile run)(void) = (void (*)(void))(uintptr_t)crash_no_pad;

	run();
	print("crash test: a branch to no landing pad was taken: this CPU has no BTI, or it is off\n");
	arch_fail();
}

/* The monitor then uses more stack than it has (el3/smc.c). */
static void crash_monitor_stack(void)
{
	arch_psci(PSCI_SMC, PSCI_AFFINITY_INFO_64, 0, 0, 0);
}

static const struct crash_test tests[] = {
	{ "undefined", crash_undefined },
	{ "unmapped", crash_unmapped },
	{ "text", crash_text },
	{ "execute", crash_execute },
	{ "stack", crash_stack },
	{ "canary", crash_canary },
	{ "rodata", crash_rodata },
	{ "guard", crash_guard },
	{ "pac", crash_pac },
	{ "bti", crash_bti },
	{ "mon-stack", crash_monitor_stack },
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
