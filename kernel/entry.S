/* SPDX-License-Identifier: BSD-2-Clause */
/* Image header and the first instructions of every CPU. */
#include "entry.h"

/*
 * Contract (Documentation/arch/arm64/booting.rst): MMU off, x0 = device tree,
 * x1..x3 = 0, EL2 or EL1, any 2 MiB aligned address plus text_offset. None of
 * it is believed: everything is saved first and checked later.
 */
	.section .head, "ax"
	.globl	_head
_head:
	movz	x9, #ENTRY_MARKER		/* code0 */
	b	boot_entry			/* code1 */
	.quad	KERNEL_TEXT_OFFSET
	.quad	_image_size
	.quad	KERNEL_FLAGS
	.quad	0, 0, 0				/* res2..res4: BP-IMG-12 */
	.ascii	"ARM\x64"
	.long	0				/* res5: no PE header */

/*
 * x16 = SCTLR of the entry, before anything is loaded. It is changed only if
 * we could not read back what we store (BX-24); everything else in it is
 * harmless with the MMU off. All ones: trapped, see early_vectors.
 */
.macro	take_endian
	mrs	x11, currentel
	.irp	el, 1, 2, 3
	cmp	x11, #(\el << 2)
	b.ne	1f
	mrs	x16, sctlr_el\el
	cmn	x16, #1
	b.eq	1f
	tbz	x16, #25, 1f
	bic	x13, x16, #(1 << 25)
	msr	sctlr_el\el, x13
	isb
1:
	.endr
.endm

/* Save the entry state to the struct entry_state at \to; uses x11, x13. */
.macro	save_entry to
	mrs	x11, currentel
	stp	x0, x1, [\to]
	stp	x2, x3, [\to, #16]
	stp	x4, x5, [\to, #32]
	stp	x6, x7, [\to, #48]
	str	x9, [\to, #64]
	str	x11, [\to, #80]
	mrs	x11, daif
	str	x11, [\to, #72]
	mrs	x11, spsel
	mov	x13, sp
	stp	x11, x13, [\to, #88]
	stp	x14, x16, [\to, #104]		/* x14 = NZCV, x16 = SCTLR */
.endm

/* Exception vectors, at whatever EL this is; uses x11, x12. */
.macro	set_vectors table
	msr	tpidrro_el0, xzr		/* not inside an exception */
	adr	x12, \table
	mrs	x11, currentel
	.irp	el, 1, 2, 3
	cmp	x11, #(\el << 2)
	b.ne	1f
	msr	vbar_el\el, x12
1:
	.endr
	isb
.endm

	.section .text.entry, "ax"
boot_entry:
	mrs	x14, nzcv
	set_vectors early_vectors
	take_endian
	adr	x10, boot_state
	save_entry x10
	msr	spsel, #1
	msr	daifset, #15
	adr	x11, boot_stack_top
	mov	sp, x11
	set_vectors vectors
	adr	x11, __bss_start
	adr	x12, __bss_end
1:	stp	xzr, xzr, [x11], #16
	cmp	x11, x12
	b.lo	1b
	mov	x29, xzr
	mov	x30, xzr
	adr	x0, boot_state
	bl	kernel_main
5:	wfi
	b	5b

/*
 * A secondary finds its struct cpu by its own MPIDR, because x0 must be the
 * context id (BP-SEC-01, PS-03) and may therefore not be trusted as pointer.
 */
	.globl	secondary_entry
secondary_entry:
	mrs	x14, nzcv
	mov	x9, xzr
	set_vectors early_vectors
	take_endian
	mrs	x11, mpidr_el1
	ldr	x12, =0xff00ffffff
	and	x11, x11, x12
	adr	x10, cpus
	adr	x12, cpu_count
	ldr	w12, [x12]
1:	cbz	w12, 5b
	ldr	x13, [x10, #CPU_MPIDR]
	cmp	x13, x11
	b.eq	2f
	add	x10, x10, #CPU_SIZE
	sub	w12, w12, #1
	b	1b
2:	mov	x15, x10
	add	x10, x10, #CPU_ENTRY
	save_entry x10
	msr	spsel, #1
	msr	daifset, #15
	ldr	x11, [x15, #CPU_STACK_TOP]
	mov	sp, x11
	set_vectors vectors
	mov	x29, xzr
	mov	x30, xzr
	mov	x0, x15
	bl	secondary_main
	b	5b
	.ltorg

/*
 * Behind BSS: boot_state is filled before BSS is cleared. No two CPUs share a
 * cache line of their stacks (BP-COH-01).
 */
	.section .stack, "aw", %nobits
	.balign	4096
	.globl	boot_stack_top, cpu_stacks
	.skip	BOOT_STACK_SIZE
boot_stack_top:
cpu_stacks:
	.skip	MAX_CPUS * CPU_STACK_SIZE
boot_state:
	.skip	16 * 8
