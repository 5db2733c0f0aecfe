/* SPDX-License-Identifier: BSD-2-Clause */
/* What reset.S calls and jumps to. */
#ifndef ASM_RESET_H
#define ASM_RESET_H

/* In the low bit of the image's address: the monitor has sent us. */
#define LOADER_FROM_MONITOR	1

/* Why the image cannot run: its RAM does not answer, or it met a fault. */
#define RESET_NO_RAM		0
#define RESET_FAULT		1

#ifndef __ASSEMBLER__
#include "types.h"

/* Print why the image cannot run and stop; @el is the exception level. */
noreturn void reset_failed(unsigned int why, unsigned int el);

/* The loader's C entry, on its own stack, MMU off, at any EL. */
noreturn void loader_start(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3,
			   uint64_t image);
#endif
#endif
