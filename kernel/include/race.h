/* SPDX-License-Identifier: BSD-2-Clause */
/* Two CPUs that start the same third one at the same time (PS-03). */
#ifndef KERNEL_RACE_H
#define KERNEL_RACE_H

#include "check.h"

/*
 * The boot CPU and @rival call CPU_ON for @target, @rounds times. Both must
 * be off before, and are off after it unless the verdict is red.
 */
struct verdict race(struct cpu *rival, struct cpu *target,
		    unsigned int rounds);

#endif
