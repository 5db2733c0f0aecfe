/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the compiler may call by itself, for the monitor: the library's own
 * use unaligned accesses and FP registers, which EL3 with its MMU off and
 * the kernel's FP state in the registers must not.
 */

#include "types.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memset(void *to, int value, size_t size);

/* The barrier keeps the compiler from turning the loop into a call of itself. */
void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	const uint8_t *source = from;
	uint8_t *target = to;

	while (size--) {
		*target++ = *source++;
		__asm__ volatile("" : : : "memory");
	}
	return to;
}

void *memset(void *to, int value, size_t size)
{
	uint8_t *target = to;

	while (size--) {
		*target++ = value;
		__asm__ volatile("" : : : "memory");
	}
	return to;
}
