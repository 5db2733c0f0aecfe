/* SPDX-License-Identifier: BSD-2-Clause */
/* Leaving QEMU, or a debugger, with a status (Arm semihosting 2.0). */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include "types.h"

/*
 * Leave with @status. Returns at once in an image without SEMIHOSTING; with
 * it and nobody listening the HLT is UNDEFINED, and the CPU stops.
 */
void semihosting_exit(unsigned int status);

/* For exception handlers: is @elr the HLT of an exit that nobody heard? */
bool semihosting_unheard(uint64_t elr);

#endif
