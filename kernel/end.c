/* SPDX-License-Identifier: BSD-2-Clause */
/* The roads out of the machine, with the verdict. */
#include "cpu.h"
#include "machine.h"
#include "print.h"
#include "psci.h"
#include "report.h"
#include "str.h"

/* Arm semihosting 2.0: the reason ApplicationExit of SYS_EXIT_EXTENDED. */
#define STOPPED_APPLICATION	0x20026

/* semihosting_trial (asm.S); without a host HLT is UNDEF and skipped. */
extern const char semihosting_trial[];

static void semihosting_exit(bool good)
{
	uint64_t block[2] = { STOPPED_APPLICATION, good ? 0 : 1 };

	probe(semihosting_trial, (uint64_t)block);
	print("# nobody listens to semihosting\n");
}

static void system_call(uint32_t function, const char *name)
{
	int64_t answer = psci(function, 0, 0, 0);

	/* PS-09, PS-10: neither may return. */
	print("# %s returned %ld\n", name, answer);
}

static bool end_is(const char *word)
{
	size_t len;
	const char *value = bootarg("aglet.end", &len);

	return value && str_equal_n(value, len, word);
}

static noreturn void halt(void)
{
	print("# halted\n");
	uart_drain();
	for (;;)
		asm volatile("wfi");
}

void finish(bool good)
{
	uart_drain();
	if (end_is("halt"))
		halt();
	if (end_is("reset"))
		system_call(PSCI_SYSTEM_RESET, "SYSTEM_RESET");
	if (!end_is("off"))
		semihosting_exit(good);
	system_call(PSCI_SYSTEM_OFF, "SYSTEM_OFF");
	if (end_is("off"))
		semihosting_exit(good);
	halt();
}
