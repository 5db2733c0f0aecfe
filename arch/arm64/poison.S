/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CONFIG_POISON: what an image is entered through before its reset code, on
 * every CPU: a machine in the worst state that the contract of reset.S
 * allows. The link script puts the first section at the image's first byte.
 * It runs in place, without a stack; x0..x3 are the contract and stay.
 */
#include "asm/poison.h"

/* Only for the report of a fault in here, as in reset.S. */
#define EARLY_STACK	(CONFIG_RAM_BASE + 0x300000)

	.section .poison_entry, "ax"
	.global	poison_entry
poison_entry:
	b	poison

	.section .poison, "ax"
poison:
	msr	daifset, #0xf
	ldr	x9, =EARLY_STACK
	msr	spsel, #1
	msr	SP_EL0, x9
	adr	x24, __loader_start
	mrs	x25, CurrentEL
	ubfx	x25, x25, #2, #2
	mrs	x26, MPIDR_EL1
	ldr	x9, =MPIDR_AFFINITY
	and	x26, x26, x9
	ldr	x9, =CONFIG_PRIMARY_MPIDR
	cmp	x26, x9
	cset	x26, eq				/* x26: the primary */
	mrs	x27, CNTFRQ_EL0
	cmp	x25, #2
	b.hi	poison_at_el3
	b.eq	poison_at_el2

	msr	VBAR_EL1, x24			/* till all is written */
	isb
	bl	poison_ram
	bl	poison_fp
	bl	poison_el1
	row	SCTLR_EL1, POISON_SCTLR
	row	VBAR_EL1, POISON_JUNK
	row	ELR_EL1, POISON_JUNK
	row	SPSR_EL1, SPSR_EL1h
	b	poison_rest

poison_at_el2:
	msr	VBAR_EL2, x24
	isb
	bl	poison_ram
	bl	poison_fp
	bl	poison_el1
	bl	poison_el2
	row	SCTLR_EL1, POISON_SCTLR_LOWER
	row	VBAR_EL1, POISON_JUNK
	row	SP_EL1, POISON_JUNK
	row	ELR_EL1, POISON_JUNK
	row	SPSR_EL1, SPSR_EL1h
	row	SCTLR_EL2, POISON_SCTLR
	row	VBAR_EL2, POISON_JUNK
	row	ELR_EL2, POISON_JUNK
	row	SPSR_EL2, SPSR_EL2h
	row	SYS_ICC_SRE_EL2, ICC_SRE_SRE, IF_GICV3
	/* From here on some EL1 names mean EL2's registers. */
	row	HCR_EL2, POISON_HCR
	b	poison_rest

poison_at_el3:
	msr	VBAR_EL3, x24
	isb
	bl	poison_ram
	bl	poison_fp
	bl	poison_el3
	row	SCTLR_EL3, POISON_SCTLR
	row	VBAR_EL3, POISON_JUNK
	/* Without TIMER_FREQ what the primary finds here is believed. */
	ldr	x9, =CONFIG_TIMER_FREQ
	cbnz	x9, poison_rest
	cbz	x26, poison_rest
	msr	CNTFRQ_EL0, x27

poison_rest:
	isb
	unless	1f, IF_PAN
	.inst	0xd500419f			/* msr pan, #1 */
1:	ldr	x9, =POISON_JUNK
	mov	sp, x9
	msr	spsel, #0
	mov	sp, x9
	.irp	n, 4,5,6,7,8,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, x9
	.endr
	cmp	xzr, xzr
	/* Nothing can come: no interrupt controller has been set up. */
	msr	daifclr, #0xf
	b	reset
	.ltorg
