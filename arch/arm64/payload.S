/* SPDX-License-Identifier: BSD-2-Clause */
/* The files that the build embeds: the payload and the board's own tree. */

	.macro	embed name, file
	.balign	64
	.global	\name\()_start, \name\()_end
\name\()_start:
	.incbin	"\file"
\name\()_end:
	.endm

	.macro	embed_nothing name
	.global	\name\()_start, \name\()_end
\name\()_start:
\name\()_end:
	.endm

	.section .payload, "a"
#ifdef PAYLOAD_KERNEL_FILE
	embed	payload_kernel, PAYLOAD_KERNEL_FILE
#else
	embed_nothing payload_kernel
#endif
#ifdef PAYLOAD_INITRD_FILE
	embed	payload_initrd, PAYLOAD_INITRD_FILE
#else
	embed_nothing payload_initrd
#endif
#ifdef PAYLOAD_DTB_FILE
	embed	payload_dtb, PAYLOAD_DTB_FILE
#else
	embed_nothing payload_dtb
#endif

#ifdef BOARD_DTB_FILE
	.section .rodata.board_dtb, "a"
	embed	board_dtb, BOARD_DTB_FILE
#endif
