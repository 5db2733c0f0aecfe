/* SPDX-License-Identifier: BSD-2-Clause */
/* Small stubs that C cannot say: each may be run by probe(). */

	.text

.macro	stub name
	.globl	\name
\name:
.endm

/* x0 = parameter block; the host ends the machine and never returns. */
stub semihosting_stub
	mov	x1, x0
	mov	w0, #0x20
	hlt	#0xf000
	ret

/* HVC with EC 0x16 into our own EL2 vector, or UNDEF if SCR_EL3.HCE = 0. */
stub hvc_stub
	hvc	#0x41
	ret

/* PSCI_VERSION; x4..x17 are lost to any C function anyway, x18 we do not use. */
stub smc_version_stub
	mov	x0, #0x84000000
	smc	#0
	ret

stub hvc_version_stub
	mov	x0, #0x84000000
	hvc	#0
	ret

stub read_byte_stub
	ldrb	w0, [x0]
	ret

stub read32_stub
	ldr	w0, [x0]
	ret

/* x0 = address; x0 := 0 if two patterns were kept there. Restores it. */
stub touch_stub
	ldr	x1, [x0]
	ldr	x2, =0x5555aaaa3333cccc
	eor	x2, x2, x0
	str	x2, [x0]
	dsb	sy
	ldr	x3, [x0]
	mvn	x4, x2
	str	x4, [x0]
	dsb	sy
	ldr	x5, [x0]
	str	x1, [x0]
	dsb	sy
	eor	x3, x3, x2
	eor	x5, x5, x4
	orr	x0, x3, x5
	ret
	.ltorg

/* Write one, read back the other: ICC_SRE_EL1/2 := x0 | old. */
stub icc_sre_el1_stub
	mrs	x1, S3_0_C12_C12_5
	orr	x0, x0, x1
	msr	S3_0_C12_C12_5, x0
	isb
	mrs	x0, S3_0_C12_C12_5
	ret

stub icc_sre_el2_stub
	mrs	x1, S3_4_C12_C9_5
	orr	x0, x0, x1
	msr	S3_4_C12_C9_5, x0
	isb
	mrs	x0, S3_4_C12_C9_5
	ret

/* S3_0_C0_C4_0 .. S3_0_C0_C7_7, ARM DDI 0487 D19.2. */
stub read_id_registers
	.irp	crm, 4, 5, 6, 7
	.irp	op2, 0, 2, 4, 6
	mrs	x1, S3_0_C0_C\crm\()_\op2
	.if	\op2 == 0
	mrs	x2, S3_0_C0_C\crm\()_1
	.elseif	\op2 == 2
	mrs	x2, S3_0_C0_C\crm\()_3
	.elseif	\op2 == 4
	mrs	x2, S3_0_C0_C\crm\()_5
	.else
	mrs	x2, S3_0_C0_C\crm\()_7
	.endif
	stp	x1, x2, [x0], #16
	.endr
	.endr
	ret

/* x0 = address, x1 = size (multiple of 64), x2 = value. */
stub fill_memory
1:	stp	x2, x2, [x0], #16
	stp	x2, x2, [x0], #16
	stp	x2, x2, [x0], #16
	stp	x2, x2, [x0], #16
	subs	x1, x1, #64
	b.hi	1b
	dsb	sy
	ret

stub cntpct_stub
	mrs	x0, cntpct_el0
	ret

stub set_cptr_stub
	msr	cptr_el2, x0
	isb
	ret

stub set_cpacr_stub
	msr	cpacr_el1, x0
	isb
	ret

/* Let IRQ and FIQ in for x0 turns of a loop. */
stub irq_window_stub
	msr	daifclr, #3
	isb
1:	subs	x0, x0, #1
	b.ne	1b
	msr	daifset, #3
	isb
	ret

/* Secure only: EL2 VSTTBR_EL2, EL1 CNTPS_CTL_EL1. */
stub vsttbr_stub
	mrs	x0, S3_4_C2_C6_0
	ret

stub cntps_stub
	mrs	x0, S3_7_C14_C2_1
	ret

/* Vector length with x0 in ZCR_ELx or SMCR_ELx. */
stub sve_length_el2_stub
	msr	S3_4_C1_C2_0, x0
	isb
	.inst	0x04bf5020			/* rdvl x0, #1 */
	ret

stub sve_length_el1_stub
	msr	S3_0_C1_C2_0, x0
	isb
	.inst	0x04bf5020
	ret

stub sme_length_el2_stub
	msr	S3_4_C1_C2_6, x0
	isb
	.inst	0x04bf5820			/* rdsvl x0, #1 */
	ret

stub sme_length_el1_stub
	msr	S3_0_C1_C2_6, x0
	isb
	.inst	0x04bf5820
	ret
