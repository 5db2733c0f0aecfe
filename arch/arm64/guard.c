/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's stack canary, and the checks that libraries were built with. */

#include "asm/guard.h"
#include "print.h"

/* Named by the compiler; 0 until it is seeded, before the first outside byte. */
uintptr_t __stack_chk_guard;
bool guard_is_random;

bool arch_canary_is_random(void)
{
	return guard_is_random;
}

/* Its own frame must not hold the old one. */
changes_canary void arch_canary_mix(uint64_t entropy)
{
	__stack_chk_guard ^= guard_canary(entropy);
	guard_is_random = true;
}

void __stack_chk_fail(void)
{
	print("panic: stack: canary overwritten before 0x%lx: our bug, please report it\n",
	      (uint64_t)__builtin_return_address(0));
	arch_fail();
}

/* A library was about to write past a buffer whose size the compiler knew. */
void __chk_fail(void)
{
	print("panic: buffer: too small for what a library wanted at 0x%lx: our bug, please report it\n",
	      (uint64_t)__builtin_return_address(0));
	arch_fail();
}
