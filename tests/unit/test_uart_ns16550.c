/* SPDX-License-Identifier: BSD-2-Clause */
/* The 16550 with registers of a byte, one behind the other. */
#define PLAY_BASE	0x1000ul
#include "uart_play.h"
#define CONFIG_UART_BASE	PLAY_BASE
#define CONFIG_UART_CLOCK	1843200u
#define CONFIG_UART_BAUD	115200u
#define CONFIG_UART_REG_SHIFT	0
#include "../../drivers/serial/ns16550.c"
#include "unit.h"
#include <string.h>

/* Nothing to read, ready to send, at rest. */
static void reset(void)
{
	memset(&play, 0, sizeof(play));
	play.regs[LSR] = LSR_THR_EMPTY | LSR_IDLE;
}

TEST(ns16550_sets_divisor_and_line)
{
	reset();
	play.regs[LCR] = LCR_DLAB | 2;
	play.busy_reg = LSR;
	play.busy = 3;
	uart_init();
	CHECK_EQ(play.busy, 0);		/* it waited for the last words */
	CHECK(play_wrote(0, LCR, 2));	/* before it wrote behind the divisor */
	CHECK(play_wrote(1, IER, 0));
	CHECK(play_wrote(2, LCR, LCR_DLAB | LCR_8_BITS));
	CHECK(play_wrote(3, DLL, 1));
	CHECK(play_wrote(4, DLM, 0));
	CHECK(play_wrote(5, LCR, LCR_8_BITS));
	CHECK(play_wrote(6, FCR, 7));
	CHECK(play_wrote(7, MCR, 3));
	CHECK_EQ(play.count, 8);
	CHECK_EQ(play.wide, 0);
}

TEST(ns16550_divisor_is_the_nearest)
{
	reset();
	ns_set_line(24000000, 115200);		/* 13.02 */
	CHECK(play_wrote(1, DLL, 13) && play_wrote(2, DLM, 0));
	reset();
	ns_set_line(100000000, 115200);		/* 54.25 */
	CHECK(play_wrote(1, DLL, 54));
	reset();
	ns_set_line(48000000, 9600);		/* 312.5 */
	CHECK(play_wrote(1, DLL, 313 & 0xff) && play_wrote(2, DLM, 1));
	reset();
	ns_set_line(1000000, 4000000);		/* it cannot */
	CHECK(play_wrote(1, DLL, 1) && play_wrote(2, DLM, 0));
	reset();
	ns_set_line(1000000000, 1);
	CHECK(play_wrote(1, DLL, 0xff) && play_wrote(2, DLM, 0xff));
}

TEST(ns16550_waits_for_room)
{
	reset();
	play.busy_reg = LSR;
	play.busy = 5;
	uart_putc('\xe4');
	CHECK_EQ(play.busy, 0);
	CHECK(play_wrote(0, RBR_THR, 0xe4));
	CHECK_EQ(play.count, 1);
}

TEST(ns16550_reads_what_waits)
{
	reset();
	play.regs[RBR_THR] = 0xc3;
	CHECK_EQ(uart_getc(), -1);
	play.regs[LSR] |= LSR_DATA_READY;
	CHECK_EQ(uart_getc(), 0xc3);
}
