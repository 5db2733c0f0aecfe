/* SPDX-License-Identifier: BSD-2-Clause */
/* Accesses to what is not ours, each in its own trial, run by probe(). */

	.text

.macro	trial name
	.globl	\name
\name:
.endm

trial read64_trial
	ldr	x0, [x0]
	ret

/* Sixteen bytes in one access; x0 := both of its words, or'ed. */
trial read_pair_trial
	ldp	x0, x1, [x0]
	orr	x0, x0, x1
	ret

/* An exclusive access takes another road through some interconnects. */
trial read_exclusive_trial
	ldxr	x0, [x0]
	clrex
	ret

/* Write ~x0 to x0, then read nothing. */
trial write64_trial
	mvn	x1, x0
	str	x1, [x0]
	dsb	sy
	ret

trial write_pair_trial
	mvn	x1, x0
	stp	x1, x1, [x0]
	dsb	sy
	ret

trial write_byte_trial
	mvn	x1, x0
	strb	w1, [x0]
	dsb	sy
	ret

/*
 * x0 = a flash of two chips of 16 bits side by side. Ask both who they are
 * (CFI, JESD68: 0x98 to word 0x55), read the "Q" at word 0x10, back to memory.
 */
trial flash_query_trial
	mov	w1, #0x98
	orr	w1, w1, w1, lsl #16
	str	w1, [x0, #0x154]
	dsb	sy
	ldr	w2, [x0, #0x40]
	mov	w1, #0xff
	orr	w1, w1, w1, lsl #16
	str	w1, [x0]
	dsb	sy
	mov	w0, w2
	ret

/* Execute at x0. An instruction abort comes back to x30, see exception.c. */
trial execute_trial
	str	x30, [sp, #-16]!
	blr	x0
	ldr	x30, [sp], #16
	ret
