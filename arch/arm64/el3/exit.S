/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways out of the monitor: to the level below, and by its own crash. */
#include "asm/frame.h"
#include "monitor.h"

/* Printing needs more stack than a call does: the whole of all CPUs'. */
	.macro	take_all_stacks scratch
	adrp	\scratch, cpus + CONFIG_NR_CPUS * CPU_SIZE
	add	\scratch, \scratch, :lo12:cpus + CONFIG_NR_CPUS * CPU_SIZE
	mov	sp, \scratch
	.endm

/* Too far away for the monitor's own addressing (-mcmodel=tiny). */
	.section .rodata.monitor_loader_entry, "a"
	.balign	8
	.global	monitor_loader_entry
monitor_loader_entry:
	.quad	__monitor_loader_entry

/* void monitor_refuse(found, built, remedy): the last words, never returns. */
	.section .text.monitor_refuse, "ax"
	.global	monitor_refuse
monitor_refuse:
	take_all_stacks x3
	b	monitor_refuse_say

/*
 * in: x0 = vector number, TPIDR_EL3 = x0 of the crash. Nothing comes after,
 * so x1 and SP travel in registers of the kernel's.
 */
	.section .text.monitor_crash, "ax"
	.global	monitor_crash
monitor_crash:
	msr	SP_EL0, x1
	mov	x1, sp
	msr	TPIDR_EL1, x1
	take_all_stacks x1
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
