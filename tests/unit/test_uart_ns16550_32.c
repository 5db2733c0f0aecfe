/* SPDX-License-Identifier: BSD-2-Clause */
/* The 16550 with registers of 32 bits, four bytes apart, speed as found. */
#define PLAY_BASE	0x2000ul
#include "uart_play.h"
#define CONFIG_UART_BASE	PLAY_BASE
#define CONFIG_UART_CLOCK	0u
#define CONFIG_UART_BAUD	0u
#define CONFIG_UART_REG_SHIFT	2
#define CONFIG_UART_REG_32	1
#include "../../drivers/serial/ns16550.c"
#include "unit.h"
#include <string.h>

static void reset(void)
{
	memset(&play, 0, sizeof(play));
	play.regs[4 * LSR] = LSR_THR_EMPTY | LSR_IDLE;
}

TEST(ns16550_leaves_the_speed_as_it_was)
{
	reset();
	uart_init();
	CHECK(play_wrote(0, 4 * LCR, 0));
	CHECK(play_wrote(1, 4 * IER, 0));
	CHECK(play_wrote(2, 4 * FCR, FCR_ENABLE_AND_CLEAR));
	CHECK(play_wrote(3, 4 * MCR, MCR_DTR_RTS));
	CHECK_EQ(play.count, 4);
	CHECK_EQ(play.narrow, 0);
}

TEST(ns16550_wide_registers_talk)
{
	reset();
	uart_putc('a');
	CHECK(play_wrote(0, 0, 'a') && play.writes[0].bits == 32);
	play.regs[4 * LSR] |= LSR_DATA_READY;
	play.regs[0] = 0xffffff41;
	CHECK_EQ(uart_getc(), 'A');
	CHECK_EQ(play.narrow, 0);
}
