/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first instructions of the image, and its contract.
 *
 * On entry: EL3, EL2 or EL1, AArch64, MMU and data cache off; x0..x3 are
 * passed on; every other register may hold anything. The image may lie
 * anywhere, ROM or RAM, aligned to 4 KiB, and runs in place until it has
 * copied itself to where it is linked (CONFIG_LOAD_ADDR). Several CPUs may
 * arrive at once: the one with CONFIG_PRIMARY_MPIDR goes on, the others
 * wait, at EL3 for the monitor to let them in, below it for ever. An
 * exception on the way goes to the loader's vectors (vectors.S), which the
 * link script puts at 0x200, so VBAR is the image's own address.
 *
 * No memory is written but CONFIG_LOAD_ADDR, the monitor's and, when the
 * loader's RAM turns out to be missing, a stack at CONFIG_RAM_BASE.
 */
#include "asm/reset.h"
#include "asm/sysreg.h"
#include "el3/monitor.h"

#define EARLY_STACK	(CONFIG_RAM_BASE + 0x300000)

	.section .reset, "ax"
	.global	reset
reset:
	msr	daifset, #0xf
	mov	x20, x0				/* x20..x23: boot arguments */
	mov	x21, x1
	mov	x22, x2
	mov	x23, x3
	adr	x24, __loader_start		/* x24: where the image lies */
	mrs	x25, CurrentEL			/* x25: exception level */
	ubfx	x25, x25, #2, #2
	msr	spsel, #1
	ldr	x9, =EARLY_STACK
	msr	SP_EL0, x9			/* for the report of a failure */
	mov	x29, xzr
	cmp	x25, #2
	b.hi	reset_at_el3
	b.eq	reset_at_el2

reset_at_el1:
	ldr	x9, =(SCTLR_EL1_RES1 | SCTLR_A | SCTLR_SA | SCTLR_I)
	msr	SCTLR_EL1, x9
	msr	VBAR_EL1, x24
	b	reset_common

reset_at_el2:
	mov	x9, #HCR_RW			/* E2H = 0, TGE = 0, no traps */
	msr	HCR_EL2, x9
	isb
	ldr	x9, =(SCTLR_EL2_RES1 | SCTLR_A | SCTLR_SA | SCTLR_I)
	msr	SCTLR_EL2, x9
	msr	VBAR_EL2, x24
	b	reset_common

reset_at_el3:
	ldr	x9, =(SCTLR_EL3_RES1 | SCTLR_A | SCTLR_SA | SCTLR_I)
	msr	SCTLR_EL3, x9
	msr	VBAR_EL3, x24

reset_common:
	isb
	mrs	x9, MPIDR_EL1
	ldr	x10, =0xff00ffffff
	and	x9, x9, x10
	ldr	x10, =CONFIG_PRIMARY_MPIDR
	cmp	x9, x10
	b.ne	reset_secondary

	/* The loader's RAM must answer before anything relies on it. */
	ldr	x0, =__loader_start
	cmp	x0, x24
	b.eq	2f				/* we lie where we are linked */
	ldr	x1, =__loader_end
	str	x24, [x0]
	str	x20, [x1, #-8]
	str	x25, [x1, #-16]
	dsb	sy
	ldr	x2, [x0]
	cmp	x2, x24
	ldr	x2, [x1, #-16]
	ccmp	x2, x25, #0, eq
	b.ne	reset_no_ram
	mov	x1, x24
	ldr	x2, =__loader_copy_end
	bl	reset_copy
2:
	ldr	x26, =monitor_reset		/* 0: an image without monitor */
	cmp	x25, #3
	ccmp	x26, #0, #4, eq
	b.eq	3f
	ldr	x0, =__monitor_hold
	ldr	x2, =__monitor_end
	bl	reset_clear
	ldr	x0, =__monitor_start
	ldr	x1, =__monitor_offset
	add	x1, x1, x24
	ldr	x2, =__monitor_copy_end
	bl	reset_copy
	ldr	x0, =__payload_start
	ldr	x1, =__payload_offset
	add	x1, x1, x24
	ldr	x2, =__payload_copy_end		/* = start, unless copied */
	bl	reset_copy
	mov	x9, x26
	b	4f
3:	ldr	x9, =loader_entry
4:	ic	iallu				/* BP-CACHE-02: fresh code */
	dsb	sy
	isb
	mov	x0, x20
	mov	x1, x21
	mov	x2, x22
	mov	x3, x23
	mov	x4, x24
	br	x9

reset_no_ram:
	mov	x0, #RESET_NO_RAM
	mov	x1, x25
	mrs	x9, SP_EL0			/* the early stack */
	mov	sp, x9
	b	reset_failed
	.ltorg
