/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The power manager of the BCM2835 and its successors: its watchdog resets
 * the chip, and a partition number tells the firmware what to start then.
 */
#include "bcm2835_pm.h"
#include "io.h"

#define RSTC			0x1c
#define RSTS			0x20
#define WDOG			0x24

/* In the upper byte of each write; it reads as something else. */
#define PASSWORD		0x5a000000u
#define VALUE			0x00ffffffu
#define RSTC_WRCFG		(3u << 4)
#define RSTC_FULL_RESET		(2u << 4)
/* The partition's six bits are every other of these; 63 is "none, halt". */
#define RSTS_PARTITION		0x555u
#define WDOG_TICKS		10u		/* of 16 us */

noreturn void bcm2835_pm_reset(uintptr_t base)
{
	const uint32_t now = io_read32(base + RSTC) & VALUE &
			     ~RSTC_WRCFG;

	io_write32(base + WDOG, PASSWORD | WDOG_TICKS);
	io_write32(base + RSTC, PASSWORD | now | RSTC_FULL_RESET);
	while (true)
		__asm__ volatile("wfi");
}

noreturn void bcm2835_pm_off(uintptr_t base)
{
	const uint32_t now = io_read32(base + RSTS) & VALUE;

	io_write32(base + RSTS, PASSWORD | now | RSTS_PARTITION);
	bcm2835_pm_reset(base);
}
