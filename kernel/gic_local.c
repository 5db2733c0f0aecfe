/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a Raspberry Pi 3 has no GIC: the local interrupt controller of the
 * BCM2836 ("Quad-A7 control", 3.2 and 3.3). Each CPU has a word that lets its
 * four timers in and one that says what is pending.
 */
#include "gic.h"
#include "io.h"

/* Of CPU 0; those of the others follow. */
#define TIMERS_CONTROL		0x40
#define IRQ_SOURCE		0x60
#define NOTHING			1023u

static uint64_t reg_of_this(uint64_t first)
{
	return gic()->gicd + first + 4 * (current_mpidr() & 3);
}

void local_open(uint32_t intid)
{
	write32(reg_of_this(TIMERS_CONTROL), 1u << (intid - LOCAL_FIRST));
}

void local_close(void)
{
	write32(reg_of_this(TIMERS_CONTROL), 0);
}

uint32_t local_pending(void)
{
	const uint32_t lines = read32(reg_of_this(IRQ_SOURCE));

	for (uint32_t line = 0; line < LOCAL_LINES; line++)
		if (lines & 1u << line)
			return LOCAL_FIRST + line;
	return NOTHING;
}
