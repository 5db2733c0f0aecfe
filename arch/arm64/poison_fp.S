/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CONFIG_POISON: FP, SVE and SME registers and modes. SME is left in
 * streaming mode with ZA on, where most SIMD instructions are illegal.
 */
#include "asm/poison.h"

#define FP_MODE		(FIELD(1, 25) | FIELD(1, 24) | FIELD(3, 22))
#define FP_FLAGS	0xf800009f
#define LEN_MAX		0xf

/* Instructions that the assembler may not know. */
#define SMSTART			.inst	0xd503477f
#define DUP_Z(n)		.inst	0x2538cb40 + (n)	/* z<n>.b, #0x5a */
#define PTRUE_P(n)		.inst	0x2518e3e0 + (n)	/* p<n>.b */
#define WRFFR_P0		.inst	0x25289000

#define ALL_32			0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15, \
				16,17,18,19,20,21,22,23,24,25,26,27, \
				28,29,30,31

	.section .text.poison_fp, "ax"
	.arch_extension fp
	.arch_extension simd
/* in: x25 the level. Changes x9. */
	.global	poison_fp
poison_fp:
	cmp	x25, #2
	b.lo	1f
	b.eq	2f
	row	CPTR_EL3, CPTR_EL3_EZ | CPTR_EL3_ESM
	isb
	row	SYS_ZCR_EL3, LEN_MAX, IF_SVE
	b	3f
2:	row	HCR_EL2, HCR_RW
	isb
	row	CPTR_EL2, CPTR_EL2_RES1
	isb
	row	SYS_ZCR_EL2, LEN_MAX, IF_SVE
	b	3f
1:	row	CPACR_EL1, CPACR_ALL
	isb
	row	SYS_ZCR_EL1, LEN_MAX, IF_SVE
3:	isb
	unless	9f, ID_AA64PFR0_EL1, 16, 0, 14
	msr	FPCR, xzr
	ldr	x9, =FP_FLAGS
	msr	FPSR, x9
	.irp	n, ALL_32
	movi	v\n\().16b, #0x5a
	.endr
	unless	4f, IF_SVE
	PTRUE_P(0)
	WRFFR_P0
4:	unless	5f, IF_SME
	SMSTART
	b	6f
5:	unless	7f, IF_SVE
6:	.irp	n, ALL_32
	DUP_Z(\n)
	.endr
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	PTRUE_P(\n)
	.endr
7:	ldr	x9, =FP_MODE
	msr	FPCR, x9
9:	ret
	.ltorg
