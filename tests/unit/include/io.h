/* SPDX-License-Identifier: BSD-2-Clause */
/* Device registers that a test plays; stands in front of include/io.h. */
#ifndef IO_H
#define IO_H

#include "types.h"

uint8_t io_read8(uintptr_t address);
uint16_t io_read16(uintptr_t address);
uint32_t io_read32(uintptr_t address);
uint64_t io_read64(uintptr_t address);
void io_write8(uintptr_t address, uint8_t value);
void io_write16(uintptr_t address, uint16_t value);
void io_write32(uintptr_t address, uint32_t value);
void io_write64(uintptr_t address, uint64_t value);

#endif
