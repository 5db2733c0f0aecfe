/* SPDX-License-Identifier: BSD-2-Clause */
/* The TAP report, and the end of the run. */
#ifndef KERNEL_REPORT_H
#define KERNEL_REPORT_H

#include "check.h"

/* Print "1..@rows". */
void report_plan(unsigned int rows);

/* Print one row; @cpu is NULL for a row that is about no CPU. */
void report_row(const struct check *check, const struct cpu *cpu,
		struct verdict verdict);

/* Print SUMMARY. Return: every planned row came and none is "not ok". */
bool report_summary(void);

/* No further report is possible: say why, then finish(false). */
noreturn void bail_out(const char *why);

/*
 * End the machine with this verdict by the road that aglet.end= names, or by
 * the first that works: semihosting exit, PSCI SYSTEM_OFF, WFI for ever.
 */
noreturn void finish(bool good);

#endif
