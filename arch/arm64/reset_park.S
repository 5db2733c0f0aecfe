/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The helpers of reset.S, run in place like it: copy, clear, and the wait of
 * the CPUs that are not the primary.
 */
#include "el3/monitor.h"

/* Whose records they are, and what a CPU that reads GO enters. */
#ifdef CONFIG_SPIN_TABLE
#define HOLD_RECORDS	spin_records
#define HOLD_SIZE	SPIN_RECORD_SIZE
#define HOLD_ENTRY	spin_enter
#define HOLD_EL		LOADER_EL
#else
#define HOLD_RECORDS	__monitor_hold
#define HOLD_SIZE	CPU_SIZE
#define HOLD_ENTRY	monitor_warm_entry
#define HOLD_EL		3
#endif

	.section .reset_park, "ax"

/*
 * in: x0 to, x1 from, x2 end, all 16-byte aligned; clobbers x3 to x8, x10.
 * 64 bytes at a time as long as there are so many.
 */
	.global	reset_copy
reset_copy:
	sub	x10, x2, x0
	cmp	x10, #64
	b.lt	2f
	ldp	x3, x4, [x1]
	ldp	x5, x6, [x1, #16]
	stp	x3, x4, [x0]
	stp	x5, x6, [x0, #16]
	ldp	x3, x4, [x1, #32]
	ldp	x5, x6, [x1, #48]
	add	x1, x1, #64
	stp	x3, x4, [x0, #32]
	stp	x5, x6, [x0, #48]
	add	x0, x0, #64
	b	reset_copy
2:	cmp	x0, x2
	b.hs	1f
	ldp	x3, x4, [x1], #16
	stp	x3, x4, [x0], #16
	b	2b
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
 * A CPU without a record (x9 = affinity), at another level than that of who
 * lets it in, or of somebody else's PSCI sleeps for ever.
 */
	.global	reset_secondary
reset_secondary:
	cmp	x25, #HOLD_EL
	b.ne	3f
	ldr	x10, =HOLD_RECORDS
	cbz	x10, 3f				/* no monitor in this image */
	ldr	x11, =CPU_NO_PLACE
	tst	x9, x11
	b.ne	3f
	ubfx	x11, x9, #8, #8
	and	x12, x9, #0xff
	add	x11, x12, x11, lsl #4
	cmp	x11, #CONFIG_NR_CPUS
	b.hs	3f
	mov	x12, #HOLD_SIZE
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
	ldr	x9, =HOLD_ENTRY
	ic	iallu
	dsb	sy
	isb
	br	x9
3:	wfi
	b	3b
