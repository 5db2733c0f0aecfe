/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers of devices: exactly one access of exactly this width each.
 *
 * Accesses to one device keep their order (Device memory, and volatile for
 * the compiler). Order against plain memory, which a DMA device reads, is
 * the caller's affair: arch_barrier().
 */
#ifndef IO_H
#define IO_H

#include "types.h"

/*
 * The compiler must not know where the address came from: it could fold the
 * step of a loop into the access (LDR with write-back), and such an access
 * that traps carries no syndrome (ESR_EL2.ISV = 0), so that a hypervisor
 * under us could not emulate it.
 */
static inline uintptr_t io_address(uintptr_t address)
{
	__asm__("" : "+r" (address));
	return address;
}

static inline uint8_t io_read8(uintptr_t address)
{
	return *(const volatile uint8_t *)io_address(address);
}

static inline uint16_t io_read16(uintptr_t address)
{
	return *(const volatile uint16_t *)io_address(address);
}

static inline uint32_t io_read32(uintptr_t address)
{
	return *(const volatile uint32_t *)io_address(address);
}

static inline uint64_t io_read64(uintptr_t address)
{
	return *(const volatile uint64_t *)io_address(address);
}

static inline void io_write8(uintptr_t address, uint8_t value)
{
	*(volatile uint8_t *)io_address(address) = value;
}

static inline void io_write16(uintptr_t address, uint16_t value)
{
	*(volatile uint16_t *)io_address(address) = value;
}

static inline void io_write32(uintptr_t address, uint32_t value)
{
	*(volatile uint32_t *)io_address(address) = value;
}

static inline void io_write64(uintptr_t address, uint64_t value)
{
	*(volatile uint64_t *)io_address(address) = value;
}

#endif
