/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a CPU that is not the primary waits after reset (reset_park.S): it has
 * a record, says HERE in it, and goes on when it reads GO.
 */
#ifndef ASM_HOLD_H
#define ASM_HOLD_H

/* Affinity bits that no record has a place for: Aff0 above 15, Aff2, Aff3. */
#define CPU_NO_PLACE		0xff00ff00f0

#define HOLD_HERE		0x48455245	/* it waits */
#define HOLD_GO			0x474f474f	/* it may go on */
#define HOLD_IN			0x4e494e49	/* it is in the monitor */
#define HOLD_PARKED		0x4b524150	/* it is in its spin loop */

/* A CPU's record of the spin table; two CPUs never share a cache line. */
#define SPIN_HOLD		0
#define SPIN_RELEASE		8
#define SPIN_RECORD_SIZE	128
#define SPIN_STACK_SIZE		1024

#ifndef __ASSEMBLER__
#include "types.h"

/*
 * The record of a CPU: 16 CPUs a cluster (Aff0), clusters in a row (Aff1).
 * Return: below CONFIG_NR_CPUS, or -1 if the CPU has no place.
 */
static inline int hold_index(uint64_t mpidr)
{
	const uint64_t aff0 = mpidr & 0xff;
	const uint64_t aff1 = (mpidr >> 8) & 0xff;
	const uint64_t index = aff1 * 16 + aff0;

	if ((mpidr & CPU_NO_PLACE) || index >= CONFIG_NR_CPUS)
		return -1;
	return (int)index;
}

struct spin_record {
	volatile uint64_t hold;
	volatile uint64_t release;	/* the kernel's: cpu-release-addr */
	uint8_t alone[SPIN_RECORD_SIZE - 16];
};

/* spin_table.S: the range that outlives the loader, and the records in it. */
extern char __spin_start[], __spin_end[];
extern struct spin_record spin_records[];

/*
 * What a secondary is given before it parks, on the one stack that they share
 * one after the other. Return: its SPSR for the kernel's level.
 */
uint64_t spin_setup(void);
#endif
#endif
