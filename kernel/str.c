/* SPDX-License-Identifier: BSD-2-Clause */
/* String and memory helpers; no library is linked into the kernel. */
#include "io.h"
#include "str.h"

void *memset(void *to, int value, size_t n)
{
	volatile uint8_t *p = to;

	while (n--)
		*p++ = (uint8_t)value;
	return to;
}

void *memcpy(void *to, const void *from, size_t n)
{
	volatile uint8_t *p = to;
	const uint8_t *q = from;

	while (n--)
		*p++ = *q++;
	return to;
}

size_t strlen(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

bool str_equal_n(const char *a, size_t n, const char *b)
{
	size_t i = 0;

	for (; i < n && b[i]; i++)
		if (a[i] != b[i])
			return false;
	return i == n && !b[i];
}

bool str_equal(const char *a, const char *b)
{
	return str_equal_n(a, strlen(a), b);
}

uint64_t parse_hex(const char *s, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (c >= '0' && c <= '9')
			value = value << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			value = value << 4 | (uint64_t)(c - 'a' + 10);
		else if (i != 1 || c != 'x')
			return 0;
	}
	return value;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 0x100000001b3ul;
}

uint64_t digest(uint64_t base, uint64_t size)
{
	uint64_t hash = 0xcbf29ce484222325ul;
	uint64_t end = base + size;

	/* Aligned words only: with the MMU off memory is Device memory. */
	for (; base < end && base & 7; base++)
		hash = mix(hash, *(volatile uint8_t *)base);
	for (; base + 8 <= end; base += 8)
		hash = mix(hash, read64(base)) ^ (hash >> 32);
	for (; base < end; base++)
		hash = mix(hash, *(volatile uint8_t *)base);
	return hash;
}
