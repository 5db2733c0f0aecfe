/* SPDX-License-Identifier: BSD-2-Clause */
/* CPU_SUSPEND to standby, with an interrupt pending that ends it. */
#ifndef KERNEL_SUSPEND_H
#define KERNEL_SUSPEND_H

#include "check.h"

/* Return: ok, and the CPU was away; skipped; or what went wrong. */
struct verdict suspend_to_standby(struct cpu *cpu);

#endif
