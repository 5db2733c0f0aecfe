/* SPDX-License-Identifier: BSD-2-Clause */
/* The handful of names that every file of the conformance kernel uses. */
#ifndef KERNEL_TYPES_H
#define KERNEL_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define SZ_2M		0x200000ul
#define SZ_1G		0x40000000ul

#define noreturn	__attribute__((noreturn))

/*
 * The kernel runs wherever it was put, without relocations: it is linked at
 * address 0, so a pointer in initialised data is an offset from _head. Such
 * data holds link_t, never a C pointer, and is read through here(). Volatile,
 * or a compiler that sees both ends puts the address itself for the offset.
 */
typedef volatile uint64_t link_t;
extern const char _head[];

#define LINK(pointer)	((link_t)(pointer))

/* The run-time address of what LINK() named; code or constant data. */
static inline void *here(uint64_t offset)
{
	return (void *)((uint64_t)_head + offset);
}

#endif
