/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output before the MMU is on and in the monitor, where no library
 * may run (unaligned accesses, FP registers).
 */
#ifndef PRINT_H
#define PRINT_H

#include "types.h"
#include <stdarg.h>

/*
 * Format into @buf of @size bytes, always NUL-terminated if @size > 0.
 * Knows %c %s %d %i %u %x %%, the flags 0 and -, a width, a precision
 * for %s, and the lengths l, ll, z. Return: the length it wanted to write.
 */
int print_format(char *buf, size_t size, const char *fmt, va_list args);

/* The same with plain arguments. */
int print_to(char *buf, size_t size, const char *fmt, ...) printf_like(3, 4);

/* To the console UART, '\n' becoming "\r\n". */
void print(const char *fmt, ...) printf_like(1, 2);
void print_va(const char *fmt, va_list args);

#endif
