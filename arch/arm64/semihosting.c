/* SPDX-License-Identifier: BSD-2-Clause */
/* The semihosting exit (Arm semihosting 2.0), for loader and monitor. */

#include "semihosting.h"

extern const char semihosting_hlt[];

#define SYS_EXIT_EXTENDED		0x20
#define ADP_STOPPED_APPLICATION_EXIT	0x20026

/* Without a listener HLT is UNDEFINED, so only images that say so use it. */
void semihosting_exit(unsigned int status)
{
	const uint64_t block[2] = { ADP_STOPPED_APPLICATION_EXIT, status };
	register uint64_t x0 __asm__("x0") = SYS_EXIT_EXTENDED;
	register uint64_t x1 __asm__("x1") = (uint64_t)block;

	if (!IS_ENABLED(CONFIG_SEMIHOSTING))
		return;
	__asm__ volatile(".global semihosting_hlt\n"
			 "semihosting_hlt: hlt #0xf000"
			 : "+r"(x0) : "r"(x1) : "memory");
}

bool semihosting_unheard(uint64_t elr)
{
	return IS_ENABLED(CONFIG_SEMIHOSTING) &&
	       elr == (uint64_t)semihosting_hlt;
}
