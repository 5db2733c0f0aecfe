/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel for measurements on QEMU virt: an arm64 Image of any size that
 * says at its first instruction how far the counter is, what the loader's
 * ledger says about its stages, and ends the machine. With -icount shift=0 a
 * tick of the counter is 16 instructions.
 */
#include "image_head.h"

#define SYSTEM_OFF	0x84000008

/* x0: the device tree. */
start:	mrs	x19, CNTVCT_EL0
	mov	x20, x0
	adr	x0, stack_end
	mov	sp, x0
	mov	x0, x19
	mov	x1, x20
	bl	report
	ldr	x1, =STOPPED
	adr	x2, status
	str	x1, [x2]
	mov	x1, x2
	mov	w0, #SYS_EXIT_EXT
	hlt	#0xf000
	ldr	w0, =SYSTEM_OFF
	hvc	#0
1:	wfi
	b	1b
	.ltorg

	.global	uart_putc
uart_putc:
	ldr	x1, =UART
	str	w0, [x1]
	ret
	.ltorg

	.balign	16
status:	.quad	0, 0
	.space	4096
stack_end:
