/* SPDX-License-Identifier: BSD-2-Clause */
/* MMU off and jump; from the first instruction on no memory is touched. */
#include "mutation.h"

/* The last moment to do something wrong; SCTLR.EE forbids memory after it. */
	.macro	mutate	el
#ifdef CONFIG_UNSAFE_TEST_BUILD
	mov	x19, x0
	mov	x20, x1
	mov	x21, x3
	mov	x0, x2
	bl	handoff_mutate
	msr	SCTLR_EL\el, x0
	msr	TPIDR_EL\el, x1		/* for mutate_gprs */
	isb
#ifdef CONFIG_EL3_PRESENT
	ldr	x0, =MUTATION_CALL
	smc	#0
#endif
	mov	x0, x19
	mov	x1, x20
	mov	x3, x21
#endif
	.endm

	.macro	mutate_gprs el
#ifdef CONFIG_UNSAFE_TEST_BUILD
	mrs	x3, TPIDR_EL\el
	and	x1, x3, #1
	and	x2, x3, #2
	and	x3, x3, #4
	msr	TPIDR_EL\el, xzr
#endif
	.endm

	.macro	handoff el, tlbi
	.section .text.handoff_el\el, "ax"
	.global	handoff_el\el
/* in: x0 entry, x1 device tree, x2 SCTLR_ELx, x3 SPSR_ELx */
handoff_el\el:
	msr	SCTLR_EL\el, x2			/* BP-CACHE-01 */
	isb
	ldr	x4, =__loader_guard0_start	/* HO-25: stack lines that are */
	ldr	x5, =__loader_stack_end		/* still dirty must not be */
	mrs	x6, CTR_EL0			/* evicted onto the kernel */
	ubfx	x6, x6, #16, #4
	mov	x7, #4
	lsl	x6, x7, x6			/* bytes in a cache line */
1:	dc	civac, x4
	add	x4, x4, x6
	cmp	x4, x5
	b.lo	1b
	dsb	sy
	tlbi	\tlbi
	ic	iallu				/* BP-CACHE-02 */
	dsb	sy
	isb
	mutate	\el
	msr	ELR_EL\el, x0
	msr	SPSR_EL\el, x3			/* BP-CPU-01 to -04, -06 */
	mov	x0, x1				/* BP-GPR-01 */
	.irp	n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, xzr
	.endr
	mutate_gprs \el
	eret
	.endm

	handoff	2, alle2
	handoff	1, vmalle1
