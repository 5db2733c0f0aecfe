/* SPDX-License-Identifier: BSD-2-Clause */
/* The registers of a crash, as the vectors save them and C reads them. */
#ifndef ASM_FRAME_H
#define ASM_FRAME_H

#define CRASH_FRAME_SIZE	256

#ifdef __ASSEMBLER__
/* in: SP = frame; x0 is the caller's to save. clobbers: x1 */
	.macro	save_x1_to_x30
	stp	x1, x2, [sp, #8]
	stp	x3, x4, [sp, #24]
	stp	x5, x6, [sp, #40]
	stp	x7, x8, [sp, #56]
	stp	x9, x10, [sp, #72]
	stp	x11, x12, [sp, #88]
	stp	x13, x14, [sp, #104]
	stp	x15, x16, [sp, #120]
	stp	x17, x18, [sp, #136]
	stp	x19, x20, [sp, #152]
	stp	x21, x22, [sp, #168]
	stp	x23, x24, [sp, #184]
	stp	x25, x26, [sp, #200]
	stp	x27, x28, [sp, #216]
	stp	x29, x30, [sp, #232]
	add	x1, sp, #CRASH_FRAME_SIZE
	str	x1, [sp, #248]
	.endm
#else
#include "types.h"

struct crash_frame {
	uint64_t x[31];
	uint64_t sp;		/* at the moment of the exception */
};

_Static_assert(sizeof(struct crash_frame) == CRASH_FRAME_SIZE,
	       "the vectors save exactly this");

/*
 * Print what happened, where and with which registers, then stop. @vector
 * is the index 0..15 of the vector that was taken.
 */
noreturn
void exception_report(const struct crash_frame *frame, unsigned int vector);
#endif
#endif
