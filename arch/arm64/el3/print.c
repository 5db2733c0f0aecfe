/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * print() for the monitor: a fifth of the loader's formatter, which is as
 * much as its last words need.
 */

#include "print.h"
#include "semihosting.h"
#include "uart.h"

static void put(char c)
{
	if (c == '\n')
		uart_putc('\r');
	uart_putc(c);
	if (IS_ENABLED(CONFIG_SEMIHOSTING_CONSOLE))
		semihosting_putc(c);
}

static void put_string(const char *text)
{
	while (*text)
		put(*text++);
}

static void put_number(uint64_t value, unsigned int base, unsigned int least)
{
	char digits[20];
	unsigned int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value || n < least);
	while (n)
		put(digits[--n]);
}

/*
 * Knows %s, %u, %lx and %016lx (all digits). Each argument has a slot of 8
 * bytes (AAPCS64), so all are fetched alike: va_arg is long in code.
 */
void print(const char *fmt, ...)
{
	uint64_t value;
	va_list args;

	va_start(args, fmt);
	for (; *fmt; fmt++) {
		unsigned int least = 0;

		if (*fmt != '%') {
			put(*fmt);
			continue;
		}
		while (*++fmt == 'l' || (*fmt >= '0' && *fmt <= '9'))
			least = *fmt == '0' ? 16 : least;
		value = va_arg(args, uint64_t);
		if (*fmt == 's')
			put_string((const char *)value);
		else if (*fmt == 'u')
			put_number((uint32_t)value, 10, least);
		else
			put_number(value, 16, least);
	}
	va_end(args);
}
