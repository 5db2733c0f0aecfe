/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a function with MMU and caches on, at EL2 or EL1 (see mmu.h). */

/* struct mmu_setup */
#define SETUP_MAIR	0
#define SETUP_TCR	8
#define SETUP_TTBR	16
#define SETUP_START	24
#define SETUP_END	32

/* SCTLR_ELx */
#define SCTLR_M_C_I	((1 << 0) | (1 << 2) | (1 << 12))
#define SCTLR_WXN	(1 << 19)

	.text

/* Clean and invalidate all of it to the point of coherency; uses x3..x6. */
clean_all:
	mrs	x3, ctr_el0
	ubfx	x3, x3, #16, #4			/* DminLine: log2 of words */
	mov	x4, #4
	lsl	x4, x4, x3
	ldp	x5, x6, [x21, #SETUP_START]
1:	dc	civac, x5
	add	x5, x5, x4
	cmp	x5, x6
	b.lo	1b
	dsb	sy
	isb
	ret

/*
 * Between clean_all and the end of switch_off nothing is stored: what MMU and
 * caches have left is then in memory, and what comes later goes there.
 */
.macro	run_at el, tlbi
	mrs	x22, sctlr_el\el
	mrs	x23, mair_el\el
	mrs	x24, tcr_el\el
	mrs	x25, ttbr0_el\el
	ldp	x3, x4, [x21, #SETUP_MAIR]
	ldr	x5, [x21, #SETUP_TTBR]
	msr	mair_el\el, x3
	msr	tcr_el\el, x4
	msr	ttbr0_el\el, x5
	isb
	tlbi	\tlbi
	dsb	sy
	ic	iallu
	dsb	sy
	isb
	mov	x3, #SCTLR_M_C_I
	orr	x3, x3, x22
	and	x3, x3, #~SCTLR_WXN
	msr	sctlr_el\el, x3
	isb
	mov	x0, x20
	blr	x19
	bl	clean_all
	msr	sctlr_el\el, x22
	isb
	msr	mair_el\el, x23
	msr	tcr_el\el, x24
	msr	ttbr0_el\el, x25
	isb
	tlbi	\tlbi
	dsb	sy
	isb
.endm

/* x0 = function, x1 = its argument, x2 = struct mmu_setup; keeps its x0. */
	.globl	mmu_call
mmu_call:
	stp	x29, x30, [sp, #-80]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	str	x25, [sp, #64]
	mov	x19, x0
	mov	x20, x1
	mov	x21, x2
	bl	clean_all
	mrs	x3, currentel
	cmp	x3, #(2 << 2)
	b.eq	2f
	run_at	1, vmalle1
	b	3f
2:	run_at	2, alle2
3:	bl	clean_all
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldr	x25, [sp, #64]
	ldp	x29, x30, [sp], #80
	ret
