/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The power manager of the Raspberry Pis' chips, for the hooks of a board's
 * monitor: it knows how to reset the chip and nothing else.
 */
#ifndef BCM2835_PM_H
#define BCM2835_PM_H

#include "types.h"

/* @base: where its registers are. Neither returns. */
noreturn void bcm2835_pm_reset(uintptr_t base);

/* Reset with the wish that the firmware then starts nothing. */
noreturn void bcm2835_pm_off(uintptr_t base);

#endif
