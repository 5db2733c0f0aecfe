/* SPDX-License-Identifier: BSD-2-Clause */
/* Stubs for system registers that may trap; each is run by probe(). */

	.text

.macro	stub name
	.globl	\name
\name:
.endm

stub cntpct_stub
	mrs	x0, cntpct_el0
	ret

stub id_register_stub
	mrs	x0, id_aa64pfr0_el1
	ret

stub pmsidr_stub
	mrs	x0, S3_0_C9_C9_7
	ret

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

/* x0 = address of a release word: let its CPU see it, and look (HO-27). */
stub release_stub
	dc	civac, x0
	dsb	sy
	sev
	ret
