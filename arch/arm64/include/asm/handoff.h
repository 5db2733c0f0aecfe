/* SPDX-License-Identifier: BSD-2-Clause */
/* The jump to the kernel (handoff.S). */
#ifndef ASM_HANDOFF_H
#define ASM_HANDOFF_H

#include "types.h"

/*
 * From EL2 (or EL1): MMU and caches off by writing @sctlr, TLB and I-cache
 * emptied, x0 = @dtb, every other register 0, ERET to @entry with @spsr.
 */
noreturn void handoff_el2(uint64_t entry, uint64_t dtb, uint64_t sctlr,
			  uint64_t spsr);
noreturn void handoff_el1(uint64_t entry, uint64_t dtb, uint64_t sctlr,
			  uint64_t spsr);

/* What unsafe test builds may break last; two registers, x0 and x1. */
struct handoff_fault {
	uint64_t sctlr;
	uint64_t gprs;		/* bit n - 1: xn is not 0 */
};

/* Called by them in unsafe test builds (mutation.h) with the MMU off. */
struct handoff_fault handoff_mutate(uint64_t sctlr);

#endif
