/* SPDX-License-Identifier: BSD-2-Clause */
/* Large buffers that nobody clears at the start: written before they are read. */
#ifndef NOINIT_H
#define NOINIT_H

#define noinit	__attribute__((section(".noinit")))

#endif
