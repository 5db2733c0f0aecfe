/* SPDX-License-Identifier: BSD-2-Clause */
/* A firmware call with known values in all registers (see regs.h). */

/* struct call_table */
#define T_X0		0
#define T_X4		32
#define T_SMC		248
#define T_USE_FP	256
#define T_Q0		272
#define T_SP		784
#define T_SP_AFTER	792

	.section .bss.table_pointer, "aw", %nobits
	.balign	8
table_pointer:
	.skip	8

	.text
	.arch_extension fp
	.arch_extension simd

.macro	each_q op
	\op	q0, q1, [x2]
	\op	q2, q3, [x2, #32]
	\op	q4, q5, [x2, #64]
	\op	q6, q7, [x2, #96]
	\op	q8, q9, [x2, #128]
	\op	q10, q11, [x2, #160]
	\op	q12, q13, [x2, #192]
	\op	q14, q15, [x2, #224]
	\op	q16, q17, [x2, #256]
	\op	q18, q19, [x2, #288]
	\op	q20, q21, [x2, #320]
	\op	q22, q23, [x2, #352]
	\op	q24, q25, [x2, #384]
	\op	q26, q27, [x2, #416]
	\op	q28, q29, [x2, #448]
	\op	q30, q31, [x2, #480]
.endm

/* x0 = table; what is in it goes in, what came back replaces it. */
	.globl	call_with_patterns
call_with_patterns:
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	adr	x1, table_pointer
	str	x0, [x1]
	mov	x1, sp
	str	x1, [x0, #T_SP]
	ldr	x1, [x0, #T_USE_FP]
	cbz	x1, 1f
	add	x2, x0, #T_Q0
	each_q	ldp
1:	ldr	x1, [x0, #T_SMC]
	cmp	x1, #1
	add	x2, x0, #T_X4
	ldp	x4, x5, [x2]
	ldp	x6, x7, [x2, #16]
	ldp	x8, x9, [x2, #32]
	ldp	x10, x11, [x2, #48]
	ldp	x12, x13, [x2, #64]
	ldp	x14, x15, [x2, #80]
	ldp	x16, x17, [x2, #96]
	ldp	x18, x19, [x2, #112]
	ldp	x20, x21, [x2, #128]
	ldp	x22, x23, [x2, #144]
	ldp	x24, x25, [x2, #160]
	ldp	x26, x27, [x2, #176]
	ldp	x28, x29, [x2, #192]
	ldr	x30, [x2, #208]
	ldp	x2, x3, [x0, #T_X0 + 16]
	ldp	x0, x1, [x0, #T_X0]
	b.ne	2f
	smc	#0
	b	3f
2:	hvc	#0
	/* Only PC leads back to the table; TPIDR_EL0 is nobody's. */
3:	msr	tpidr_el0, x0
	adr	x0, table_pointer
	ldr	x0, [x0]
	stp	x2, x3, [x0, #T_X0 + 16]
	mrs	x2, tpidr_el0
	stp	x2, x1, [x0, #T_X0]
	add	x2, x0, #T_X4
	stp	x4, x5, [x2]
	stp	x6, x7, [x2, #16]
	stp	x8, x9, [x2, #32]
	stp	x10, x11, [x2, #48]
	stp	x12, x13, [x2, #64]
	stp	x14, x15, [x2, #80]
	stp	x16, x17, [x2, #96]
	stp	x18, x19, [x2, #112]
	stp	x20, x21, [x2, #128]
	stp	x22, x23, [x2, #144]
	stp	x24, x25, [x2, #160]
	stp	x26, x27, [x2, #176]
	stp	x28, x29, [x2, #192]
	str	x30, [x2, #208]
	mov	x1, sp
	str	x1, [x0, #T_SP_AFTER]
	ldr	x1, [x0, #T_SP]
	mov	sp, x1
	ldr	x1, [x0, #T_USE_FP]
	cbz	x1, 4f
	add	x2, x0, #T_Q0
	each_q	stp
4:	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret

	.globl	use_fp_trial
use_fp_trial:
	fmov	d0, xzr
	ret
