/* SPDX-License-Identifier: BSD-2-Clause */
/* Trials for system registers that may trap; each is run by probe(). */

	.text

.macro	trial name
	.globl	\name
\name:
.endm

trial cntpct_trial
	mrs	x0, cntpct_el0
	ret

trial id_register_trial
	mrs	x0, id_aa64pfr0_el1
	ret

trial pmsidr_trial
	mrs	x0, S3_0_C9_C9_7
	ret

/* Write one, read back the other: ICC_SRE_EL1/2 := x0 | old. */
trial icc_sre_el1_trial
	mrs	x1, S3_0_C12_C12_5
	orr	x0, x0, x1
	msr	S3_0_C12_C12_5, x0
	isb
	mrs	x0, S3_0_C12_C12_5
	ret

trial icc_sre_el2_trial
	mrs	x1, S3_4_C12_C9_5
	orr	x0, x0, x1
	msr	S3_4_C12_C9_5, x0
	isb
	mrs	x0, S3_4_C12_C9_5
	ret

trial set_cptr_trial
	msr	cptr_el2, x0
	isb
	ret

trial set_cpacr_trial
	msr	cpacr_el1, x0
	isb
	ret

/* Let IRQ and FIQ in for x0 turns of a loop. */
trial irq_window_trial
	msr	daifclr, #3
	isb
1:	subs	x0, x0, #1
	b.ne	1b
	msr	daifset, #3
	isb
	ret

/* Secure only: EL2 VSTTBR_EL2, EL1 CNTPS_CTL_EL1. */
trial vsttbr_trial
	mrs	x0, S3_4_C2_C6_0
	ret

trial cntps_trial
	mrs	x0, S3_7_C14_C2_1
	ret

/* x0 = address of a release word: let its CPU see it, and look (HO-27). */
trial release_trial
	dc	civac, x0
	dsb	sy
	sev
	ret
