/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ways in and out of the monitor: the primary after reset, a secondary, an
 * SMC or trap from below, and the ERET that leaves.
 */
#include "asm/frame.h"
#include "asm/sysreg.h"
#include "monitor.h"

/*
 * void monitor_reset(x0..x3, x4 = image base): the primary, after reset.S
 * has copied the monitor and cleared its .bss. Never returns.
 */
	.section .text.monitor_reset, "ax"
	.global	monitor_reset
monitor_reset:
	bl	cpu_setup
	b	monitor_main

/*
 * A CPU that reset or the hold loop sends here, MMU off, any registers.
 * Never returns: it parks until CPU_ON sends it to Non-secure code.
 */
	.section .text.monitor_warm_entry, "ax"
	.global	monitor_warm_entry
monitor_warm_entry:
	msr	daifset, #0xf
	/* fall through */
	.global	monitor_park
monitor_park:
	bl	cpu_setup
	b	monitor_secondary

/*
 * Give this CPU EL3's vectors, SCTLR and its stack.
 * in: nothing; out: SP_EL3; clobbers: x9..x12. A CPU whose affinity has no
 * slot sleeps here for ever: CONFIG_NR_CPUS is too small for it.
 */
cpu_setup:
	ldr	x9, =(SCTLR_EL3_RES1 | SCTLR_A | SCTLR_SA | SCTLR_I)
	msr	SCTLR_EL3, x9
	adr	x9, monitor_vectors
	msr	VBAR_EL3, x9
	isb
	mrs	x9, MPIDR_EL1
	ubfx	x10, x9, #8, #8			/* Aff1 */
	and	x9, x9, #0xff			/* Aff0 */
	add	x9, x9, x10, lsl #4
	cmp	x9, #CONFIG_NR_CPUS
	b.hs	1f
	adrp	x10, cpus
	add	x10, x10, :lo12:cpus
	add	x9, x9, #1
	add	x10, x10, x9, lsl #CPU_SIZE_SHIFT
	mov	sp, x10
	ret
1:	wfi
	b	1b

/* void monitor_exit(x0..x4): leave by ERET, nothing of ours in registers. */
	.section .text.monitor_exit, "ax"
	.global	monitor_exit
monitor_exit:
	.irp	n, 5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, xzr
	.endr
	dsb	sy
	isb
	eret

/* A crash of the monitor itself: terminal, on the stack that is there. */
	.macro	crash vector
	.balign	128
	msr	TPIDR_EL3, x0
	mov	x0, #\vector
	b	monitor_crash
	.endm

	/* From a lower level: save what C clobbers and all that it may see. */
	.macro	trap
	.balign	128
	sub	sp, sp, #SMC_FRAME_SIZE
	stp	x0, x1, [sp, #0]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	b	trap_common
	.endm

	.section .text.monitor_vectors, "ax"
	.balign	2048
monitor_vectors:
	.irp	n, 0,1,2,3,4,5,6,7
	crash	\n
	.endr
	trap					/* synchronous, lower AArch64 */
	.irp	n, 9,10,11,12,13,14,15
	crash	\n
	.endr

/* in: x0..x7 saved at SP; out: ERET. x0..x3 come back from the frame. */
	.balign	128
trap_common:
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x29, [sp, #144]
	str	x30, [sp, #240]
	mov	x0, sp
	mov	x29, xzr
	bl	monitor_trap
	ldp	x0, x1, [sp, #0]
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x8, x9, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x14, x15, [sp, #112]
	ldp	x16, x17, [sp, #128]
	ldp	x18, x29, [sp, #144]
	ldr	x30, [sp, #240]
	add	sp, sp, #SMC_FRAME_SIZE
	dsb	sy
	eret

/* in: x0 = vector number, TPIDR_EL3 = x0 of the crash. */
monitor_crash:
	sub	sp, sp, #CRASH_FRAME_SIZE
	save_x1_to_x30
	mrs	x1, TPIDR_EL3
	str	x1, [sp]
	mov	x1, x0
	mov	x0, sp
	b	exception_report
