/* SPDX-License-Identifier: BSD-2-Clause */
/* String and memory helpers; the mem* ones also serve the compiler. */
#ifndef KERNEL_STR_H
#define KERNEL_STR_H

#include "types.h"

void *memset(void *to, int value, size_t n);
void *memcpy(void *to, const void *from, size_t n);
size_t strlen(const char *s);
bool str_equal(const char *a, const char *b);
/* The first @n bytes of @a are the whole string @b. */
bool str_equal_n(const char *a, size_t n, const char *b);

/* "0x" or not, then @n characters 0-9 a-f in all. Return: 0 if others. */
uint64_t parse_hex(const char *s, size_t n);

/* A 64-bit digest of memory (FNV-1a over bytes, whole words at a time). */
uint64_t digest(uint64_t base, uint64_t size);

#endif
