/* SPDX-License-Identifier: BSD-2-Clause */
/* No GIC: a parked CPU waits for the event that CPU_ON sends. */

#include "gic.h"
#include "monitor.h"
#include "asm/sysreg.h"

void gic_init(void)
{
}

void gic_cpu_init(struct cpu *self)
{
	(void)self;
}

void gic_wake(const struct cpu *target)
{
	(void)target;
	dsb_sy();
	__asm__ volatile("sev");
}

void gic_wait(struct cpu *self)
{
	(void)self;
	__asm__ volatile("wfe");
}

void gic_wake_done(void)
{
}
