/* SPDX-License-Identifier: BSD-2-Clause */
/* What QEMU or a debugger does for us (Arm semihosting 2.0). */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include "types.h"

/*
 * Leave with @status. Returns at once in an image without SEMIHOSTING; with
 * it and nobody listening the HLT is UNDEFINED, and the CPU stops.
 */
void semihosting_exit(unsigned int status);

/*
 * Show a character (SEMIHOSTING_CONSOLE). Where nobody listens the CPU stops.
 */
void semihosting_putc(char c);

/* For exception handlers: is @elr the HLT of a call that nobody heard? */
bool semihosting_unheard(uint64_t elr);

#endif
