/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pages of the spin table, which the kernel leaves to us for good
 * (BP-SPIN-04, -05): the loop, each CPU's record, the stack of their set-up.
 */
#include "asm/hold.h"
#include "asm/sysreg.h"
#include "mutation.h"

/* Unsafe test builds: w20 has the fault; the word itself goes with the loader. */
	.macro	fault_is number, label
#ifdef CONFIG_UNSAFE_TEST_BUILD
	cmp	w20, #\number
	b.eq	\label
#endif
	.endm

	.section .spin, "awx"
/*
 * From reset_park.S after GO, MMU off, at the level of reset. The loader lets
 * in one CPU at a time, so there is one stack. in: x10 = record. From the
 * ERET on no memory is used but the record.
 */
	.global	spin_enter
spin_enter:
	mov	x19, x10
	adr	x9, spin_stack_end
	mov	sp, x9
	mov	x29, xzr
	mov	x30, xzr
	ldr	x9, =spin_setup
	blr	x9
#ifdef CONFIG_UNSAFE_TEST_BUILD
	ldr	x9, =mutation
	ldr	w20, [x9]
#endif
	adr	x9, spin_loop
	mrs	x10, CurrentEL
	tbz	x10, #3, 1f			/* EL1 */
	msr	SPSR_EL2, x0
	msr	ELR_EL2, x9
	tlbi	alle2
	b	2f
1:	msr	SPSR_EL1, x0
	msr	ELR_EL1, x9
	tlbi	vmalle1
2:	dsb	sy
	isb
	eret

/* Wait for the kernel to write an address (BP-SPIN-06 to -08). */
spin_loop:
	ldr	x9, =HOLD_PARKED
	str	x9, [x19, #SPIN_HOLD]
	dsb	sy
	sev
	fault_is SPIN_EARLY, spin_fault_early
	b	2f
1:	wfe
2:	ldr	x4, [x19, #SPIN_RELEASE]
	cbz	x4, 1b
	fault_is SPIN_DEAF, 1b
	fault_is SPIN_SWAPPED, spin_fault_swapped
3:	ic	iallu				/* BP-CACHE-02 */
	dsb	sy
	isb
#ifdef CONFIG_UNSAFE_TEST_BUILD
	cmp	w20, #SPIN_X0
#endif
	.irp	n, 0,1,2,3,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, xzr
	.endr
#ifdef CONFIG_UNSAFE_TEST_BUILD
	cset	x0, eq
#endif
	br	x4
#ifdef CONFIG_UNSAFE_TEST_BUILD
/* Wait for the word of CPU 1. */
spin_fault_early:
	adr	x19, spin_records + SPIN_RECORD_SIZE
	b	2b
spin_fault_swapped:
	rev	x4, x4
	b	3b
#endif
	.ltorg

	.balign	SPIN_RECORD_SIZE
	.global	spin_records
spin_records:
	.space	CONFIG_NR_CPUS * SPIN_RECORD_SIZE
	.space	SPIN_STACK_SIZE
spin_stack_end:
