/* SPDX-License-Identifier: BSD-2-Clause */
/* What C cannot say: calls out of the kernel, and words that may fault. */

	.text

.macro	trial name
	.globl	\name
\name:
.endm

/* x0 = parameter block; the host ends the machine and never returns. */
trial semihosting_trial
	mov	x1, x0
	mov	w0, #0x20
	hlt	#0xf000
	ret

/* HVC with EC 0x16 into our own EL2 vector, or UNDEF if SCR_EL3.HCE = 0. */
trial hvc_trial
	hvc	#0x41
	ret

/* PSCI_VERSION; x4..x17 may be lost, as in any call (SMCCC 1.0). */
trial smc_version_trial
	mov	x0, #0x84000000
	smc	#0
	ret

trial hvc_version_trial
	mov	x0, #0x84000000
	hvc	#0
	ret

trial read_byte_trial
	ldrb	w0, [x0]
	ret

trial read32_trial
	ldr	w0, [x0]
	ret

/* x0 = address; x0 := 0 if two patterns were kept there. Restores it. */
trial touch_trial
	ldr	x1, [x0]
	ldr	x2, =0x5555aaaa3333cccc
	eor	x2, x2, x0
	str	x2, [x0]
	dsb	sy
	ldr	x3, [x0]
	mvn	x4, x2
	str	x4, [x0]
	dsb	sy
	ldr	x5, [x0]
	str	x1, [x0]
	dsb	sy
	eor	x3, x3, x2
	eor	x5, x5, x4
	orr	x0, x3, x5
	ret
	.ltorg

/* S3_0_C0_C4_0 .. S3_0_C0_C7_7, ARM DDI 0487 D19.2. */
trial read_id_registers
	.irp	crm, 4, 5, 6, 7
	.irp	op2, 0, 2, 4, 6
	mrs	x1, S3_0_C0_C\crm\()_\op2
	.if	\op2 == 0
	mrs	x2, S3_0_C0_C\crm\()_1
	.elseif	\op2 == 2
	mrs	x2, S3_0_C0_C\crm\()_3
	.elseif	\op2 == 4
	mrs	x2, S3_0_C0_C\crm\()_5
	.else
	mrs	x2, S3_0_C0_C\crm\()_7
	.endif
	stp	x1, x2, [x0], #16
	.endr
	.endr
	ret

/* x0 = address, x1 = size; multiples of 64. See fill.c. */
trial fill_lines
1:	mvn	x2, x0
	stp	x2, x2, [x0]
	stp	x2, x2, [x0, #16]
	stp	x2, x2, [x0, #32]
	stp	x2, x2, [x0, #48]
	add	x0, x0, #64
	subs	x1, x1, #64
	b.hi	1b
	dsb	sy
	ret

/* x0 := 0, or the first line that is not as fill_lines left it. */
trial find_changed_line
1:	ldp	x2, x3, [x0]
	ldp	x4, x5, [x0, #48]
	mvn	x6, x0
	cmp	x2, x6
	ccmp	x3, x6, #0, eq
	ccmp	x4, x6, #0, eq
	ccmp	x5, x6, #0, eq
	b.ne	2f
	add	x0, x0, #64
	subs	x1, x1, #64
	b.hi	1b
	mov	x0, #0
2:	ret

/* BX-06: the caller has seen to it that something ends the sleep. */
trial wfi_trial
	dsb	sy
	wfi
	ret

trial wfe_trial
	sevl
	wfe
	wfe
	ret
