/* SPDX-License-Identifier: BSD-2-Clause */
/* Names for addresses in crash reports; the loader and the monitor differ. */
#ifndef ASM_SYMBOLS_H
#define ASM_SYMBOLS_H

#include "types.h"

/*
 * The function that holds @address; *@offset is how far in. NULL if it is
 * not ours or the image has no names (CONFIG_KALLSYMS).
 */
const char *symbol_find(uint64_t address, uint64_t *offset);

/* Do @size bytes at @address lie in a stack of ours? */
bool stack_contains(uint64_t address, uint64_t size);

#endif
