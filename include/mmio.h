/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Device registers. One access of exactly this width each; ordering against
 * memory is arch_barrier()'s business. Unit tests put their own in front.
 */
#ifndef MMIO_H
#define MMIO_H

#include "types.h"

static inline uint8_t mmio_read8(uintptr_t reg)
{
	return *(volatile uint8_t *)reg;
}

static inline void mmio_write16(uintptr_t reg, uint16_t value)
{
	*(volatile uint16_t *)reg = value;
}

static inline void mmio_write64(uintptr_t reg, uint64_t value)
{
	*(volatile uint64_t *)reg = value;
}

#endif
