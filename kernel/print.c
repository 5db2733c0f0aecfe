/* SPDX-License-Identifier: BSD-2-Clause */
/* A formatter that fits into 100 lines and needs no library. */
#include <stdarg.h>

#include "print.h"

static void put_string(const char *s)
{
	for (; *s; s++) {
		if (*s == '\n')
			uart_put('\r');
		uart_put(*s);
	}
}

static void put_number(uint64_t value, unsigned int base)
{
	char digits[24];
	char *p = digits + sizeof(digits) - 1;

	*p = '\0';
	do {
		unsigned int digit = (unsigned int)(value % base);

		*--p = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
		value /= base;
	} while (value);
	put_string(p);
}

static void put_signed(int64_t value)
{
	if (value < 0)
		uart_put('-');
	put_number(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10);
}

/* One conversion; @conv points behind the '%', returns the last char used. */
static const char *put_conversion(const char *conv, va_list *args)
{
	bool is_long = *conv == 'l';

	if (is_long)
		conv++;
	switch (*conv) {
	case 's':
		put_string(va_arg(*args, const char *));
		break;
	case 'c':
		uart_put((char)va_arg(*args, int));
		break;
	case 'd':
		put_signed(is_long ? va_arg(*args, int64_t) :
				     va_arg(*args, int));
		break;
	case 'u':
	case 'x':
		put_number(is_long ? va_arg(*args, uint64_t) :
				     va_arg(*args, unsigned int),
			   *conv == 'x' ? 16 : 10);
		break;
	default:
		uart_put(*conv);
	}
	return conv;
}

void print(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	for (; *fmt; fmt++) {
		if (*fmt == '%' && fmt[1])
			fmt = put_conversion(fmt + 1, &args);
		else if (*fmt == '\n')
			put_string("\n");
		else
			uart_put(*fmt);
	}
	va_end(args);
}
