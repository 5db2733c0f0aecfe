/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor carries no names: a crash gives the offset into its text. */

#include "asm/symbols.h"
#include "monitor.h"

extern const char __monitor_start[], __monitor_copy_end[];

const char *symbol_find(uint64_t address, uint64_t *offset)
{
	*offset = address - (uint64_t)__monitor_start;
	return address >= (uint64_t)__monitor_start &&
	       address < (uint64_t)__monitor_copy_end ? "monitor" : NULL;
}

bool stack_contains(uint64_t address, uint64_t size)
{
	const struct cpu *self = cpu_self();

	return address >= (uint64_t)self->stack &&
	       address + size <= (uint64_t)(self + 1);
}
