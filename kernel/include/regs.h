/* SPDX-License-Identifier: BSD-2-Clause */
/* A firmware call with a known value in every register, for many rows. */
#ifndef KERNEL_REGS_H
#define KERNEL_REGS_H

#include "types.h"

#define Q_WORDS		64

/* Read and written by regs.S: goes in, and what came back replaces it. */
struct call_table {
	uint64_t x[31];
	uint64_t smc;		/* 1: SMC, else HVC */
	uint64_t use_fp;	/* 1: q[] as well */
	uint64_t pad;
	uint64_t q[Q_WORDS];
	uint64_t sp, sp_after;
};

_Static_assert(offsetof(struct call_table, smc) == 248, "regs.S");
_Static_assert(offsetof(struct call_table, use_fp) == 256, "regs.S");
_Static_assert(offsetof(struct call_table, q) == 272, "regs.S");
_Static_assert(offsetof(struct call_table, sp) == 784, "regs.S");

/* One CPU at a time uses it. */
extern struct call_table call_table;

/* What register x@n holds before the call, and q word @n. */
uint64_t x_pattern(unsigned int n);
uint64_t q_pattern(unsigned int n);

/* A pattern into every register of the table, @function into x0. */
void call_prepare(uint64_t function);

/*
 * Calls that stand for all: short, unknown, and one that does more. Beside the
 * function, what a row says when one of them has lost something.
 */
struct sample_call {
	link_t registers, stack, bytes, flags;
	uint32_t function;
};

#define SAMPLE_CALLS	3
extern const struct sample_call sample_calls[SAMPLE_CALLS];

/* call_prepare() for sample_calls[@i], with arguments that fit. */
void call_prepare_sample(unsigned int i);

/* Call, and say nothing. Return: x0; all others are in the table. */
uint64_t call_silently(void);

/* Say "# probe @id", then call. Return: x0; all others are in the table. */
uint64_t call_prepared(const char *id);

/* The firmware claims SMCCC 1.1: a call keeps x4..x17 as well. */
bool claims_smccc_1_1(void);

#endif
