/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A UART driver, or with PLAY_NO_UART another one, below a test: its registers
 * are played here and each write is noted. To be included before the driver's
 * own source, once a program file; the names of a UART driver become static ones
 * of that file.
 */
#ifndef UART_PLAY_H
#define UART_PLAY_H

#include "types.h"

#define PLAY_WRITES	64
#ifndef PLAY_REGS
#define PLAY_REGS	0x100
#endif

static struct {
	struct {
		unsigned int reg, value, bits;
	} writes[PLAY_WRITES];
	unsigned int count;
	uint32_t regs[PLAY_REGS];	/* what a read gives */
	unsigned int busy_reg, busy;	/* so many reads of it give 0 */
	unsigned int narrow, wide;	/* accesses of 8 and of 32 bits */
} play;

static uint32_t play_read(uintptr_t address)
{
	const unsigned int reg = (unsigned int)(address - PLAY_BASE);

	if (reg >= PLAY_REGS)
		return UINT32_MAX;
	if (reg == play.busy_reg && play.busy) {
		play.busy--;
		return 0;
	}
	return play.regs[reg];
}

static void play_write(uintptr_t address, uint32_t value, unsigned int bits)
{
	if (play.count == PLAY_WRITES)
		return;
	play.writes[play.count].reg = (unsigned int)(address - PLAY_BASE);
	play.writes[play.count].value = value;
	play.writes[play.count++].bits = bits;
}

static inline uint8_t play_read8(uintptr_t address)
{
	play.narrow++;
	return (uint8_t)play_read(address);
}

static uint32_t play_read32(uintptr_t address)
{
	play.wide++;
	return play_read(address);
}

static inline void play_write8(uintptr_t address, uint8_t value)
{
	play.narrow++;
	play_write(address, value, 8);
}

static void play_write32(uintptr_t address, uint32_t value)
{
	play.wide++;
	play_write(address, value, 32);
}

/* Write number @i, and what it should be. */
static bool play_wrote(unsigned int i, unsigned int reg, unsigned int value)
{
	return i < play.count && play.writes[i].reg == reg &&
	       play.writes[i].value == value;
}

#define io_read8 play_read8
#define io_read32 play_read32
#define io_write8 play_write8
#define io_write32 play_write32

#ifndef PLAY_NO_UART
static void played_init(void);
static void played_putc(char c);
static int played_getc(void);
static void played_flush(void);

#define uart_init played_init
#define uart_putc played_putc
#define uart_getc played_getc
#define uart_flush played_flush
#undef CONFIG_UART_BASE
#undef CONFIG_UART_CLOCK
#undef CONFIG_UART_BAUD
#endif

#endif
