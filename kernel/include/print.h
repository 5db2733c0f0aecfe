/* SPDX-License-Identifier: BSD-2-Clause */
/* Console output of the conformance kernel. */
#ifndef KERNEL_PRINT_H
#define KERNEL_PRINT_H

#include "types.h"

/* Knows %s %c %d %u %x %lu %lx %ld %%; '\n' goes out as "\r\n". */
void print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

enum uart_type {
	UART_NONE, UART_PL011, UART_CADENCE, UART_IMX,
	UART_NS16550,		/* registers of a byte, and */
	UART_NS16550_32		/* those that want 32-bit accesses */
};

/*
 * Use the UART at @base from now on, its registers 1 << @shift bytes apart
 * (NS16550; the others ignore it). It is switched on if it was left off, so
 * that the report can be read; uart_was_on() tells (HO-08).
 */
void uart_use(enum uart_type type, uint64_t base, uint32_t shift);
bool uart_was_on(void);

void uart_put(char c);

/* Wait until the last bit has left: before anything that may hang. */
void uart_drain(void);

#endif
