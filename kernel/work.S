/* SPDX-License-Identifier: BSD-2-Clause */
/* Trials that let an instruction do its work; for check_work.c. */

#define BRBCR_EL1	S2_1_C9_C0_0
#define BRBFCR_EL1	S2_1_C9_C0_1
#define RECORD		0x7a		/* TS = 0b11, MPRED, CC, E1BRE */
#define ALL_BRANCHES	(0x3f << 17)
#define PAUSED		(1 << 7)

	.text

/* x0 = 192 bytes that become 0x5a. */
	.globl	mops_trial
mops_trial:
	mov	x1, #192
	mov	x2, #0x5a
	.inst	0x19c20420			/* setp [x0]!, x1!, x2 */
	.inst	0x19c24420			/* setm [x0]!, x1!, x2 */
	.inst	0x19c28420			/* sete [x0]!, x1!, x2 */
	ret

/*
 * x0 = rounds of 32 branches by the bits of a random number; x0 := BRBINF0_EL1
 * of the last round with the MPRED bits of eight records of every round.
 */
	.globl	brbe_trial
brbe_trial:
	ldr	x3, =6364136223846793005
	mov	x4, #1
	mov	x5, #0
	ldr	x7, =ALL_BRANCHES
	orr	x8, x7, #PAUSED
	mov	x1, #RECORD
1:	msr	BRBFCR_EL1, x7
	msr	BRBCR_EL1, x1
	isb
	madd	x4, x4, x3, x3
	mov	x2, x4
	mov	w6, #32
2:	tbz	x2, #63, 3f
	nop
3:	lsl	x2, x2, #1
	subs	w6, w6, #1
	b.ne	2b
	msr	BRBFCR_EL1, x8
	isb
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	mrs	x2, S2_1_C8_C\n\()_0		/* BRBINF<n>_EL1 */
	and	x2, x2, #(1 << 5)
	orr	x5, x5, x2
	.endr
	subs	x0, x0, #1
	b.ne	1b
	mrs	x0, S2_1_C8_C0_0
	orr	x0, x0, x5
	msr	BRBCR_EL1, xzr
	isb
	ret
	.ltorg
