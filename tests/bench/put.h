/* SPDX-License-Identifier: BSD-2-Clause */
/* Text and numbers on the console of the bare programs of the bench. */
#ifndef PUT_H
#define PUT_H

#include <stdint.h>

void uart_putc(char c);

static void put(const char *text)
{
	while (*text)
		uart_putc(*text++);
}

static void put_number(uint64_t value)
{
	char digits[21];
	int at = 20;

	digits[at] = 0;
	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	put(digits + at);
}

#endif
