/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's entry at its link address, and its exception vectors. */
#include "asm/frame.h"
#include "asm/reset.h"

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

/*
 * The crash stack is SP_EL0, so that a broken SP cannot hide its cause. The
 * report itself runs on SP_ELx again, so a crash within it comes here, too.
 */
	.macro	vector number
	.org	reset_vectors + (\number - 4) * 0x80
	msr	spsel, #0
	sub	sp, sp, #CRASH_FRAME_SIZE
	str	x0, [sp]
	mov	x0, #\number
	b	vector_common
	.endm

/*
 * At 0x200 in the image, so VBAR_ELx is the image's address. Only these four,
 * "current level with SP_ELx", can be taken: nothing runs on SP_EL0 or below.
 */
	.section .reset_vectors, "ax"
reset_vectors:
	vector	4
vector_common:
	save_x1_to_x30
	mov	x2, sp
	adr	x3, vector_common
	ldr	x4, =vector_common
	cmp	x3, x4
	b.ne	vector_early
	msr	spsel, #1
	mov	x1, sp				/* SP at the exception */
	str	x1, [x2, #248]
	mov	sp, x2
	b	1f
	vector	5
1:	mov	x1, x0
	mov	x0, x2
	b	exception_report

/* Not where we are linked: the copy to RAM is still to come. */
vector_early:
	msr	spsel, #1
	mov	sp, x2
	mov	x0, #RESET_FAULT
	mrs	x1, CurrentEL
	ubfx	x1, x1, #2, #2
	b	reset_failed
	vector	6
	.ltorg
	vector	7
