/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 16550 (National PC16550D) and what is compatible with it, polled, 8N1.
 * Registers of 8 or 32 bits, 1 << UART_REG_SHIFT bytes apart.
 */
#include "io.h"
#include "kconfig.h"
#include "uart.h"

/* PC16550D, table II; with LCR_DLAB the first two are the divisor. */
#define RBR_THR			0u
#define DLL			0u
#define IER			1u
#define DLM			1u
#define FCR			2u
#define LCR			3u
#define MCR			4u
#define LSR			5u

#define FCR_ENABLE_AND_CLEAR	7u
#define LCR_8_BITS		3u
#define LCR_DLAB		(1u << 7)
#define MCR_DTR_RTS		3u
#define LSR_DATA_READY		(1u << 0)
#define LSR_THR_EMPTY		(1u << 5)
#define LSR_IDLE		(1u << 6)
#define DIVISOR_MAX		0xffffu

static uintptr_t address_of(unsigned int reg)
{
	return CONFIG_UART_BASE + ((uintptr_t)reg << CONFIG_UART_REG_SHIFT);
}

static uint32_t ns_read(unsigned int reg)
{
	return IS_ENABLED(CONFIG_UART_REG_32) ? io_read32(address_of(reg)) :
						io_read8(address_of(reg));
}

static void ns_write(unsigned int reg, uint32_t value)
{
	if (IS_ENABLED(CONFIG_UART_REG_32))
		io_write32(address_of(reg), value);
	else
		io_write8(address_of(reg), (uint8_t)value);
}

/* Table III: divisor = clock / (16 * baud), to the nearest. */
static void ns_set_line(uint32_t clock, uint32_t baud)
{
	uint32_t divisor = (clock / 8 / baud + 1) / 2;

	if (divisor > DIVISOR_MAX)
		divisor = DIVISOR_MAX;
	if (!divisor)
		divisor = 1;
	ns_write(LCR, LCR_8_BITS | LCR_DLAB);
	ns_write(DLL, divisor & 0xff);
	ns_write(DLM, divisor >> 8);
	ns_write(LCR, LCR_8_BITS);
}

void uart_init(void)
{
	/* Where firmware before us has printed, let its last words out. */
	uart_flush();
	/* Whoever left the divisor open: IER and THR are behind it. */
	ns_write(LCR, ns_read(LCR) & ~LCR_DLAB);
	ns_write(IER, 0);
	if (CONFIG_UART_BAUD != 0)
		ns_set_line(CONFIG_UART_CLOCK, CONFIG_UART_BAUD);
	ns_write(FCR, FCR_ENABLE_AND_CLEAR);
	ns_write(MCR, MCR_DTR_RTS);
}

void uart_putc(char c)
{
	while (!(ns_read(LSR) & LSR_THR_EMPTY))
		;
	ns_write(RBR_THR, (unsigned char)c);
}

int uart_getc(void)
{
	if (!(ns_read(LSR) & LSR_DATA_READY))
		return -1;
	return ns_read(RBR_THR) & 0xff;
}

void uart_flush(void)
{
	while (!(ns_read(LSR) & LSR_IDLE))
		;
}
