/* SPDX-License-Identifier: BSD-2-Clause */
/* What reset.S calls and jumps to. */
#ifndef ASM_RESET_H
#define ASM_RESET_H

#include "types.h"

/* In the low bit of the image's address: the monitor has sent us. */
#define LOADER_FROM_MONITOR	1

enum reset_failure { RESET_NO_RAM = 0, RESET_FAULT = 1 };

/* Print why the image cannot run and stop; @el is the exception level. */
noreturn void reset_failed(enum reset_failure why, unsigned int el);

/* The loader's C entry, on its own stack, MMU off, at any EL. */
noreturn void loader_start(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3,
			   uint64_t image);

#endif
