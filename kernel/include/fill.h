/* SPDX-License-Identifier: BSD-2-Clause */
/* Overwrites the RAM that the kernel was given, and looks at it again. */
#ifndef KERNEL_FILL_H
#define KERNEL_FILL_H

#include "types.h"

/* What an access of all free RAM ran into, and where; 0 if nothing. */
struct fill_result {
	bool done;
	uint64_t esr, where;
};

/*
 * Write each line's own address, inverted, to all free RAM: everything of
 * /memory but the image, the device tree, the initrd and what is reserved,
 * whole pages of 4 KiB. On machines with more than a GiB, of the middle one
 * page in a MiB only, unless bootargs say aglet.fill=all.
 */
struct fill_result fill_free_memory(void);

/* Read it all. Return: the first address that has changed, or 0. */
uint64_t filled_changed(void);

/* The row BP-MEM-03 has written to all free RAM (it may be left out). */
bool fill_done(void);

/* @address was overwritten. */
bool was_filled(uint64_t address);

#endif
