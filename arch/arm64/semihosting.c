/* SPDX-License-Identifier: BSD-2-Clause */
/* Semihosting calls (Arm semihosting 2.0), for loader and monitor. */

#include "semihosting.h"

extern const char semihosting_hlt[];

#define SYS_WRITEC			0x03
#define SYS_EXIT_EXTENDED		0x20
#define ADP_STOPPED_APPLICATION_EXIT	0x20026

/* One HLT for all calls: its address tells an exception handler what it was. */
static __attribute__((noinline)) void call(uint64_t operation,
					   const void *block)
{
	register uint64_t x0 __asm__("x0") = operation;
	register uint64_t x1 __asm__("x1") = (uint64_t)block;

	__asm__ volatile(".global semihosting_hlt\n"
			 "semihosting_hlt: hlt #0xf000"
			 : "+r"(x0) : "r"(x1) : "memory");
}

/* Without a listener HLT is UNDEFINED, so only images that say so use it. */
void semihosting_exit(unsigned int status)
{
	const uint64_t block[2] = { ADP_STOPPED_APPLICATION_EXIT, status };

	if (IS_ENABLED(CONFIG_SEMIHOSTING))
		call(SYS_EXIT_EXTENDED, block);
}

void semihosting_putc(char c)
{
	call(SYS_WRITEC, &c);
}

bool semihosting_unheard(uint64_t elr)
{
	return IS_ENABLED(CONFIG_SEMIHOSTING) &&
	       elr == (uint64_t)semihosting_hlt;
}
