/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel for QEMU virt that makes the firmware calls which stand behind it
 * in its file, four words each (x0 to x3), prints each with what came back in
 * x0 to x3, and ends the machine with status 0. A call of all ones is the end;
 * with bit 63 of x0 set CPU 1 is started for it, and then switched off again.
 */
#include "../bench/image_head.h"

#define CPU_ON		0xc4000003
#define CPU_OFF		0x84000002
#define AFFINITY_INFO	0xc4000004
#define AFFINITY_OFF	1

start:	adr	x20, calls
next:	ldr	x0, [x20]
	cmn	x0, #1
	b.eq	end
	tbnz	x0, #63, other
	bl	call
again:	add	x20, x20, #32
	b	next

/* Wait until CPU 1 has made it and is gone. */
other:	ldr	x0, =CPU_ON
	mov	x1, #1
	adr	x2, secondary
	mov	x3, x20
	smc	#0
	cbnz	x0, fail
1:	ldr	x0, =AFFINITY_INFO
	mov	x1, #1
	mov	x2, #0
	smc	#0
	cmp	x0, #AFFINITY_OFF
	b.ne	1b
	b	again

secondary:
	mov	x20, x0
	bl	call
	ldr	x0, =CPU_OFF
	smc	#0
1:	wfi
	b	1b

fail:	mov	w21, #'!'
	ldr	x1, =UART
	str	w21, [x1]
	b	.

/* The call at x20: made, and a line about it. */
call:	mov	x29, x30
	ldp	x0, x1, [x20]
	ldp	x2, x3, [x20, #16]
	bic	x0, x0, #(1 << 63)
	smc	#0
	mov	x21, x0
	mov	x22, x1
	mov	x23, x2
	mov	x24, x3
	adr	x0, said
	bl	text
	ldr	x0, [x20]
	bl	hex
	ldr	x0, [x20, #8]
	bl	hex
	adr	x0, gave
	bl	text
	mov	x0, x21
	bl	hex
	mov	x0, x22
	bl	hex
	mov	x0, x23
	bl	hex
	mov	x0, x24
	bl	hex
	adr	x0, line
	bl	text
	ret	x29

/* x0: a text, clobbers x1, x2 */
text:	ldr	x2, =UART
1:	ldrb	w1, [x0], #1
	cbz	w1, 2f
	str	w1, [x2]
	b	1b
2:	ret

/* x0: a number, clobbers x1 to x4 */
hex:	ldr	x2, =UART
	mov	x3, #60
	adr	x4, digits
1:	lsr	x1, x0, x3
	and	x1, x1, #15
	ldrb	w1, [x4, x1]
	str	w1, [x2]
	subs	x3, x3, #4
	b.pl	1b
	mov	w1, #' '
	str	w1, [x2]
	ret

end:	adr	x2, status
	ldr	x1, =STOPPED
	str	x1, [x2]
	mov	x1, x2
	mov	w0, #SYS_EXIT_EXT
	hlt	#0xf000
	b	.
	.ltorg

digits:	.ascii	"0123456789abcdef"
said:	.asciz	"smc "
gave:	.asciz	"-> "
line:	.asciz	"\r\n"
	.balign	8
status:	.quad	0, 0
calls:
