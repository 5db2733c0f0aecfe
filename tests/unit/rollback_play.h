/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot/rollback.c above a monitor that is played here. To be included once a
 * program file, behind the policy (CONFIG_TRUST_*, CONFIG_ROLLBACK_*).
 */
#ifndef ROLLBACK_PLAY_H
#define ROLLBACK_PLAY_H

#include "boot.h"
#include "err.h"
#include "mock.h"
#include "rollback.h"
#include "unit.h"
#include <string.h>

#undef CONFIG_SECURE_FLASH_BASE
#define CONFIG_SECURE_FLASH_BASE	0x03f80000

static struct {
	int64_t counter, limit;
	unsigned int busy;		/* raises that find it busy */
	int64_t raise_error, close_error;
	unsigned int raises;
	int64_t raised_to;		/* the last argument */
} monitor;

static int64_t monitor_call(enum psci_conduit conduit, uint32_t function,
			    uint64_t a1, uint64_t a2, uint64_t a3)
{
	CHECK(conduit == PSCI_SMC && !a2 && !a3);
	if (function == ROLLBACK_GET)
		return a1 ? monitor.limit : monitor.counter;
	if (function == ROLLBACK_CLOSE) {
		monitor.limit = (int64_t)a1;
		return monitor.close_error;
	}
	CHECK_EQ(function, ROLLBACK_RAISE);
	if (monitor.busy) {
		monitor.busy--;
		return ROLLBACK_BUSY;
	}
	monitor.raises++;
	monitor.raised_to = (int64_t)a1;
	if (!monitor.raise_error && monitor.counter < (int64_t)a1)
		monitor.counter = (int64_t)a1;
	return monitor.raise_error;
}

#define arch_psci		monitor_call
#define boot_rollback_check	played_check
#define boot_rollback_leave	played_leave
static int played_check(struct boot *boot);
static int played_leave(struct boot *boot);
#include "../../boot/rollback.c"

static struct boot boot;

/* A candidate of that index, while the counter is at @counter. */
static void start(int64_t counter, bool verified, uint32_t index)
{
	mock_reset();
	memset(&boot, 0, sizeof(boot));
	boot.step = "verify";
	boot.ledger = &mock_ledger;
	ledger_init(boot.ledger);
	mock.tick = 1;
	memset(&monitor, 0, sizeof(monitor));
	monitor.counter = counter;
	monitor.limit = ROLLBACK_MAX;
	boot.candidate.trust.verified = verified;
	boot.candidate.trust.rollback_index = index;
}

static bool said(const char *text)
{
	return !IS_ENABLED(CONFIG_ERROR_TEXTS) || mock_said(text);
}

#endif
