/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor's stack canary; an overrun ends in the crash report. */

#include "asm/guard.h"

/* Named by the compiler; 0 until monitor_main() seeds it. */
uintptr_t __stack_chk_guard;

void __stack_chk_fail(void)
{
	__builtin_trap();
}
