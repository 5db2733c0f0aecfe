/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C library's strtoul(), as far as libfdt's overlays need it: the
 * library's own keeps errno in thread-local storage, which is not there.
 */
#include "strtoul.h"

unsigned long strtoul(const char *text, char **end, int base)
{
	unsigned long value = 0;

	for (; *text >= '0' && *text <= '9' && *text < '0' + base; text++)
		value = value * (unsigned long)base +
			(unsigned long)(*text - '0');
	if (end)
		*end = (char *)(uintptr_t)text;
	return value;
}
