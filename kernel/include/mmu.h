/* SPDX-License-Identifier: BSD-2-Clause */
/* MMU and caches on for a while, for what needs cacheable memory. */
#ifndef KERNEL_MMU_H
#define KERNEL_MMU_H

#include "types.h"

/* NULL, or why this CPU cannot use our tables (pages of 4 KiB, 48 bits). */
const char *no_mmu(void);

/* Make the page tables, once, before a second CPU can want them. */
void mmu_prepare(void);

/*
 * After mmu_prepare(): call @fn(@arg) with the MMU and all caches on: the image (code, data and
 * stacks) is mapped 1:1 as Normal Inner Shareable write-back memory, the
 * console's registers as Device, nothing else. Return: what @fn returned.
 */
uint64_t with_mmu(uint64_t (*fn)(uint64_t arg), uint64_t arg);

#endif
