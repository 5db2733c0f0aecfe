/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A formatter that needs no library, no FP register and no unaligned access:
 * it also runs with the MMU off and in the monitor.
 */
#include "print.h"
#include "semihosting.h"
#include "uart.h"

/* Where the characters go: a buffer, or the console when buf is NULL. */
struct sink {
	char *buf;
	size_t size;
	size_t length;
};

/* One conversion as written between '%' and its letter. */
struct spec {
	bool left;
	bool zero;
	bool has_precision;
	unsigned int width;
	unsigned int precision;
	unsigned int longs;
};

static void emit(struct sink *s, char c)
{
	if (!s->buf) {
		if (c == '\n')
			uart_putc('\r');
		uart_putc(c);
		if (IS_ENABLED(CONFIG_SEMIHOSTING_CONSOLE))
			semihosting_putc(c);
	} else if (s->length + 1 < s->size) {
		s->buf[s->length] = c;
	}
	s->length++;
}

static void pad(struct sink *s, char c, size_t have, size_t want)
{
	for (; have < want; have++)
		emit(s, c);
}

static void put_string(struct sink *s, const struct spec *spec,
		       const char *text)
{
	size_t length = 0;

	if (!text)
		text = "(null)";
	while ((!spec->has_precision || length < spec->precision) &&
	       text[length])
		length++;
	if (!spec->left)
		pad(s, ' ', length, spec->width);
	for (size_t i = 0; i < length; i++)
		emit(s, text[i]);
	if (spec->left)
		pad(s, ' ', length, spec->width);
}

static void put_number(struct sink *s, const struct spec *spec,
		       uint64_t value, unsigned int base, const char *prefix)
{
	char digits[20];
	size_t n = 0, length = 0;

	do {
		unsigned int digit = (unsigned int)(value % base);

		digits[n++] = (char)(digit < 10 ? '0' + digit
						: 'a' + digit - 10);
		value /= base;
	} while (value);
	while (prefix[length])
		length++;
	length += n;

	if (!spec->left && !spec->zero)
		pad(s, ' ', length, spec->width);
	for (; *prefix; prefix++)
		emit(s, *prefix);
	if (!spec->left && spec->zero)
		pad(s, '0', length, spec->width);
	while (n)
		emit(s, digits[--n]);
	if (spec->left)
		pad(s, ' ', length, spec->width);
}

static unsigned int read_uint(const char **fmt)
{
	unsigned int value = 0;

	for (; **fmt >= '0' && **fmt <= '9'; (*fmt)++)
		value = value * 10 + (unsigned int)(**fmt - '0');
	return value;
}

static const char *read_spec(const char *fmt, struct spec *spec)
{
	*spec = (struct spec){ 0 };
	for (;; fmt++) {
		if (*fmt == '-')
			spec->left = true;
		else if (*fmt == '0')
			spec->zero = true;
		else
			break;
	}
	spec->width = read_uint(&fmt);
	if (*fmt == '.') {
		fmt++;
		spec->has_precision = true;
		spec->precision = read_uint(&fmt);
	}
	for (; *fmt == 'l' || *fmt == 'z'; fmt++)
		spec->longs++;
	return fmt;
}

/* A struct, because a va_list parameter may or may not be an array. */
struct args {
	va_list list;
};

/* One place fetches each kind of argument: va_arg is long in code. */
static uint64_t next_number(struct args *args, const struct spec *spec,
			    bool is_signed)
{
	int value;

	if (spec->longs)
		return va_arg(args->list, uint64_t);
	value = va_arg(args->list, int);
	return is_signed ? (uint64_t)(int64_t)value : (unsigned int)value;
}

static void convert(struct sink *s, const struct spec *spec, char letter,
		    struct args *args)
{
	const bool is_signed = letter == 'd' || letter == 'i';
	const char *prefix = "";
	uint64_t value;

	if (letter == 's') {
		put_string(s, spec, va_arg(args->list, const char *));
		return;
	}
	if (letter != 'c' && letter != 'u' && letter != 'x' && !is_signed) {
		emit(s, letter);	/* %% and what we do not know */
		return;
	}
	value = next_number(args, spec, is_signed);
	if (letter == 'c') {
		emit(s, (char)value);
		return;
	}
	if (is_signed && (int64_t)value < 0) {
		value = 0 - value;
		prefix = "-";
	}
	put_number(s, spec, value, letter == 'x' ? 16 : 10, prefix);
}

static void format(struct sink *s, const char *fmt, va_list list)
{
	struct args args;
	struct spec spec;

	va_copy(args.list, list);
	while (*fmt) {
		if (*fmt != '%') {
			emit(s, *fmt++);
			continue;
		}
		fmt = read_spec(fmt + 1, &spec);
		if (!*fmt)
			break;
		convert(s, &spec, *fmt++, &args);
	}
	va_end(args.list);
}

int print_format(char *buf, size_t size, const char *fmt, va_list args)
{
	char nothing[1];
	struct sink s = { size ? buf : nothing, size, 0 };

	format(&s, fmt, args);
	if (size)
		buf[s.length < size ? s.length : size - 1] = '\0';
	return (int)s.length;
}

int print_to(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int length;

	va_start(args, fmt);
	length = print_format(buf, size, fmt, args);
	va_end(args);
	return length;
}

void print_va(const char *fmt, va_list args)
{
	struct sink s = { NULL, 0, 0 };

	format(&s, fmt, args);
}

void print(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	print_va(fmt, args);
	va_end(args);
}
