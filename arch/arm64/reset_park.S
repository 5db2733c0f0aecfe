/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The helpers of reset.S, run in place like it: copy, clear, and the wait of
 * the CPUs that are not the primary.
 */
#include "el3/monitor.h"

	.section .reset_park, "ax"

/* in: x0 to, x1 from, x2 end, all 16-byte aligned; clobbers x3, x4 */
	.global	reset_copy
reset_copy:
	cmp	x0, x2
	b.hs	1f
	ldp	x3, x4, [x1], #16
	stp	x3, x4, [x0], #16
	b	reset_copy
1:	ret

/* in: x0 start, x2 end, 16-byte aligned */
	.global	reset_clear
reset_clear:
	cmp	x0, x2
	b.hs	1f
	stp	xzr, xzr, [x0], #16
	b	reset_clear
1:	ret

/*
 * Say HERE, wait for GO. The primary clears the word once after reset and
 * says GO only to a word that said HERE afterwards, so that a GO left in
 * RAM by an earlier boot lets nobody in: our own first HERE has erased it.
 * A CPU without a slot (x9 = affinity) and one below EL3 sleeps for ever.
 */
	.global	reset_secondary
reset_secondary:
	cmp	x25, #3
	b.ne	3f
	ldr	x10, =__monitor_hold
	cbz	x10, 3f				/* no monitor in this image */
	ldr	x11, =CPU_NO_PLACE
	tst	x9, x11
	b.ne	3f
	ubfx	x11, x9, #8, #8
	and	x12, x9, #0xff
	add	x11, x12, x11, lsl #4
	cmp	x11, #CONFIG_NR_CPUS
	b.hs	3f
	mov	x12, #CPU_SIZE
	madd	x10, x11, x12, x10
	ldr	x11, =HOLD_HERE
	ldr	x12, =HOLD_GO
1:	str	x11, [x10]
	dsb	sy
2:	wfe
	ldr	x13, [x10]
	cbz	x13, 1b
	cmp	x13, x12
	b.ne	2b
	ldr	x9, =monitor_warm_entry
	ic	iallu
	dsb	sy
	isb
	br	x9
3:	wfi
	b	3b
