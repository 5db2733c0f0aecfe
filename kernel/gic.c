/* SPDX-License-Identifier: BSD-2-Clause */
/* Just enough of GICv2 (IHI 0048) and GICv3 (IHI 0069) for one PPI. */
#include "gic.h"
#include "io.h"
#include "machine.h"
#include "timer.h"

#define GICD_CTLR		0x000
#define GICD_ISENABLER0		0x100
#define GICD_ICENABLER0		0x180
#define GICD_ICPENDR0		0x280
#define GICD_IPRIORITYR		0x400
#define CTLR_GRP		(1u << 0)	/* v2, and v3 without ARE */
#define CTLR_GRP1A		(1u << 1)
#define CTLR_ARE		(1u << 4)
#define CTLR_RWP		(1u << 31)

#define GICC_CTLR		0x00
#define GICC_PMR		0x04
#define GICC_IAR		0x0c
#define GICC_EOIR		0x10

#define GICR_WAKER		0x14
#define GICR_TYPER		0x08
#define GICR_SGI		0x10000
#define GICR_IGROUPR0		(GICR_SGI + 0x80)
#define TYPER_VLPIS		(1u << 1)
#define TYPER_LAST		(1u << 4)
#define WAKER_SLEEP		(1u << 1)
#define WAKER_CHILDREN		(1u << 2)


#define WAIT			1000000

static struct gic the_gic;

static uint32_t find(unsigned int version, const char *compatible)
{
	uint32_t node;

	if (the_gic.version)
		return the_gic.node;
	node = fdt_compatible(&machine.fdt, FDT_ROOT, compatible);
	if (node != FDT_NONE)
		the_gic.version = version;
	return node;
}

const struct gic *gic(void)
{
	uint64_t size;

	if (the_gic.version || !have_fdt())
		return &the_gic;
	the_gic.node = find(3, "arm,gic-v3");
	the_gic.node = find(2, "arm,gic-400");
	the_gic.node = find(2, "arm,cortex-a15-gic");
	the_gic.node = find(2, "arm,cortex-a9-gic");
	the_gic.node = find(GIC_LOCAL, "brcm,bcm2836-l1-intc");
	if (!the_gic.version)
		return &the_gic;
	fdt_reg(&machine.fdt, the_gic.node, 0, &the_gic.gicd, &size);
	if (the_gic.version == 2)
		fdt_reg(&machine.fdt, the_gic.node, 1, &the_gic.gicc, &size);
	return &the_gic;
}

extern const char read32_trial[];

bool gic_answers(void)
{
	const struct gic *g = gic();

	return g->version && !probe(read32_trial, g->gicd + GICD_CTLR) &&
	       (g->version != 2 || !probe(read32_trial, g->gicc + GICC_PMR));
}

/* This CPU's frame in one region of redistributors. */
static uint64_t frame_in(uint64_t base, uint64_t size)
{
	uint64_t mpidr = current_mpidr();
	uint32_t affinity = (uint32_t)(mpidr >> 8 & 0xff000000) |
			    (uint32_t)(mpidr & 0xffffff);
	uint64_t end = base + size;

	while (base + GICR_SGI < end) {
		uint32_t low;

		if (probe(read32_trial, base + GICR_TYPER))
			break;
		low = read32(base + GICR_TYPER);
		if (read32(base + GICR_TYPER + 4) == affinity)
			return base;
		if (low & TYPER_LAST)
			break;
		base += low & TYPER_VLPIS ? 4 * GICR_SGI : 2 * GICR_SGI;
	}
	return 0;
}

uint64_t gic_redistributor(void)
{
	const struct fdt *f = &machine.fdt;
	uint32_t regions = fdt_u32(f, gic()->node, "#redistributor-regions", 1);
	uint64_t base, size, frame = 0;

	for (uint32_t i = 0; i < regions && !frame; i++)
		if (fdt_reg(f, gic()->node, 1 + i, &base, &size))
			frame = frame_in(base, size);
	return frame;
}

uint32_t gic_take_irq(struct cpu *cpu)
{
	uint32_t id;

	if (gic()->version == 3)
		id = (uint32_t)read_sysreg(ICC_IAR1);
	else if (gic()->version == 2)
		id = read32(gic()->gicc + GICC_IAR);
	else
		id = local_pending();
	cpu->irq_count++;
	timers_off();
	if (gic()->version == 3)
		write_sysreg(id, ICC_EOIR1);
	else if (gic()->version == 2)
		write32(gic()->gicc + GICC_EOIR, id);
	isb();
	return id & 0x3ff;
}

static void wait_clear(uint64_t reg, uint32_t bits)
{
	for (int i = 0; i < WAIT && read32(reg) & bits; i++)
		;
}

/*
 * Group and wake-up are the kernel's business where there is one security
 * state only; with two, these writes have no effect, and the interrupt comes
 * only if EL3 has done its part (BX-21).
 */
static void open_v3(uint32_t intid)
{
	uint64_t gicd = gic()->gicd;
	uint64_t rd = gic_redistributor();

	write32(gicd + GICD_CTLR, CTLR_ARE | CTLR_GRP1A);
	wait_clear(gicd + GICD_CTLR, CTLR_RWP);
	if (!rd)
		return;
	write32(rd + GICR_WAKER, read32(rd + GICR_WAKER) & ~WAKER_SLEEP);
	wait_clear(rd + GICR_WAKER, WAKER_CHILDREN);
	write32(rd + GICR_IGROUPR0, 0xffffffff);
	*(volatile uint8_t *)(rd + GICR_SGI + GICD_IPRIORITYR + intid) = 0xa0;
	write32(rd + GICR_SGI + GICD_ICPENDR0, 1u << intid);
	write32(rd + GICR_SGI + GICD_ISENABLER0, 1u << intid);
	write_sysreg(0xff, ICC_PMR);
	write_sysreg(1, ICC_IGRPEN1);
}

static void open_v2(uint32_t intid)
{
	uint64_t gicd = gic()->gicd;

	write32(gicd + GICD_CTLR, CTLR_GRP);
	*(volatile uint8_t *)(gicd + GICD_IPRIORITYR + intid) = 0xa0;
	write32(gicd + GICD_ICPENDR0, 1u << intid);
	write32(gicd + GICD_ISENABLER0, 1u << intid);
	write32(gic()->gicc + GICC_PMR, 0xf0);
	write32(gic()->gicc + GICC_CTLR, 1);
}

void gic_open(uint32_t intid)
{
	if (gic()->version == 3)
		open_v3(intid);
	else if (gic()->version == 2)
		open_v2(intid);
	else
		local_open(intid);
	dsb();
	isb();
}

void gic_close(uint32_t intid)
{
	uint64_t rd;

	if (gic()->version == GIC_LOCAL) {
		local_close();
		return;
	}
	if (gic()->version == 2) {
		write32(gic()->gicd + GICD_ICENABLER0, 1u << intid);
		write32(gic()->gicc + GICC_CTLR, 0);
		return;
	}
	rd = gic_redistributor();
	if (rd)
		write32(rd + GICR_SGI + GICD_ICENABLER0, 1u << intid);
	write_sysreg(0, ICC_IGRPEN1);
	isb();
}
