/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls that the monitor answers (SMCCC, DEN 0028), by service. */
#ifndef SMCCC_H
#define SMCCC_H

#include "types.h"

#define SMC_64			0x40000000u
#define SMCCC_SUCCESS		0
#define SMCCC_NOT_SUPPORTED	(-1)
#define SMCCC_INVALID_PARAMETER	(-3)
#define SMCCC_VERSION		0x80000000u

/*
 * Each takes a function of its own service and the arguments x1..x3, cut to
 * 32 bits for an SMC32 call. Return: x0; results beyond go into @x[1..3].
 */
int64_t psci_call(uint32_t function, const uint64_t *args);
int64_t arch_call(uint32_t function, const uint64_t *args, uint64_t *x);
int64_t trng_call(uint32_t function, const uint64_t *args, uint64_t *x);
int64_t rollback_call(uint32_t function, const uint64_t *args, uint64_t *x);

#endif
