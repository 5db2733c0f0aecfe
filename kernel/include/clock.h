/* SPDX-License-Identifier: BSD-2-Clause */
/* The counter measured against the real-time clock while other rows run. */
#ifndef KERNEL_CLOCK_H
#define KERNEL_CLOCK_H

/* By the boot CPU, as often as it may; a few instructions. */
void clock_look(void);

#endif
