/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monitor's vectors, and in the unused room of their slots the ways in
 * after reset and back from a call.
 */
#include "asm/sysreg.h"
#include "monitor.h"

/* Vector @number begins; .org refuses code that overran the slot before. */
	.macro	slot number
	.org	monitor_vectors + \number * 0x80
	.endm

/* A crash of the monitor itself: terminal. */
	.macro	crash number
	slot	\number
	msr	TPIDR_EL3, x0
	mov	x0, #\number
	b	monitor_crash
	.endm

	.section .text.monitor_vectors, "ax"
	.balign	2048
monitor_vectors:
	crash	0

	crash	1
/*
 * Give this CPU EL3's vectors, SCTLR and its stack.
 * in: nothing; out: SP_EL3; clobbers: x9..x12. A CPU whose affinity has no
 * slot sleeps here for ever: CONFIG_NR_CPUS is too small for it.
 */
	.global	cpu_setup
cpu_setup:
	ldr	x9, =(SCTLR_EL3_RES1 | SCTLR_A | SCTLR_SA | SCTLR_I)
	msr	SCTLR_EL3, x9
	adr	x9, monitor_vectors
	msr	VBAR_EL3, x9
	isb
	mrs	x9, MPIDR_EL1
	ldr	x10, =CPU_NO_PLACE
	tst	x9, x10
	b.ne	1f
	ubfx	x10, x9, #8, #8			/* Aff1 */
	and	x9, x9, #0xff			/* Aff0 */
	add	x9, x9, x10, lsl #4
	cmp	x9, #CONFIG_NR_CPUS
	b.hs	1f
	adrp	x10, cpus
	add	x10, x10, :lo12:cpus
	mov	x11, #CPU_SIZE
	madd	x10, x9, x11, x10
	add	sp, x10, #CPU_SIZE
	ret
1:	wfi
	b	1b

	crash	2
	crash	3
/*
 * void monitor_reset(x0..x3, x4 = image base): the primary, after reset.S
 * has copied the monitor and cleared its memory. Never returns.
 */
	.global	monitor_reset
monitor_reset:
	bl	cpu_setup
	b	monitor_main

/*
 * A CPU that reset or the hold loop sends here, MMU off, any registers; and
 * one that CPU_OFF parks, with an empty stack. Neither returns.
 */
	.global	monitor_warm_entry
monitor_warm_entry:
	msr	daifset, #0xf
	.global	monitor_park
monitor_park:
	bl	cpu_setup
	b	monitor_secondary

	crash	4
/* in: SP = struct smc_frame; out: ERET to whom it belongs. */
trap_return:
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
	ldr	x30, [sp, #160]
	add	sp, sp, #SMC_FRAME_SIZE
leave:	dsb	sy
	isb
	eret

	crash	5
/*
 * void monitor_exit(x0..x4): leave by ERET, nothing of ours in registers,
 * with an empty stack for the calls to come.
 */
	.global	monitor_exit
monitor_exit:
	bl	cpu_setup
	.irp	n, 5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, xzr
	.endr
	b	leave

	crash	6
	crash	7

/* Synchronous, from AArch64 below: save what C may change. */
	slot	8
	sub	sp, sp, #SMC_FRAME_SIZE
	stp	x0, x1, [sp, #0]
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x29, [sp, #144]
	str	x30, [sp, #160]
	mov	x0, sp
	mov	x29, xzr
	bl	monitor_trap
	b	trap_return

	.irp	n, 9,10,11,12,13,14,15
	crash	\n
	.endr
	.ltorg
