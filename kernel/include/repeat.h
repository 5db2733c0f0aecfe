/* SPDX-License-Identifier: BSD-2-Clause */
/* The rows of a CPU once more, to find what a power state has changed. */
#ifndef KERNEL_REPEAT_H
#define KERNEL_REPEAT_H

#include "check.h"

/* A row runs once more: silently, and against what it found at first. */
bool repeating(void);

/* A CPU begins with its rows: forget those of the CPU before it. */
void repeat_forget(void);

/* Row @index of the table of checks has had the verdict @kind. */
void repeat_note(size_t index, enum verdict_kind kind);

/*
 * Run every row again that this @cpu has run since repeat_forget(). Return:
 * not ok if one that was ok is not any more; the text names the first one.
 */
struct verdict repeat_rows(struct cpu *cpu);

/* The ID of the row that repeat_rows() is in, for a CPU that hangs there. */
const char *repeated_row(void);

#endif
