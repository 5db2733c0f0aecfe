/* SPDX-License-Identifier: BSD-2-Clause */
/* Firmware calls by the hundred, and what must hold after each of them. */
#ifndef KERNEL_SWEEP_H
#define KERNEL_SWEEP_H

#include "check.h"

/* The first call after which something did not hold; 0: it always did. */
struct swept {
	uint64_t calls;
	struct finding {
		bool found;
		uint64_t function, args[3], value;
	} answer,	/* a call that nobody can serve was answered */
	  lost,		/* x4 to x30 or SP is another after it */
	  pointer;	/* a result points into secure memory */
};

/*
 * Call @function with @args in x1 to x3 and a pattern in all other registers.
 * @unserved: only -1 in x0, and x1 to x3 as they were, is right.
 */
void sweep_call(struct swept *s, uint64_t function, const uint64_t args[3],
		bool unserved);

/* Print the call that @finding is about, for who wants to do it by hand. */
void sweep_tell(const struct finding *finding);

/*
 * May function number @function, of any width and convention, be called by
 * who wants to come back? Not: what ends the machine or this CPU, sleeps, or
 * starts another one, by PSCI.
 */
bool sweep_comes_back(uint32_t function);

/* SMCCC gives owners 8 to 47 of fast calls to nobody (DEN 0028, 6.1). */
#define FIRST_UNOWNED	8u
#define LAST_UNOWNED	47u
#define FAST		(1u << 31)
#define SMC64		(1u << 30)
#define OWNER(n)	((uint32_t)(n) << 24)

/* All that the short rows do, at the first call; then what was found. */
const struct swept *short_sweep(void);

/* Number @n, from 0, of arguments that may lead a careless firmware astray. */
#define NASTY	12u
uint64_t nasty(unsigned int n);

#endif
