/* SPDX-License-Identifier: BSD-2-Clause */
/* Exception vectors for EL1 and EL2 (EL3 is only there to say so and stop). */
#include "entry.h"

/*
 * All sixteen entries save everything and call exception(); what a probe ran
 * into and what is an accident is decided there.
 */
.macro	vector number
	.balign	128
	sub	sp, sp, #FRAME_SIZE
	stp	x0, x1, [sp]
	mov	x0, #\number
	b	enter
.endm

	.section .text.vectors, "ax"
	.balign	2048
	.globl	vectors
vectors:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	vector	\n
	.endr

/*
 * While the entry state is saved: an access to SCTLR may trap (HCR_EL2.TVM,
 * TRVM). Skip it and leave all ones in x16, which no check takes for good.
 */
	.balign	2048
	.globl	early_vectors
early_vectors:
	.rept	16
	.balign	128
	mov	x16, #-1
	b	skip_early
	.endr

	.balign	128
skip_early:
	mrs	x11, currentel
	cmp	x11, #(2 << 2)
	b.eq	2f
	mrs	x13, elr_el1
	add	x13, x13, #4
	msr	elr_el1, x13
	eret
2:	mrs	x13, elr_el2
	add	x13, x13, #4
	msr	elr_el2, x13
	eret

.macro	read_cause el
	mrs	x2, elr_el\el
	mrs	x3, spsr_el\el
	mrs	x4, esr_el\el
	mrs	x5, far_el\el
.endm

	.balign	128
enter:
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	str	x30, [sp, #240]
	/* Even reading ESR may trap (HCR_EL2.TRVM): no second time round. */
	mrs	x1, tpidrro_el0
	cbnz	x1, nested
	mov	x1, #1
	msr	tpidrro_el0, x1
	mrs	x1, currentel
	cmp	x1, #(2 << 2)
	b.hi	3f
	b.eq	2f
	read_cause 1
	b	4f
2:	read_cause 2
	b	4f
3:	read_cause 3
4:	stp	x2, x3, [sp, #FRAME_ELR]
	stp	x4, x5, [sp, #FRAME_ESR]
	mov	x1, sp
	bl	exception
	ldp	x2, x3, [sp, #FRAME_ELR]
	mrs	x1, currentel
	cmp	x1, #(2 << 2)
	b.eq	2f
	msr	elr_el1, x2
	msr	spsr_el1, x3
	b	4f
2:	msr	elr_el2, x2
	msr	spsr_el2, x3
4:	msr	tpidrro_el0, xzr
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x8, x9, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x14, x15, [sp, #112]
	ldp	x16, x17, [sp, #128]
	ldp	x18, x19, [sp, #144]
	ldp	x20, x21, [sp, #160]
	ldp	x22, x23, [sp, #176]
	ldp	x24, x25, [sp, #192]
	ldp	x26, x27, [sp, #208]
	ldp	x28, x29, [sp, #224]
	ldr	x30, [sp, #240]
	ldp	x0, x1, [sp]
	add	sp, sp, #FRAME_SIZE
	eret

nested:
	adr	x1, boot_stack_top
	mov	sp, x1
	msr	tpidrro_el0, xzr
	bl	exception_in_exception
	b	.
