/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console UART: exactly one driver is compiled in, chosen by Kconfig
 * (UART_*, UART_BASE, UART_CLOCK, UART_BAUD), so that it works by plain
 * calls from the first instruction on, in the monitor and in the loader.
 */
#ifndef UART_H
#define UART_H

/* Enable the transmitter; sets the baud rate unless UART_BAUD is 0. */
void uart_init(void);

/* Send one byte, waiting for room. */
void uart_putc(char c);

/* The next received byte (0..255) or -1 if none waits. */
int uart_getc(void);

/* Wait until the last byte has left the shift register. */
void uart_flush(void);

#endif
