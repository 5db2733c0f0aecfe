/* SPDX-License-Identifier: BSD-2-Clause */
/* Polled output on the UARTs that arm64 machines usually have. */
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

/* i.MX UART (i.MX 8M Plus reference manual) */
#define IMX_UTXD	0x40
#define IMX_UCR1	0x80
#define IMX_UCR2	0x84
#define IMX_USR2	0x98
#define IMX_UTS		0xb4
#define IMX_UARTEN	(1u << 0)
#define IMX_TXEN	(1u << 2)
#define USR2_TXDC	(1u << 3)
#define UTS_TXFULL	(1u << 4)

/* 16550 (National PC16550D), numbers of registers */
#define NS_THR		0
#define NS_LCR		3
#define NS_LSR		5
#define LCR_DLAB	(1u << 7)	/* THR is the divisor instead */
#define LSR_THRE	(1u << 5)
#define LSR_TEMT	(1u << 6)

/* A UART that never gets ready must not look like a hang of the firmware. */
#define PATIENCE	10000000u

static struct {
	enum uart_type type;
	uint64_t base;
	uint32_t shift;
	bool was_on;
} uart;

static uint32_t ns_read(unsigned int reg)
{
	uint64_t address = uart.base + (reg << uart.shift);

	return uart.type == UART_NS16550 ? read8(address) : read32(address);
}

static void ns_write(unsigned int reg, uint8_t value)
{
	uint64_t address = uart.base + (reg << uart.shift);

	if (uart.type == UART_NS16550)
		write8(address, value);
	else
		write32(address, value);
}

/* It has no switch; what can be wrong is the register behind THR. */
static bool ns_switch_on(void)
{
	uint32_t lcr = ns_read(NS_LCR);
	bool on = !(lcr & LCR_DLAB);

	if (!on)
		ns_write(NS_LCR, (uint8_t)(lcr & ~LCR_DLAB));
	return on;
}

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

static bool imx_switch_on(uint64_t base)
{
	uint32_t control = read32(base + IMX_UCR1);
	uint32_t line = read32(base + IMX_UCR2);
	bool on = (control & IMX_UARTEN) && (line & IMX_TXEN);

	if (!on) {
		write32(base + IMX_UCR1, control | IMX_UARTEN);
		write32(base + IMX_UCR2, line | IMX_TXEN);
	}
	return on;
}

void uart_use(enum uart_type type, uint64_t base, uint32_t shift)
{
	uart.type = type;
	uart.base = base;
	uart.shift = shift;
	if (type == UART_PL011)
		uart.was_on = pl011_switch_on(base);
	else if (type == UART_CADENCE)
		uart.was_on = cadence_switch_on(base);
	else if (type == UART_IMX)
		uart.was_on = imx_switch_on(base);
	else if (type == UART_NS16550 || type == UART_NS16550_32)
		uart.was_on = ns_switch_on();
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

static void ns_wait(uint32_t ready)
{
	for (uint32_t i = 0; i < PATIENCE && !(ns_read(NS_LSR) & ready); i++)
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
	case UART_IMX:
		wait_clear(uart.base + IMX_UTS, UTS_TXFULL);
		write32(uart.base + IMX_UTXD, (uint8_t)c);
		break;
	case UART_NS16550:
	case UART_NS16550_32:
		ns_wait(LSR_THRE);
		ns_write(NS_THR, (uint8_t)c);
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

static void imx_drain(void)
{
	for (uint32_t i = 0; i < PATIENCE; i++)
		if (read32(uart.base + IMX_USR2) & USR2_TXDC)
			return;
}

void uart_drain(void)
{
	if (uart.type == UART_PL011)
		wait_clear(uart.base + PL011_FR, FR_BUSY);
	else if (uart.type == UART_CADENCE)
		cadence_drain();
	else if (uart.type == UART_IMX)
		imx_drain();
	else if (uart.type != UART_NONE)
		ns_wait(LSR_TEMT);
}
