/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parallel NOR flash with Intel's command set (CFI, JEP137: command set 1):
 * two chips of 16 bits side by side, so each command goes to both halves of
 * a word. Source: Intel StrataFlash (P30) data sheet, "Command Codes".
 */
#include "err.h"
#include "io.h"
#include "secure_flash.h"

#define BOTH(x)			((uint32_t)(x) << 16 | (x))

#define CMD_PROGRAM		BOTH(0x40)
#define CMD_ERASE		BOTH(0x20)
#define CMD_CONFIRM		BOTH(0xd0)
#define CMD_LOCK_SETUP		BOTH(0x60)
#define CMD_CLEAR_STATUS	BOTH(0x50)
#define CMD_READ_ARRAY		BOTH(0xff)

#define STATUS_READY		BOTH(0x80)
/* Erase, program, voltage, protection. */
#define STATUS_FAILED		BOTH(0x20 | 0x10 | 0x08 | 0x02)

/* An erase takes up to 4 s, a read of the status not less than 50 ns. */
#define TRIES			100000000u

static uintptr_t address_of(unsigned int copy, unsigned int word)
{
	return CONFIG_SECURE_FLASH_BASE +
	       (uintptr_t)copy * CONFIG_SECURE_FLASH_SECTOR + word * 4ul;
}

uint32_t secure_flash_read(unsigned int copy, unsigned int word)
{
	return io_read32(address_of(copy, word));
}

/* Until both chips are done; leaves them as memory again. */
static int finish(uintptr_t address)
{
	uint32_t tries = TRIES;
	uint32_t status;

	do
		status = io_read32(address);
	while ((status & STATUS_READY) != STATUS_READY && --tries);
	io_write32(address, CMD_CLEAR_STATUS);
	io_write32(address, CMD_READ_ARRAY);
	if (!tries)
		return -ETIMEDOUT;
	return status & STATUS_FAILED ? -EIO : 0;
}

/* Blocks are locked after reset; what needs no unlocking ignores it. */
int secure_flash_erase(unsigned int copy)
{
	const uintptr_t address = address_of(copy, 0);

	io_write32(address, CMD_LOCK_SETUP);
	io_write32(address, CMD_CONFIRM);
	io_write32(address, CMD_ERASE);
	io_write32(address, CMD_CONFIRM);
	return finish(address);
}

int secure_flash_program(unsigned int copy, unsigned int word, uint32_t value)
{
	const uintptr_t address = address_of(copy, word);

	io_write32(address, CMD_PROGRAM);
	io_write32(address, value);
	return finish(address);
}
