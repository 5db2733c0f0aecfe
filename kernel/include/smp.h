/* SPDX-License-Identifier: BSD-2-Clause */
/* How other CPUs are started and stopped, and how they came in. */
#ifndef KERNEL_SMP_H
#define KERNEL_SMP_H

#include "check.h"

/* Emulated machines on busy hosts are slow; a real CPU needs microseconds. */
#define PATIENCE_MS	20000

/* Where a secondary goes from entry.S. */
noreturn void secondary_main(struct cpu *cpu);

/* The entry state of the first visit; cpu->entry has the latest. */
const struct entry_state *first_entry(const struct cpu *cpu);

/* What repeat_rows() found on the second visit. */
const struct verdict *second_verdict(const struct cpu *cpu);

/* CPU_ON at the kernel's entry with @context in x0. Return: its answer. */
int64_t cpu_start(const struct cpu *cpu, uint64_t context);

/* Wait until AFFINITY_INFO says off (1). Return: its last answer. */
int64_t cpu_wait_off(const struct cpu *cpu);

#endif
