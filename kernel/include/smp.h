/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts about the first entry of a CPU, kept for the comparison later. */
#ifndef KERNEL_SMP_H
#define KERNEL_SMP_H

#include "cpu.h"

/* Where a secondary goes from entry.S. */
noreturn void secondary_main(struct cpu *cpu);

/* The entry state of the first visit; cpu->entry has the latest. */
const struct entry_state *first_entry(const struct cpu *cpu);

#endif
