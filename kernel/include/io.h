/* SPDX-License-Identifier: BSD-2-Clause */
/* Device registers and single memory words, as one access each. */
#ifndef KERNEL_IO_H
#define KERNEL_IO_H

#include "types.h"

static inline uint8_t read8(uint64_t address)
{
	uint8_t value;

	asm volatile("ldrb %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
	return value;
}

static inline void write8(uint64_t address, uint8_t value)
{
	asm volatile("strb %w0, [%1]" : : "r"(value), "r"(address) : "memory");
}

static inline uint32_t read32(uint64_t address)
{
	return *(volatile uint32_t *)address;
}

static inline void write32(uint64_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

static inline uint64_t read64(uint64_t address)
{
	return *(volatile uint64_t *)address;
}

static inline void write64(uint64_t address, uint64_t value)
{
	*(volatile uint64_t *)address = value;
}

#endif
