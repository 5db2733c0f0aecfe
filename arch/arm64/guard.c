/* SPDX-License-Identifier: BSD-2-Clause */
/* The stack canary's home, in the loader and in the monitor. */

#include "asm/guard.h"
#include "print.h"
#include "uart.h"

/* Named by the compiler; not zero even before it is seeded. */
uintptr_t __stack_chk_guard = UL(0x5bd1e9955bd1e900);

void __stack_chk_fail(void)
{
	print("panic: stack: canary overwritten before 0x%lx: our bug, please report it\n",
	      (uint64_t)__builtin_return_address(0));
	uart_flush();
	while (true)
		__asm__ volatile("wfi");
}
