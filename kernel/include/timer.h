/* SPDX-License-Identifier: BSD-2-Clause */
/* The generic timers of this CPU. */
#ifndef KERNEL_TIMER_H
#define KERNEL_TIMER_H

#include "types.h"

/* Disable the timer that timer_fire() starts. */
void timers_off(void);

/*
 * Start the timer of this exception level (EL2: hypervisor physical, EL1:
 * virtual) so that its condition holds at once.
 */
void timer_fire(void);

/* The same, but so that it holds in @us microseconds. */
void timer_fire_in(unsigned int us);

/* Its INTID by the device tree, or 0. */
uint32_t timer_intid(void);

/* INTID of the hypervisor timer by the device tree, or 0. */
uint32_t hypervisor_timer_intid(void);

#endif
