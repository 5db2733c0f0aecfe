/* SPDX-License-Identifier: BSD-2-Clause */
/* A firmware call with known SVE and SME state around it. */
#ifndef KERNEL_STATE_H
#define KERNEL_STATE_H

/* Which state is set before and stored after: bits of state_call.what. */
#define STATE_SM	0	/* PSTATE.SM; these two as in SVCR */
#define STATE_ZA	1	/* PSTATE.ZA, and ZA */
#define STATE_SVE	2	/* z0..z31, p0..p15 */
#define STATE_FFR	3
#define STATE_ZT0	4
#define STATE_SME	5	/* SVCR and TPIDR2_EL0 are there */

/* struct state_call */
#define S_X		0
#define S_SMC		32
#define S_WHAT		40
#define S_NZCV		48
#define S_SVCR		56
#define S_TPIDR2	64
#define S_Z		72
#define S_P		80
#define S_ZA		88
#define S_ZT0		96

#ifndef __ASSEMBLER__
#include "types.h"

struct state_call {
	uint64_t x[4];		/* arguments, then the answer in x[0] */
	uint64_t smc;		/* 1: SMC, else HVC */
	uint64_t what;
	uint64_t nzcv, svcr, tpidr2;
	/* p[]: p0..p15 and FFR; all as long as the vectors are. */
	uint8_t *z, *p, *za, *zt0;
};

_Static_assert(offsetof(struct state_call, smc) == S_SMC, "S_SMC");
_Static_assert(offsetof(struct state_call, nzcv) == S_NZCV, "S_NZCV");
_Static_assert(offsetof(struct state_call, tpidr2) == S_TPIDR2, "S_TPIDR2");
_Static_assert(offsetof(struct state_call, z) == S_Z, "S_Z");
_Static_assert(offsetof(struct state_call, zt0) == S_ZT0, "S_ZT0");
#endif

#endif
