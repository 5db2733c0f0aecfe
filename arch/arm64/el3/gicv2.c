/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GICv2 as EL3 must leave it (IHI 0048). Without the Security Extensions all
 * of it is the kernel's, which uses Group 0: then a parked CPU waits for the
 * event that CPU_ON sends in any case, and not for our SGI.
 */

#include "gic.h"
#include "monitor.h"
#include "asm/sysreg.h"

#define GICD_CTLR_EnableGrp0	BIT(0)
#define GICD_TYPER_SecurityExtn	BIT(10)
#define GICC_CTLR		0x0000
#define GICC_PMR		0x0004
#define GICC_IAR		0x000c
#define GICC_EOIR		0x0010
#define GICC_CTLR_EnableGrp0	BIT(0)
#define GICD_CPENDSGIR(n)	(0x0f10 + (n))	/* a byte an SGI */
#define GICC_INTID(iar)		((iar) & 0x3ff)
#define GICC_INTID_SPECIAL	1020

static bool is_kernels(void)
{
	return !(io_read32(CONFIG_GICD_BASE + GICD_TYPER) &
		 GICD_TYPER_SecurityExtn);
}

static uint32_t groups(unsigned int word, unsigned int words)
{
	return is_kernels() ? 0 : gic_groups(word, words);
}

/* BX-22 for the SPIs; word 0 is banked and each CPU's own. */
void gic_init(void)
{
	const uint32_t typer = io_read32(CONFIG_GICD_BASE + GICD_TYPER);
	unsigned int i;

	io_write32(CONFIG_GICD_BASE + GICD_CTLR, 0);
	for (i = 1; i < GICD_TYPER_WORDS(typer); i++)
		io_write32(CONFIG_GICD_BASE + GICD_IGROUPR(i),
			   groups(i, GICD_TYPER_WORDS(typer)));
	if (mutation_is(MUTATION_GIC_ACTIVE))
		io_write32(CONFIG_GICD_BASE + GICD_ISACTIVER(1), 1);
	if (!is_kernels())
		io_write32(CONFIG_GICD_BASE + GICD_CTLR, GICD_CTLR_EnableGrp0);
}

/*
 * BX-22: a PMR below 0x80 would keep Non-secure code from setting it.
 * GICD_ITARGETSR0 reads as the bit of the CPU that reads.
 */
void gic_cpu_init(struct cpu *self)
{
	io_write32(CONFIG_GICD_BASE + GICD_IGROUPR(0), groups(0, 1));
	if (!is_kernels()) {
		io_write8(CONFIG_GICD_BASE + GICD_IPRIORITYR(0) + GIC_WAKE_SGI,
			  0);
		io_write32(CONFIG_GICD_BASE + GICD_ISENABLER(0),
			   BIT(GIC_WAKE_SGI));
	}
	self->gic_target = io_read8(CONFIG_GICD_BASE + GICD_ITARGETSR(0));
	io_write32(CONFIG_GICC_BASE + GICC_PMR, GIC_PRIORITY_ALL);
	io_write32(CONFIG_GICC_BASE + GICC_CTLR, 0);
}

/* SGI 15 with NSATT = 0, so of Group 0, by CPU interface number. */
void gic_wake(const struct cpu *target)
{
	dsb_sy();
	if (is_kernels())
		return;
	io_write32(CONFIG_GICD_BASE + GICD_SGIR,
		   (target->gic_target & 0xff) << 16 | GIC_WAKE_SGI);
}

/* Group 0 is enabled only while the CPU sleeps here, as with GICv3. */
void gic_wait(struct cpu *self)
{
	uint32_t iar;

	(void)self;
	if (is_kernels()) {
		__asm__ volatile("wfe");
		return;
	}
	io_write32(CONFIG_GICC_BASE + GICC_CTLR, GICC_CTLR_EnableGrp0);
	dsb_sy();
	__asm__ volatile("wfi");
	iar = io_read32(CONFIG_GICC_BASE + GICC_IAR);
	if (GICC_INTID(iar) < GICC_INTID_SPECIAL)
		io_write32(CONFIG_GICC_BASE + GICC_EOIR, iar);
	io_write32(CONFIG_GICC_BASE + GICC_CTLR, 0);
}

/* A byte of GICD_CPENDSGIR has a bit for each CPU that may have sent it. */
void gic_wake_done(void)
{
	if (!is_kernels())
		io_write8(CONFIG_GICD_BASE + GICD_CPENDSGIR(GIC_WAKE_SGI),
			  0xff);
}
