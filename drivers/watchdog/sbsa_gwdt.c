/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The generic watchdog of servers (Arm BSA, DEN0094, appendix "Generic
 * watchdog"): restarts a machine whose loader hangs. Only the control frame
 * is used, which is the first of the binding "arm,sbsa-gwdt".
 */
#include "arch.h"
#include "driver.h"
#include "err.h"
#include "io.h"

#define WCS			0x000	/* control and status */
#define WOR			0x008	/* period; a write starts it anew */
#define WOR_HIGH		0x00c	/* of 48 bits, from revision 1 on */
#define W_IIDR			0xfcc
#define FRAME_SIZE		0x1000u

#define WCS_EN			(1u << 0)
#define W_IIDR_REVISION(iidr)	((iidr) >> 16 & 0xf)
#define WOR_MAX			((uint64_t)UINT32_MAX)
#define WOR_MAX_48		((1ull << 48) - 1)

static uintptr_t control;	/* 0: no watchdog runs */
static uint64_t period;

static void gwdt_restart(void)
{
	if (control)
		io_write32(control + WOR, (uint32_t)period);
}

/*
 * After one period an interrupt is raised, which nobody takes, after the
 * second one the machine is reset: half the time each, or what fits.
 */
static int gwdt_probe(const struct device *device)
{
	const uintptr_t base = device->regs.base;
	uint64_t limit = WOR_MAX;

	if (device->regs.size < FRAME_SIZE)
		return -EINVAL;
	if (control)
		return -ENOSPC;
	io_write32(base + WCS, 0);
	period = arch_counter_freq() * CONFIG_WATCHDOG_SECONDS / 2;
	if (W_IIDR_REVISION(io_read32(base + W_IIDR)) >= 1)
		limit = WOR_MAX_48;
	if (period > limit)
		period = limit;
	if (limit == WOR_MAX_48)
		io_write32(base + WOR_HIGH, (uint32_t)(period >> 32));
	control = base;
	gwdt_restart();
	io_write32(base + WCS, WCS_EN);
	return 0;
}

/* HO-29: it would reset the machine below a kernel that has no driver yet. */
static void gwdt_stop(void)
{
	if (control)
		io_write32(control + WCS, 0);
	control = 0;
}

static const char *const compatible[] = { "arm,sbsa-gwdt", NULL };
static const struct driver driver_sbsa_gwdt = {
	.name = "watchdog", .compatible = compatible, .probe = gwdt_probe,
	.alive = gwdt_restart, .stop = gwdt_stop,
};
TABLE_ADD(driver, 50, driver_sbsa_gwdt);
