/* SPDX-License-Identifier: BSD-2-Clause */
/* Just enough of GICv2 and GICv3 to take one timer interrupt. */
#ifndef KERNEL_GIC_H
#define KERNEL_GIC_H

#include "cpu.h"

struct gic {
	unsigned int version;	/* of the device tree: 0 (none), 2 or 3 */
	uint32_t node;
	uint64_t gicd, gicc;
};

/* What the device tree says; read on the first call. */
const struct gic *gic(void);

/* There is a GIC where the device tree says: reads do not fault. */
bool gic_answers(void);

/* GICv3: the redistributor frame of this CPU, 0 if there is none. */
uint64_t gic_redistributor(void);

/* GICv3 by the device tree and by ID_AA64PFR0_EL1.GIC. */
bool gic_has_sysregs(void);

/* ICC_*_EL1 can be used on this @cpu; asks for it on the first call. */
bool gic_sysregs_usable(const struct cpu *cpu);

/* Acknowledge, silence the timer, end it. Return: the INTID taken. */
uint32_t gic_take_irq(struct cpu *cpu);

/*
 * Let the PPI @intid in (distributor, redistributor, CPU interface, group 1),
 * or shut all of that again.
 */
void gic_open(uint32_t intid);
void gic_close(uint32_t intid);

#endif
