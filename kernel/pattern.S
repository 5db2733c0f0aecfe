/* SPDX-License-Identifier: BSD-2-Clause */
/* Known bytes in front of and behind everything else, for BP-CACHE-03. */

/*
 * The same recurrence as pattern_ok() in check_image.c. The tail is the very
 * end of the file, so a load that was cut short is seen too.
 */
.macro	pattern words
	.set	value, 0x9e3779b97f4a7c15
	.rept	\words
	.quad	value
	.set	value, value * 5 + 0x1234567
	.endr
.endm

	.section .pattern.head, "a"
	.balign	64
	.globl	pattern_head, pattern_head_end
pattern_head:
	pattern	512
pattern_head_end:

	.section .pattern.tail, "a"
	.balign	64
	.globl	pattern_tail, pattern_tail_end
pattern_tail:
	pattern	1024
pattern_tail_end:
