/* SPDX-License-Identifier: BSD-2-Clause */
/* A firmware call with known SVE and SME state around it (see state.h). */
#include "state.h"

#define SVCR		S3_3_C4_C2_2
#define TPIDR2_EL0	S3_3_C13_C0_5

/* Instructions that old assemblers do not know; memory at x1. */
.macro	sve_each op, last
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, \
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	.if	\n <= \last
	.inst	\op | (\n / 8) << 16 | (\n & 7) << 10 | 1 << 5 | \n
	.endif
	.endr
.endm

#define LDR_Z		0x85804000
#define STR_Z		0xe5804000
#define LDR_P		0x85800000
#define STR_P		0xe5800000
#define FFR_SLOT	(2 << 16)		/* [x1, #16, mul vl] */

.macro	za_each op
	.inst	0x04bf5822			/* rdsvl x2, #1 */
	mov	w12, #0
1:	.inst	\op | 1 << 5			/* za[w12, 0], [x1] */
	add	x1, x1, x2
	add	w12, w12, #1
	cmp	w12, w2
	b.lo	1b
.endm

	.section .bss.state_pointer, "aw", %nobits
	.balign	8
state_pointer:
	.skip	8

	.text
/* x0 = struct state_call; what is in it goes in, what came back replaces it. */
	.globl	call_with_state
call_with_state:
	stp	x29, x30, [sp, #-96]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	adr	x1, state_pointer
	str	x0, [x1]
	mov	x19, x0
	bl	load_state
	ldr	x4, [x19, #S_SMC]
	ldr	x1, [x19, #S_NZCV]
	msr	nzcv, x1			/* nothing below changes it */
	ldp	x2, x3, [x19, #S_X + 16]
	ldp	x0, x1, [x19, #S_X]
	cbz	x4, 1f
	smc	#0
	b	2f
1:	hvc	#0
2:	adr	x19, state_pointer
	ldr	x19, [x19]
	str	x0, [x19, #S_X]
	mrs	x1, nzcv
	str	x1, [x19, #S_NZCV]
	bl	store_state
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #96
	ret

/* x19 = struct state_call; uses x1, x2, x12, x20. */
load_state:
	ldr	w20, [x19, #S_WHAT]
	tbz	w20, #STATE_SM, 2f
	.inst	0xd503437f			/* smstart sm */
2:	tbz	w20, #STATE_ZA, 3f
	.inst	0xd503457f			/* smstart za */
	ldr	x1, [x19, #S_ZA]
	za_each	0xe1000000
3:	tbz	w20, #STATE_ZT0, 4f
	ldr	x1, [x19, #S_ZT0]
	.inst	0xe11f8020			/* ldr zt0, [x1] */
4:	tbz	w20, #STATE_SVE, 6f
	ldr	x1, [x19, #S_P]
	tbz	w20, #STATE_FFR, 5f
	.inst	LDR_P | FFR_SLOT | 1 << 5
	.inst	0x25289000			/* wrffr p0.b */
5:	sve_each LDR_P, 15
	ldr	x1, [x19, #S_Z]
	sve_each LDR_Z, 31
6:	tbz	w20, #STATE_SME, 7f
	ldr	x1, [x19, #S_TPIDR2]
	msr	TPIDR2_EL0, x1
7:	ret

/* The same; stores nothing if PSTATE.SM or PSTATE.ZA is another now. */
store_state:
	ldr	w20, [x19, #S_WHAT]
	tbz	w20, #STATE_SME, 2f
	mrs	x1, TPIDR2_EL0
	str	x1, [x19, #S_TPIDR2]
	mrs	x1, SVCR
	str	x1, [x19, #S_SVCR]
	and	w2, w20, #3
	cmp	w1, w2
	b.ne	6f
2:	tbz	w20, #STATE_SVE, 3f
	ldr	x1, [x19, #S_Z]
	sve_each STR_Z, 31
	ldr	x1, [x19, #S_P]
	sve_each STR_P, 15
	tbz	w20, #STATE_FFR, 3f
	.inst	0x2519f000			/* rdffr p0.b */
	.inst	STR_P | FFR_SLOT | 1 << 5
3:	tbz	w20, #STATE_ZA, 5f
	ldr	x1, [x19, #S_ZA]
	za_each	0xe1200000
5:	tbz	w20, #STATE_ZT0, 6f
	ldr	x1, [x19, #S_ZT0]
	.inst	0xe13f8020			/* str zt0, [x1] */
6:	tbz	w20, #STATE_SME, 7f
	.inst	0xd503467f			/* smstop */
7:	ret
