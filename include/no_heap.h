/* SPDX-License-Identifier: BSD-2-Clause */
/* The names of a heap, for the libraries that want one; there is none. */
#ifndef NO_HEAP_H
#define NO_HEAP_H

#include "types.h"

/* Return: NULL; every library gets its memory from its caller. */
void *malloc(size_t size);
/* Return: NULL. */
void *calloc(size_t count, size_t size);
/* Does nothing. */
void free(void *p);

#endif
