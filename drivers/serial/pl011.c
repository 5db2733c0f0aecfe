/* SPDX-License-Identifier: BSD-2-Clause */
/* Arm PrimeCell UART PL011 (Arm DDI 0183), polled, 8N1. */
#include "io.h"
#include "uart.h"

/* DDI 0183 table 3-1 */
#define UARTDR			0x000
#define UARTFR			0x018
#define UARTIBRD		0x024
#define UARTFBRD		0x028
#define UARTLCR_H		0x02c
#define UARTCR			0x030
#define UARTIMSC		0x038
#define UARTICR			0x044

#define UARTFR_BUSY		(1u << 3)
#define UARTFR_RXFE		(1u << 4)
#define UARTFR_TXFF		(1u << 5)

#define UARTLCR_H_FEN		(1u << 4)
#define UARTLCR_H_WLEN_8	(3u << 5)

#define UARTCR_UARTEN		(1u << 0)
#define UARTCR_TXE		(1u << 8)
#define UARTCR_RXE		(1u << 9)

#define UARTICR_ALL		0x7ffu

static uint32_t pl011_read(unsigned int reg)
{
	return io_read32(CONFIG_UART_BASE + reg);
}

static void pl011_write(unsigned int reg, uint32_t value)
{
	io_write32(CONFIG_UART_BASE + reg, value);
}

/*
 * The divisor is clock / (16 * baud) with 6 bits of fraction, rounded
 * (DDI 0183, 3.3.6). The UART must be disabled, and the write of UARTLCR_H
 * is what makes the two divisor registers take effect.
 */
static void pl011_set_line(uint64_t clock, uint64_t baud)
{
	uint64_t divisor = (clock * 4 + baud / 2) / baud;

	pl011_write(UARTIBRD, (uint32_t)(divisor >> 6));
	pl011_write(UARTFBRD, (uint32_t)(divisor & 0x3f));
	pl011_write(UARTLCR_H, UARTLCR_H_FEN | UARTLCR_H_WLEN_8);
}

void uart_init(void)
{
	/* Where firmware before us has printed, let its last words out. */
	if (pl011_read(UARTCR) & UARTCR_UARTEN)
		uart_flush();
	if (CONFIG_UART_BAUD != 0) {
		pl011_write(UARTCR, 0);
		pl011_set_line(CONFIG_UART_CLOCK, CONFIG_UART_BAUD);
	}
	pl011_write(UARTIMSC, 0);
	pl011_write(UARTICR, UARTICR_ALL);
	pl011_write(UARTCR, UARTCR_UARTEN | UARTCR_TXE | UARTCR_RXE);
}

void uart_putc(char c)
{
	while (pl011_read(UARTFR) & UARTFR_TXFF)
		;
	pl011_write(UARTDR, (unsigned char)c);
}

int uart_getc(void)
{
	if (pl011_read(UARTFR) & UARTFR_RXFE)
		return -1;
	return pl011_read(UARTDR) & 0xff;
}

void uart_flush(void)
{
	while (pl011_read(UARTFR) & UARTFR_BUSY)
		;
}
