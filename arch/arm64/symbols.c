/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's function names, from the table that the build appends. */

#include "asm/image.h"
#include "asm/symbols.h"

#ifdef CONFIG_KALLSYMS
extern const uint32_t kallsyms_count;
extern const uint32_t kallsyms_offsets[], kallsyms_names[];
extern const char kallsyms_strings[];

/* Offsets rise; the last one not above the address is the function. */
const char *symbol_find(uint64_t address, uint64_t *offset)
{
	const uint64_t start = (uint64_t)__loader_start;
	const char *name = NULL;
	uint32_t i;

	if (address < start || address >= (uint64_t)__loader_rodata_start)
		return NULL;
	for (i = 0; i < kallsyms_count; i++) {
		if (start + kallsyms_offsets[i] > address)
			break;
		name = &kallsyms_strings[kallsyms_names[i]];
		*offset = address - start - kallsyms_offsets[i];
	}
	return name;
}
#else
const char *symbol_find(uint64_t address, uint64_t *offset)
{
	*offset = address - (uint64_t)__loader_start;
	return address >= (uint64_t)__loader_start &&
	       address < (uint64_t)__loader_end ? "loader" : NULL;
}
#endif

bool stack_contains(uint64_t address, uint64_t size)
{
	return address >= (uint64_t)__loader_guard0_start + SZ_4K &&
	       address + size <= (uint64_t)__loader_stack_end;
}
