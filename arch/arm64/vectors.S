/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's entry at its link address, and its exception vectors. */
#include "asm/frame.h"

/*
 * From reset.S or, through ERET, from the monitor: x0..x3 boot arguments,
 * x4 where the image lies. Any EL; MMU and data cache off. Never returns.
 */
	.section .text.loader_entry, "ax"
	.global	loader_entry
loader_entry:
	msr	daifset, #0xf
	ldr	x9, =__loader_bss_start
	ldr	x10, =__loader_bss_end
1:	cmp	x9, x10
	b.hs	2f
	stp	xzr, xzr, [x9], #16
	b	1b
2:	msr	spsel, #0
	ldr	x9, =__loader_crash_stack_end
	mov	sp, x9				/* SP_EL0: for crashes only */
	msr	spsel, #1
	ldr	x9, =__loader_stack_end
	mov	sp, x9
	mov	x29, xzr			/* the end of every backtrace */
	mov	x30, xzr
	b	loader_start

/* The crash stack is SP_EL0, so that a broken SP cannot hide its cause. */
	.macro	vector number
	.balign	128
	msr	spsel, #0
	sub	sp, sp, #CRASH_FRAME_SIZE
	str	x0, [sp]
	mov	x0, #\number
	b	vector_common
	.endm

	.section .text.loader_vectors, "ax"
	.balign	2048
	.global	loader_vectors
loader_vectors:
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	vector	\n
	.endr

vector_common:
	save_x1_to_x30
	msr	spsel, #1
	mov	x1, sp				/* SP at the exception */
	msr	spsel, #0
	str	x1, [sp, #248]
	mov	x1, x0
	mov	x0, sp
	b	exception_report
