/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A counter in two copies of secure flash, kept so that a power cut at any
 * write leaves it at the old or at the new value. Pure logic over
 * secure_flash.h: the host's unit tests include this, too.
 */
#ifndef COUNTER_H
#define COUNTER_H

#include "types.h"

struct counter {
	uint32_t value;
	bool readable;		/* false: no copy can be believed */
	bool settled;		/* both copies say the same */
};

/* What the flash says now; a flash that was never used says 0. */
void counter_read(struct counter *counter);

/*
 * Write @value into both copies, one after the other, and read the counter
 * anew. @value is at least the counter's, which is readable.
 * Return: 0 if both copies hold it, else -errno of the flash or -EBADMSG (it
 * reads as something else).
 */
int counter_write(struct counter *counter, uint32_t value);

#endif
