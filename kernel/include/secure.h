/* SPDX-License-Identifier: BSD-2-Clause */
/* What belongs to the secure world, and what a kernel must not reach. */
#ifndef KERNEL_SECURE_H
#define KERNEL_SECURE_H

#include "machine.h"

enum secure_kind { SECURE_MEMORY, SECURE_FLASH, SECURE_DEVICE };

struct secure_range {
	struct range r;
	enum secure_kind kind;
};

#define MAX_SECURE	16

struct secure {
	struct secure_range range[MAX_SECURE];
	unsigned int count;
	struct range monitor;	/* in memory that /memory names; size 0: not */
};

/* Read the tree and bootargs at the first call. */
const struct secure *secure(void);

/* The @n-th range of @kind, from 0; NULL if there are no more. */
const struct range *secure_range(enum secure_kind kind, unsigned int n);

/* @value is an address in secure memory, or in what reserved no-map memory has. */
bool points_into_secure(uint64_t value);

/* The firmware at EL3 can be called by SMC. Return: NULL, or why it cannot. */
const char *no_monitor(void);

/*
 * Number @n, from 0, of the entry points that no firmware may believe: where
 * secure memory begins, what is misaligned, what no CPU can address. Return:
 * false if there are no more.
 */
bool bad_entry(unsigned int n, uint64_t *entry);

#endif
