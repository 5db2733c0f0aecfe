/* SPDX-License-Identifier: BSD-2-Clause */
/* For lib/strtoul.c alone: the C library's header declares what it lacks. */
#ifndef STRTOUL_H
#define STRTOUL_H

#include "types.h"

/* Decimal digits (or fewer, @base <= 10), no sign; wraps where it must. */
unsigned long strtoul(const char *text, char **end, int base);

#endif
