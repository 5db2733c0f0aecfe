/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What both GIC drivers of the monitor share. Every interrupt is Group 1
 * Non-secure but SGI 15, which wakes a parked CPU: SGIs 8 to 15 are the
 * secure world's by Arm's convention (IHI 0069, 8.1), Linux uses 0 to 7.
 */
#ifndef GIC_H
#define GIC_H

#include "io.h"
#include "mutation.h"

#define GIC_WAKE_SGI		15
#define GIC_SGI_PPI_GROUP1	0xffff7fffu	/* all of 0..31 but SGI 15 */
#define GIC_PRIORITY_ALL	(mutation_is(MUTATION_GIC_PMR) ? 0x40 : 0xff)

#define GICD_CTLR		0x0000
#define GICD_TYPER		0x0004
#define GICD_IGROUPR(n)		(0x0080 + 4 * (n))
#define GICD_ISENABLER(n)	(0x0100 + 4 * (n))
#define GICD_ICENABLER(n)	(0x0180 + 4 * (n))
#define GICD_ICPENDR(n)		(0x0280 + 4 * (n))
#define GICD_ISACTIVER(n)	(0x0300 + 4 * (n))
#define GICD_IPRIORITYR(n)	(0x0400 + 4 * (n))
#define GICD_ITARGETSR(n)	(0x0800 + 4 * (n))
#define GICD_SGIR		0x0f00

/* Group bits of the interrupts from 32 * @word on, of which there are @words. */
static inline uint32_t gic_groups(unsigned int word, unsigned int words)
{
	if (!word)
		return mutation_is(MUTATION_GIC_PPI) ? 0x00007fff :
		       mutation_is(MUTATION_GIC_SGI) ? 0xffff0000 :
		       GIC_SGI_PPI_GROUP1;
	if (mutation_is(MUTATION_GIC_SPI) ||
	    (mutation_is(MUTATION_GIC_LAST_SPI) && word + 1 == words))
		return 0;
	return ~0u;
}

/* GICD_TYPER.ITLinesNumber: 32 * (N + 1) interrupt lines. */
#define GICD_TYPER_WORDS(typer)	(((typer) & 0x1f) + 1)

#endif
