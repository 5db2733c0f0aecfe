/* SPDX-License-Identifier: BSD-2-Clause */
/* CPUs that wait in a spin table (booting.rst, enable-method "spin-table"). */
#ifndef KERNEL_SPIN_H
#define KERNEL_SPIN_H

#include "cpu.h"

/* What is known of a CPU's way out of the table. */
struct spin {
	bool used;		/* by its enable-method */
	uint32_t length;	/* bytes of cpu-release-addr; 0: not there */
	uint64_t address;	/* of the release word */
	uint64_t at_first;	/* the word before anything was overwritten */
	uint64_t before;	/* ... and just before its release */
	bool early;		/* it was in the pen before its release */
	volatile bool in_pen;	/* it has come, and waits for its turn */
	volatile bool turn;
};

const struct spin *spin_of(const struct cpu *cpu);

/* Read nodes and words of all CPUs; before RAM is overwritten. */
void spin_find(void);

/*
 * Write the release word of @cpu, wait until it is in the pen, let it go on.
 * One word for several CPUs is legal (HO-27): they come together, and the pen
 * parts them. Return: it has come.
 */
bool spin_release(const struct cpu *cpu);

/* A CPU of a spin table waits here for its turn. */
void spin_wait_turn(const struct cpu *cpu);

#endif
