/* SPDX-License-Identifier: BSD-2-Clause */
/* A timer interrupt of this exception level, made pending for a row. */
#ifndef KERNEL_IRQ_H
#define KERNEL_IRQ_H

#include "cpu.h"

/* NULL, or why no timer interrupt can be tried here. */
const char *no_interrupt(const struct cpu *cpu);

/*
 * Let the timer's PPI in and start the timer. Return: the INTID that the CPU
 * interface then names as pending, the timer's after at most 500 ms.
 */
uint32_t irq_raise(void);

/* Wait for it, as irq_raise() does. Return: what is pending. */
uint32_t irq_wait(uint32_t intid);

/*
 * EL2 gets interrupts only if it asks for them. Return: HCR_EL2 as it was,
 * for irq_route_back().
 */
uint64_t irq_route_here(void);
void irq_route_back(uint64_t hcr);

/*
 * The boot CPU sleeps for about @us microseconds and so leaves the host to
 * others; it returns at once if the rows of BX-06 have found no way.
 */
void nap(unsigned int us);

/* Silence the timer and shut the PPI again. */
void irq_drop(void);

#endif
