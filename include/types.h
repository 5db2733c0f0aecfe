/* SPDX-License-Identifier: BSD-2-Clause */
/* The handful of names that every file of the tree uses. */
#ifndef TYPES_H
#define TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

#define SZ_1K		0x400ul
#define SZ_4K		0x1000ul
#define SZ_8K		0x2000ul
#define SZ_32K		0x8000ul
#define SZ_64K		0x10000ul
#define SZ_1M		0x100000ul
#define SZ_2M		0x200000ul
#define SZ_1G		0x40000000ul

/* Align to a power of two; the caller knows that the sum does not wrap. */
#define ALIGN_DOWN(x, a)	((x) & ~((uint64_t)(a) - 1))
#define ALIGN_UP(x, a)		ALIGN_DOWN((x) + ((uint64_t)(a) - 1), a)
#define IS_ALIGNED(x, a)	(((x) & ((uint64_t)(a) - 1)) == 0)

#define noreturn	__attribute__((noreturn))
#define printf_like(fmt, args)	__attribute__((format(printf, fmt, args)))

#endif
