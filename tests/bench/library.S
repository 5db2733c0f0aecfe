/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The start of a bare program for QEMU virt, EL1: all of the first 4 GiB mapped
 * to itself, since libraries read what is not aligned, floating point on, a
 * stack; then library_main(), and the end of the machine.
 */
#define MAIR		0xff00			/* 0: Device-nGnRnE, 1: WB */
#define TCR		(32 | 1 << 8 | 1 << 10 | 3 << 12 | 1 << 23 | 1 << 32)
#define SCTLR		0x30d01805		/* RES1, M, C, I */
#define DEVICE		0x401			/* block, AF */
#define NORMAL		0x40000705		/* block, AF, SH, AttrIndx 1 */
#define SYS_EXIT_EXT	0x20
#define STOPPED		0x20026

	.text
	.global	start
start:	ldr	x0, =MAIR
	msr	MAIR_EL1, x0
	ldr	x0, =TCR
	msr	TCR_EL1, x0
	ldr	x0, =table
	msr	TTBR0_EL1, x0
	mov	x0, #3 << 20			/* FPEN */
	msr	CPACR_EL1, x0
	isb
	ldr	x0, =SCTLR
	msr	SCTLR_EL1, x0
	isb
	ldr	x0, =stack_end
	mov	sp, x0
	bl	library_main
	ldr	x1, =status
	ldr	x2, =STOPPED
	str	x2, [x1]
	mov	w0, #SYS_EXIT_EXT
	hlt	#0xf000
1:	wfi
	b	1b
	.ltorg

	.data
	.balign	4096
table:	.quad	DEVICE, NORMAL, 0, 0
	.balign	16
status:	.quad	0, 0
	.bss
	.balign	16
	.space	65536
stack_end:
