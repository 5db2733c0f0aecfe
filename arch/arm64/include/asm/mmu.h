/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's identity map, for the EL that calls (1 or 2). */
#ifndef ASM_MMU_H
#define ASM_MMU_H

/*
 * Map the loader itself (text R-X, rodata R--, data and stacks RW-, guard
 * pages not at all) and the console UART, then turn on MMU and caches.
 */
void mmu_start(void);

#endif
