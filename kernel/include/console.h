/* SPDX-License-Identifier: BSD-2-Clause */
/* Picks the UART for all output. */
#ifndef KERNEL_CONSOLE_H
#define KERNEL_CONSOLE_H

/*
 * The UART of stdout-path, else any that the tree has, else (only without a
 * usable tree) a fixed address. Call after machine_read().
 */
void console_init(void);

#endif
