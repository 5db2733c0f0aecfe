/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CONFIG_NARRATE: the image explains its boot, a sentence a line behind
 * "why: ". The values are read from the registers and the memory that they
 * are about, so a sentence cannot say what is not so.
 */
#ifndef NARRATE_H
#define NARRATE_H

#include "print.h"

/* One sentence; @format and its arguments as for print(), no newline. */
#define narrate(format, ...)	print("why: " format "\n", ##__VA_ARGS__)

/* " word" if @bit of @value is set, else nothing. */
static inline const char *narrate_if(uint64_t value, uint64_t bit,
				     const char *word)
{
	return value & bit ? word : "";
}

#endif
