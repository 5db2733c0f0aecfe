/* SPDX-License-Identifier: BSD-2-Clause */
/* UART of the NXP i.MX chips (i.MX 6, 7, 8M), polled, 8N1. */
#include "io.h"
#include "uart.h"

/* i.MX 8M Plus reference manual, UART memory map */
#define URXD			0x00
#define UTXD			0x40
#define UCR1			0x80
#define UCR2			0x84
#define UCR3			0x88
#define UCR4			0x8c
#define UFCR			0x90
#define USR2			0x98
#define UBIR			0xa4
#define UBMR			0xa8
#define UTS			0xb4

#define UCR1_UARTEN		(1u << 0)
#define UCR2_SRST		(1u << 0)	/* 0 resets */
#define UCR2_RXEN		(1u << 1)
#define UCR2_TXEN		(1u << 2)
#define UCR2_WS			(1u << 5)	/* eight data bits */
#define UCR2_IRTS		(1u << 14)	/* do not wait for RTS */
#define UCR3_RXDMUXSEL		(1u << 2)	/* must be set */
#define UFCR_RXTL(n)		((n) << 0)
#define UFCR_RFDIV_BY_1		(5u << 7)
#define UFCR_TXTL(n)		((n) << 10)
#define USR2_RDR		(1u << 0)
#define USR2_TXDC		(1u << 3)
#define UTS_TXFULL		(1u << 4)

#define RATE_MAX		0x10000u	/* of UBIR + 1 and UBMR + 1 */

static uint32_t imx_read(unsigned int reg)
{
	return io_read32(CONFIG_UART_BASE + reg);
}

static void imx_write(unsigned int reg, uint32_t value)
{
	io_write32(CONFIG_UART_BASE + reg, value);
}

/*
 * baud = clock / 16 * (UBIR + 1) / (UBMR + 1), the first not above the second
 * ("Binary Rate Multiplier"): with the largest divisor the multiplier comes
 * nearest. UBIR must be written before UBMR.
 */
static void imx_set_baud(uint64_t clock, uint64_t baud)
{
	uint64_t rate = (baud * 16 * RATE_MAX + clock / 2) / clock;

	if (rate < 1)
		rate = 1;
	if (rate > RATE_MAX)
		rate = RATE_MAX;
	imx_write(UFCR, UFCR_TXTL(2) | UFCR_RFDIV_BY_1 | UFCR_RXTL(1));
	imx_write(UBIR, (uint32_t)rate - 1);
	imx_write(UBMR, RATE_MAX - 1);
}

void uart_init(void)
{
	/* Where firmware before us has printed, let its last words out. */
	if (imx_read(UCR1) & UCR1_UARTEN)
		uart_flush();
	/* Nobody else's interrupts and DMA requests. */
	imx_write(UCR1, UCR1_UARTEN);
	imx_write(UCR3, UCR3_RXDMUXSEL);
	imx_write(UCR4, 0);
	if (CONFIG_UART_BAUD != 0)
		imx_set_baud(CONFIG_UART_CLOCK, CONFIG_UART_BAUD);
	imx_write(UCR2, UCR2_IRTS | UCR2_WS | UCR2_TXEN | UCR2_RXEN |
		  UCR2_SRST);
}

void uart_putc(char c)
{
	while (imx_read(UTS) & UTS_TXFULL)
		;
	imx_write(UTXD, (unsigned char)c);
}

int uart_getc(void)
{
	if (!(imx_read(USR2) & USR2_RDR))
		return -1;
	return imx_read(URXD) & 0xff;
}

void uart_flush(void)
{
	while (!(imx_read(USR2) & USR2_TXDC))
		;
}
