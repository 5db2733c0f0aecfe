/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ELF64 programs for AArch64: where their segments want to be. Facts: System
 * V ABI (gABI 4.1), chapters 4 and 5; ELF for the Arm 64-bit Architecture.
 */
#ifndef ELF_H
#define ELF_H

#include "region.h"
#include "types.h"

#define ELF_HEADERS	4096u	/* the headers lie in the first so many bytes */

struct elf_layout {
	struct region memory;	/* physical addresses of all segments */
	uint64_t entry;		/* physical address of the first instruction */
};

/*
 * Read the headers in the first @size bytes at @in of a file.
 * Return: 0, -ENOEXEC (no ELF64 of AArch64), -EINVAL (headers that make no
 * sense), -ERANGE (they do not lie in what is there).
 */
int elf_layout(const uint8_t *in, uint64_t size, struct elf_layout *layout);

#endif
