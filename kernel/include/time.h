/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounded waiting, by the virtual counter. */
#ifndef KERNEL_TIME_H
#define KERNEL_TIME_H

#include "types.h"

/* CNTVCT_EL0. */
uint64_t counter(void);

/* A counter value @ms from now; believes CNTFRQ_EL0 only if it is sane. */
uint64_t deadline(unsigned int ms);
bool expired(uint64_t deadline);

#endif
