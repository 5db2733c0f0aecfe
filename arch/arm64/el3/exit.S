/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways out of the monitor: to the level below, and by its own crash. */
#include "asm/frame.h"
#include "monitor.h"

/*
 * in: x0 = vector number, TPIDR_EL3 = x0 of the crash. The report needs more
 * stack than a call does: it may have that of all CPUs, from the top, since
 * nothing comes after it. x1 and SP travel in registers of the kernel's.
 */
	.section .text.monitor_crash, "ax"
	.global	monitor_crash
monitor_crash:
	msr	SP_EL0, x1
	mov	x1, sp
	msr	TPIDR_EL1, x1
	adrp	x1, cpus + CONFIG_NR_CPUS * CPU_SIZE
	add	x1, x1, :lo12:cpus + CONFIG_NR_CPUS * CPU_SIZE
	mov	sp, x1
	mrs	x1, SP_EL0
	sub	sp, sp, #CRASH_FRAME_SIZE
	save_x1_to_x30
	mrs	x1, TPIDR_EL3
	str	x1, [sp]
	mrs	x1, TPIDR_EL1
	str	x1, [sp, #248]
	mov	x1, x0
	mov	x0, sp
	b	exception_report

/*
 * void monitor_exit(x0..x4): leave by ERET, nothing of ours in registers,
 * with an empty stack for the calls to come.
 */
	.section .text.monitor_exit, "ax"
	.global	monitor_exit
monitor_exit:
	bl	cpu_setup
	.irp	n, 5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, xzr
	.endr
	dsb	sy
	isb
	eret
