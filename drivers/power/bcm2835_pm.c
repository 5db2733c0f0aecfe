/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The power manager of the BCM2835 and its successors, by which the monitor
 * ends the machine: its watchdog resets the chip, and a partition number tells
 * the firmware what to start then.
 */
#include "board_monitor.h"
#include "io.h"

#define RSTC			(CONFIG_BCM2835_PM_BASE + 0x1c)
#define RSTS			(CONFIG_BCM2835_PM_BASE + 0x20)
#define WDOG			(CONFIG_BCM2835_PM_BASE + 0x24)

/* In the upper byte of each write; it reads as something else. */
#define PASSWORD		0x5a000000u
#define VALUE			0x00ffffffu
#define RSTC_WRCFG		(3u << 4)
#define RSTC_FULL_RESET		(2u << 4)
/* The partition's six bits are every other of these; 63 is "none, halt". */
#define RSTS_PARTITION		0x555u
#define WDOG_TICKS		10u		/* of 16 us */

void board_system_reset(void)
{
	const uint32_t now = io_read32(RSTC) & VALUE & ~RSTC_WRCFG;

	io_write32(WDOG, PASSWORD | WDOG_TICKS);
	io_write32(RSTC, PASSWORD | now | RSTC_FULL_RESET);
	while (true)
		__asm__ volatile("wfi");
}

/* A reset with the wish that the firmware then starts nothing. */
void board_system_off(void)
{
	const uint32_t now = io_read32(RSTS) & VALUE;

	io_write32(RSTS, PASSWORD | now | RSTS_PARTITION);
	board_system_reset();
}
