/* SPDX-License-Identifier: BSD-2-Clause */
/* Trials for SVE and SME; each sets ZCR_ELx or SMCR_ELx to x0 first. */

#define ZCR_EL1		S3_0_C1_C2_0
#define ZCR_EL2		S3_4_C1_C2_0
#define SMCR_EL1	S3_0_C1_C2_6
#define SMCR_EL2	S3_4_C1_C2_6

/* Old assemblers know none of these. */
#define RDVL_X0		0x04bf5020		/* rdvl x0, #1 */
#define RDSVL_X0	0x04bf5820		/* rdsvl x0, #1 */
#define SMSTART_SM	.inst 0xd503437f
#define SMSTART_ZA	.inst 0xd503457f
#define SMSTOP		.inst 0xd503467f
#define ADD_V0		.inst 0x4ea08400	/* add v0.4s, v0.4s, v0.4s */
#define ZERO_ZT0	.inst 0xc0480001
#define LDR_ZT0_X1	.inst 0xe11f8020	/* ldr zt0, [x1] */

	.text

.macro	trial name
	.globl	\name
\name:
.endm

.macro	length name, control, read
trial \name
	msr	\control, x0
	isb
	.inst	\read
	ret
.endm

	length	sve_length_el2_trial, ZCR_EL2, RDVL_X0
	length	sve_length_el1_trial, ZCR_EL1, RDVL_X0
	length	sme_length_el2_trial, SMCR_EL2, RDSVL_X0
	length	sme_length_el1_trial, SMCR_EL1, RDSVL_X0

/* Let the 64 bytes at x0, just written, be fetched as instructions. */
trial publish_code_trial
	dc	cvau, x0
	dsb	ish
	ic	ivau, x0
	dsb	ish
	isb
	ret

/* These two kinds are copied before they run: at most 16 instructions. */
.macro	illegal_in_streaming name, control
trial \name
	msr	\control, x0
	isb
	SMSTART_SM
	ADD_V0
	SMSTOP
	ret
.endm

	illegal_in_streaming	fa64_el2_trial, SMCR_EL2
	illegal_in_streaming	fa64_el1_trial, SMCR_EL1

/* The code that is running is as good a source of 64 bytes as any. */
.macro	use_zt0 name, control
trial \name
	msr	\control, x0
	isb
	adr	x1, \name
	SMSTART_ZA
	ZERO_ZT0
	LDR_ZT0_X1
	SMSTOP
	ret
.endm

	use_zt0	zt0_el2_trial, SMCR_EL2
	use_zt0	zt0_el1_trial, SMCR_EL1
