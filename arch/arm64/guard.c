/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's stack canary. */

#include "asm/guard.h"
#include "print.h"

/* Named by the compiler; 0 until it is seeded, before the first outside byte. */
uintptr_t __stack_chk_guard;

void __stack_chk_fail(void)
{
	print("panic: stack: canary overwritten before 0x%lx: our bug, please report it\n",
	      (uint64_t)__builtin_return_address(0));
	arch_fail();
}
