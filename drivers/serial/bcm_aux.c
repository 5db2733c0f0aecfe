/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The mini UART of the Raspberry Pis ("BCM2835 ARM Peripherals", 2.2), polled,
 * 8N1. It looks like a 16550, but has a switch, a clock and an enable bit of
 * its own. UART_BASE is that of its own registers, AUX_MU_IO.
 */
#include "io.h"
#include "uart.h"

#define AUX_ENABLES		(CONFIG_UART_BASE - 0x3c)
#define IO			0x00
#define IER			0x04
#define IIR			0x08
#define LCR			0x0c
#define MCR			0x10
#define LSR			0x14
#define CNTL			0x20
#define BAUD			0x28

#define ENABLES_MINI_UART	(1u << 0)
#define IIR_CLEAR_FIFOS		(3u << 1)
/* The manual has one bit there; the chip wants both for eight data bits. */
#define LCR_8_BITS		3u
#define LSR_DATA_READY		(1u << 0)
#define LSR_TX_EMPTY		(1u << 5)
#define LSR_TX_IDLE		(1u << 6)
#define CNTL_RX			(1u << 0)
#define CNTL_TX			(1u << 1)

static uint32_t aux_read(unsigned int reg)
{
	return io_read32(CONFIG_UART_BASE + reg);
}

static void aux_write(unsigned int reg, uint32_t value)
{
	io_write32(CONFIG_UART_BASE + reg, value);
}

/* 2.2.1: baud = clock / (8 * (register + 1)), to the nearest. */
static void aux_set_line(uint32_t clock, uint32_t baud)
{
	const uint32_t divisor = (clock / 4 / baud + 1) / 2;

	aux_write(LCR, LCR_8_BITS);
	aux_write(MCR, 0);
	aux_write(BAUD, divisor ? divisor - 1 : 0);
	aux_write(IIR, IIR_CLEAR_FIFOS);
}

void uart_init(void)
{
	const uint32_t enables = io_read32(AUX_ENABLES);

	/* Where firmware before us has printed, let its last words out. */
	if ((enables & ENABLES_MINI_UART) && (aux_read(CNTL) & CNTL_TX))
		uart_flush();
	/* Switched off, it has no registers. */
	io_write32(AUX_ENABLES, enables | ENABLES_MINI_UART);
	aux_write(IER, 0);
	if (CONFIG_UART_BAUD != 0) {
		aux_write(CNTL, 0);
		aux_set_line(CONFIG_UART_CLOCK, CONFIG_UART_BAUD);
	}
	aux_write(CNTL, CNTL_RX | CNTL_TX);
}

void uart_putc(char c)
{
	while (!(aux_read(LSR) & LSR_TX_EMPTY))
		;
	aux_write(IO, (unsigned char)c);
}

int uart_getc(void)
{
	if (!(aux_read(LSR) & LSR_DATA_READY))
		return -1;
	return aux_read(IO) & 0xff;
}

void uart_flush(void)
{
	while (!(aux_read(LSR) & LSR_TX_IDLE))
		;
}
