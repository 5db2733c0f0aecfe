/* SPDX-License-Identifier: BSD-2-Clause */
/* Polled output on the two UARTs that the boards of this tree have. */
#include "io.h"
#include "print.h"

/* PL011 (ARM DDI 0183) */
#define PL011_DR	0x00
#define PL011_FR	0x18
#define PL011_CR	0x30
#define FR_BUSY		(1u << 3)
#define FR_TXFF		(1u << 5)
#define CR_UARTEN	(1u << 0)
#define CR_TXE		(1u << 8)

/* Cadence UART (UG1085, module uart) */
#define CDNS_CR		0x00
#define CDNS_SR		0x2c
#define CDNS_FIFO	0x30
#define CDNS_TX_EN	(1u << 4)
#define CDNS_TX_DIS	(1u << 5)
#define SR_TXEMPTY	(1u << 3)
#define SR_TXFULL	(1u << 4)
#define SR_TACTIVE	(1u << 11)

/* A UART that never gets ready must not look like a hang of the firmware. */
#define PATIENCE	10000000u

static struct {
	enum uart_type type;
	uint64_t base;
	bool was_on;
} uart;

static bool pl011_switch_on(uint64_t base)
{
	uint32_t cr = read32(base + PL011_CR);
	bool on = (cr & (CR_UARTEN | CR_TXE)) == (CR_UARTEN | CR_TXE);

	if (!on)
		write32(base + PL011_CR, cr | CR_UARTEN | CR_TXE);
	return on;
}

static bool cadence_switch_on(uint64_t base)
{
	uint32_t cr = read32(base + CDNS_CR);
	bool on = (cr & (CDNS_TX_EN | CDNS_TX_DIS)) == CDNS_TX_EN;

	if (!on)
		write32(base + CDNS_CR, (cr & ~CDNS_TX_DIS) | CDNS_TX_EN);
	return on;
}

void uart_use(enum uart_type type, uint64_t base)
{
	uart.type = type;
	uart.base = base;
	if (type == UART_PL011)
		uart.was_on = pl011_switch_on(base);
	else if (type == UART_CADENCE)
		uart.was_on = cadence_switch_on(base);
}

bool uart_was_on(void)
{
	return uart.was_on;
}

static void wait_clear(uint64_t reg, uint32_t bits)
{
	for (uint32_t i = 0; i < PATIENCE && read32(reg) & bits; i++)
		;
}

void uart_put(char c)
{
	switch (uart.type) {
	case UART_PL011:
		wait_clear(uart.base + PL011_FR, FR_TXFF);
		write32(uart.base + PL011_DR, (uint8_t)c);
		break;
	case UART_CADENCE:
		wait_clear(uart.base + CDNS_SR, SR_TXFULL);
		write32(uart.base + CDNS_FIFO, (uint8_t)c);
		break;
	case UART_NONE:
		break;
	}
}

static void cadence_drain(void)
{
	for (uint32_t i = 0; i < PATIENCE; i++) {
		uint32_t sr = read32(uart.base + CDNS_SR);

		if ((sr & (SR_TXEMPTY | SR_TACTIVE)) == SR_TXEMPTY)
			return;
	}
}

void uart_drain(void)
{
	if (uart.type == UART_PL011)
		wait_clear(uart.base + PL011_FR, FR_BUSY);
	else if (uart.type == UART_CADENCE)
		cadence_drain();
}
