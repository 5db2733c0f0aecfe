/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The heap that libraries ask for and that is not there: we give them their
 * workspace, and the parts of them that would need more fail.
 */
#include "no_heap.h"

void *malloc(size_t size)
{
	return NULL;
}

void *calloc(size_t count, size_t size)
{
	return NULL;
}

void free(void *p)
{
}
