/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lamport's bakery: mutual exclusion with plain loads and stores, because
 * exclusives are not guaranteed on Device memory (Arm ARM B2.2.5).
 */

#include "asm/sysreg.h"
#include "monitor.h"

static uint64_t lock_next_ticket(void)
{
	uint64_t highest = 0;
	unsigned int i;

	for (i = 0; i < CONFIG_NR_CPUS; i++) {
		if (cpus[i].lock_ticket > highest)
			highest = cpus[i].lock_ticket;
	}
	return highest + 1;
}

/* Does @other go first? Equal tickets go by index. */
static bool lock_yields_to(const struct cpu *self, const struct cpu *other)
{
	const uint64_t ticket = other->lock_ticket;

	if (!ticket || ticket > self->lock_ticket)
		return false;
	return ticket < self->lock_ticket || other < self;
}

void lock_take(struct cpu *self)
{
	unsigned int i;

	self->lock_choosing = 1;
	dsb_sy();
	self->lock_ticket = lock_next_ticket();
	dsb_sy();
	self->lock_choosing = 0;
	dsb_sy();
	for (i = 0; i < CONFIG_NR_CPUS; i++) {
		while (cpus[i].lock_choosing)
			;
		while (&cpus[i] != self && lock_yields_to(self, &cpus[i]))
			;
	}
	dsb_sy();
}

void lock_release(struct cpu *self)
{
	dsb_sy();
	self->lock_ticket = 0;
}
