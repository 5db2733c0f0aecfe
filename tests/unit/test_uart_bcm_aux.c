/* SPDX-License-Identifier: BSD-2-Clause */
/* The Raspberry Pi's mini UART, played from its AUX block on. */
#define PLAY_BASE	0x3f215000ul
#include "uart_play.h"
#define CONFIG_UART_BASE	(PLAY_BASE + 0x40)
#define CONFIG_UART_CLOCK	250000000u
#define CONFIG_UART_BAUD	115200u
#include "../../drivers/serial/bcm_aux.c"
#include "unit.h"
#include <string.h>

#define OWN	0x40		/* where its own registers begin */
#define ENABLES	0x04

static void reset(void)
{
	memset(&play, 0, sizeof(play));
	play.regs[OWN + LSR] = LSR_TX_EMPTY | LSR_TX_IDLE;
}

TEST(bcm_aux_switches_itself_on_first)
{
	reset();
	play.regs[ENABLES] = 6;		/* the two SPIs of the block */
	uart_init();
	CHECK(play_wrote(0, ENABLES, 7));
	CHECK(play_wrote(1, OWN + IER, 0));
	CHECK(play_wrote(2, OWN + CNTL, 0));
	CHECK(play_wrote(3, OWN + LCR, 3));
	CHECK(play_wrote(4, OWN + MCR, 0));
	CHECK(play_wrote(5, OWN + BAUD, 270));	/* 271.27 - 1 */
	CHECK(play_wrote(6, OWN + IIR, 6));
	CHECK(play_wrote(7, OWN + CNTL, 3));
	CHECK_EQ(play.count, 8);
	CHECK_EQ(play.narrow, 0);
}

/* Switched off it has no registers, and no last words. */
TEST(bcm_aux_waits_only_if_it_was_on)
{
	reset();
	play.busy_reg = OWN + LSR;
	play.busy = 4;
	play.regs[OWN + CNTL] = CNTL_TX;
	uart_init();
	CHECK_EQ(play.busy, 4);
	play.regs[ENABLES] = ENABLES_MINI_UART;
	uart_init();
	CHECK_EQ(play.busy, 0);
}

TEST(bcm_aux_talks)
{
	reset();
	play.busy_reg = OWN + LSR;
	play.busy = 2;
	uart_putc('\xff');
	CHECK(play_wrote(0, OWN + IO, 0xff));
	CHECK_EQ(play.busy, 0);
	CHECK_EQ(uart_getc(), -1);
	play.regs[OWN + LSR] |= LSR_DATA_READY;
	play.regs[OWN + IO] = 'x';
	CHECK_EQ(uart_getc(), 'x');
}
