/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A board's boot ROM without PSCI, for QEMU virt with secure=on and GICv3: it
 * owns EL3, does the least there that lets the levels below work, and sends
 * every CPU to the image at IMAGE, at EL2, or at EL1 if there is no EL2. For
 * CPUs whose features need nothing of EL3 (cortex-a53, a57, a72).
 */
#define GICD		0x08000000
#define GICR		0x080a0000
#define GICR_FRAME	0x20000

#define GICD_CTLR_ARE	0x30		/* ARE_S, ARE_NS */
#define GICD_CTLR	0x0000
#define GICD_TYPER	0x0004
#define GICD_IGROUPR	0x0080
#define GICR_WAKER	0x0014
#define GICR_IGROUPR0	0x10080

#define SCR_EL3_VALUE	0x531		/* NS, RES1, HCE, RW */
#define SCTLR_EL3_RES1	0x30c50830
#define ICC_SRE_EL3	S3_6_C12_C12_5
#define ICC_SRE_ALL	0xf

	.text
	.global	_start
_start:
	ldr	x0, =SCTLR_EL3_RES1
	msr	SCTLR_EL3, x0
	mov	x0, #SCR_EL3_VALUE
	msr	SCR_EL3, x0
	msr	CPTR_EL3, xzr
	msr	MDCR_EL3, xzr
	isb
	mov	x0, #ICC_SRE_ALL
	msr	ICC_SRE_EL3, x0
	isb
	mrs	x1, MPIDR_EL1
	and	x1, x1, #0xff
	cbnz	x1, 2f

	/* The first CPU: all shared interrupts are Non-secure Group 1. */
	ldr	x2, =GICD
	mov	w0, #GICD_CTLR_ARE
	str	w0, [x2, #GICD_CTLR]
	ldr	w3, [x2, #GICD_TYPER]
	and	w3, w3, #0x1f
	mov	w0, #-1
	add	x2, x2, #GICD_IGROUPR
1:	str	w0, [x2, #4]!
	subs	w3, w3, #1
	b.hi	1b

	/* Each CPU: so are its own, and its redistributor is awake. */
2:	ldr	x2, =GICR
	mov	x0, #GICR_FRAME
	madd	x2, x1, x0, x2
	str	wzr, [x2, #GICR_WAKER]
3:	ldr	w0, [x2, #GICR_WAKER]
	tbnz	w0, #2, 3b
	mov	w0, #-1
	ldr	x3, =GICR_IGROUPR0
	str	w0, [x2, x3]

	mrs	x0, ID_AA64PFR0_EL1
	mov	x1, #0x3c5			/* DAIF, EL1h */
	tst	x0, #0xf00
	b.eq	4f
	mov	x1, #0x3c9			/* DAIF, EL2h */
4:	msr	SPSR_EL3, x1
	ldr	x0, =IMAGE
	msr	ELR_EL3, x0
	mov	x0, xzr
	dsb	sy
	isb
	eret
