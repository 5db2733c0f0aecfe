/* SPDX-License-Identifier: BSD-2-Clause */
/* Just enough of GICv2 and GICv3 to take one timer interrupt. */
#ifndef KERNEL_GIC_H
#define KERNEL_GIC_H

#include "cpu.h"

/* No GIC, but something that can let a timer in; its lines are numbered so. */
#define GIC_LOCAL	1u
#define LOCAL_FIRST	16u
#define LOCAL_LINES	4u

struct gic {
	/* of the device tree: 0 (none), GIC_LOCAL, 2 or 3 */
	unsigned int version;
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

/* GICv2 and v3: where the bits of SGIs and PPIs of this CPU are, or 0. */
uint64_t gic_private(void);

/* Send the SGI @intid to this CPU itself. */
void gic_send_to_self(uint32_t intid);

/* Take the pending interrupt with DAIF still masked, and end it. */
uint32_t gic_acknowledge(void);

/* The last SPI that there is by GICD_TYPER, 0 if there is none. */
uint32_t gic_last_spi(void);

/*
 * Try to enable 32 SPIs from @first on, then disable them all. Return: which
 * of them took it: those that are not in Group 1 of Non-secure do not.
 */
uint32_t gic_try_spis(uint32_t first);

/* Make SPI @intid pending for this CPU by software, or undo all of that. */
void gic_raise_spi(uint32_t intid);
void gic_drop_spi(uint32_t intid);

/* Acknowledge, silence the timer, end it. Return: the INTID taken. */
uint32_t gic_take_irq(struct cpu *cpu);

/*
 * Let the PPI @intid in (distributor, redistributor, CPU interface, group 1),
 * or shut all of that again.
 */
void gic_open(uint32_t intid);
void gic_close(uint32_t intid);

/* The same for GIC_LOCAL; what is pending, or 1023. */
void local_open(uint32_t intid);
void local_close(void);
uint32_t local_pending(void);

#endif
