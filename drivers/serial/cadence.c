/* SPDX-License-Identifier: BSD-2-Clause */
/* Cadence UART of Xilinx Zynq and Zynq UltraScale+, polled, 8N1. */
#include "io.h"
#include "uart.h"

/* Zynq UltraScale+ register reference (UG1087), module UART */
#define CONTROL			0x00
#define MODE			0x04
#define INTRPT_DIS		0x0c
#define CHNL_INT_STS		0x14
#define BAUD_RATE_GEN		0x18
#define CHANNEL_STS		0x2c
#define TX_RX_FIFO		0x30
#define BAUD_RATE_DIVIDER	0x34

#define CONTROL_RXRES		(1u << 0)
#define CONTROL_TXRES		(1u << 1)
#define CONTROL_RXEN		(1u << 2)
#define CONTROL_TXEN		(1u << 4)

/* CHMODE normal, one stop bit, eight data bits: all zero but the parity. */
#define MODE_PAR_NONE		(4u << 3)

#define INTRPT_ALL		0x3fffu

#define CHANNEL_STS_REMPTY	(1u << 1)
#define CHANNEL_STS_TEMPTY	(1u << 3)
#define CHANNEL_STS_TFUL	(1u << 4)
#define CHANNEL_STS_TACTIVE	(1u << 11)

#define BDIV_MIN		4u
#define BDIV_MAX		255u

static uint32_t cadence_read(unsigned int reg)
{
	return io_read32(CONFIG_UART_BASE + reg);
}

static void cadence_write(unsigned int reg, uint32_t value)
{
	io_write32(CONFIG_UART_BASE + reg, value);
}

/*
 * baud = clock / (CD * (BDIV + 1)), CD 1..65535, BDIV 4..255 (UG1085, UART
 * "Baud Rate Generator"): take the pair that comes nearest.
 */
static void cadence_set_baud(uint32_t clock, uint32_t baud)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t bdiv = BDIV_MIN; bdiv <= BDIV_MAX; bdiv++) {
		uint32_t step = baud * (bdiv + 1);
		uint32_t cd = (clock + step / 2) / step;
		uint32_t got = cd * step;
		uint32_t error = got > clock ? got - clock : clock - got;

		if (cd == 0 || cd > 0xffff || error >= best)
			continue;
		best = error;
		cadence_write(BAUD_RATE_GEN, cd);
		cadence_write(BAUD_RATE_DIVIDER, bdiv);
	}
}

void uart_init(void)
{
	/* Where firmware before us has printed, let its last words out. */
	if (cadence_read(CONTROL) & CONTROL_TXEN)
		uart_flush();
	cadence_write(INTRPT_DIS, INTRPT_ALL);
	cadence_write(CHNL_INT_STS, INTRPT_ALL);
	if (CONFIG_UART_BAUD != 0) {
		/* The generator may be changed only while both ways are off. */
		cadence_write(CONTROL, 0);
		cadence_set_baud(CONFIG_UART_CLOCK, CONFIG_UART_BAUD);
		cadence_write(MODE, MODE_PAR_NONE);
		cadence_write(CONTROL, CONTROL_RXRES | CONTROL_TXRES);
		/* Both bits clear themselves when the FIFOs are empty. */
		while (cadence_read(CONTROL) & (CONTROL_RXRES | CONTROL_TXRES))
			;
	}
	cadence_write(CONTROL, CONTROL_RXEN | CONTROL_TXEN);
}

void uart_putc(char c)
{
	while (cadence_read(CHANNEL_STS) & CHANNEL_STS_TFUL)
		;
	cadence_write(TX_RX_FIFO, (unsigned char)c);
}

int uart_getc(void)
{
	if (cadence_read(CHANNEL_STS) & CHANNEL_STS_REMPTY)
		return -1;
	return cadence_read(TX_RX_FIFO) & 0xff;
}

void uart_flush(void)
{
	uint32_t status;

	do {
		status = cadence_read(CHANNEL_STS);
	} while (!(status & CHANNEL_STS_TEMPTY) ||
		 (status & CHANNEL_STS_TACTIVE));
}
