/* SPDX-License-Identifier: BSD-2-Clause */
/* The head of a bare kernel for QEMU virt: an arm64 Image; IMAGE_SIZE is given. */
#ifndef IMAGE_HEAD_H
#define IMAGE_HEAD_H

#define UART		0x09000000
#define SYS_EXIT_EXT	0x20
#define STOPPED		0x20026

	.text
head:	b	start
	.long	0
	.quad	0			/* text_offset */
	.quad	IMAGE_SIZE
	.quad	0xa			/* 4 KiB pages, anywhere */
	.quad	0, 0, 0
	.ascii	"ARM\x64"
	.long	0

#endif
