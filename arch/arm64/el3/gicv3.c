/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GICv3 as EL3 must leave it (IHI 0069): affinity routing on, all groups
 * Non-secure, redistributors awake, the system-register interface open.
 */

#include "gic.h"
#include "monitor.h"
#include "asm/sysreg.h"

#define GICD_CTLR_EnableGrp0	BIT(0)
#define GICD_CTLR_ARE_S		BIT(4)
#define GICD_CTLR_ARE_NS	BIT(5)
#define GICD_CTLR_RWP		BIT(31)
#define GICD_IGRPMODR(n)	(0x0d00 + 4 * (n))

#define GICR_TYPER		0x0008
#define GICR_WAKER		0x0014
#define GICR_SGI_BASE		0x10000
#define GICR_FRAME		0x20000
#define GICR_TYPER_VLPIS	BIT(1)
#define GICR_TYPER_LAST		BIT(4)
#define GICR_WAKER_ProcessorSleep	BIT(1)
#define GICR_WAKER_ChildrenAsleep	BIT(2)

#define ICC_INTID_SPECIAL	1020

static void gicd_write_ctlr(uint32_t value)
{
	io_write32(CONFIG_GICD_BASE + GICD_CTLR, value);
	while (io_read32(CONFIG_GICD_BASE + GICD_CTLR) & GICD_CTLR_RWP)
		;
}

/* BX-21 for the SPIs; the words of SGIs and PPIs are in the GICR. */
void gic_init(void)
{
	const uint32_t typer = io_read32(CONFIG_GICD_BASE + GICD_TYPER);
	unsigned int i;

	gicd_write_ctlr(0);
	gicd_write_ctlr(GICD_CTLR_ARE_S | GICD_CTLR_ARE_NS);
	for (i = 1; i < GICD_TYPER_WORDS(typer); i++) {
		io_write32(CONFIG_GICD_BASE + GICD_IGROUPR(i),
			   gic_groups(i, GICD_TYPER_WORDS(typer)));
		io_write32(CONFIG_GICD_BASE + GICD_IGRPMODR(i), 0);
	}
	if (mutation_is(MUTATION_GIC_ACTIVE))
		io_write32(CONFIG_GICD_BASE + GICD_ISACTIVER(1), 1);
	gicd_write_ctlr(GICD_CTLR_ARE_S | GICD_CTLR_ARE_NS |
			GICD_CTLR_EnableGrp0);
}

/* GICR_TYPER[63:32] is the affinity as Aff3.Aff2.Aff1.Aff0. */
static uint32_t gicr_affinity(uint64_t mpidr)
{
	return (mpidr & 0xffffff) | ((mpidr >> 8) & 0xff000000);
}

/* The redistributor of @mpidr, or 0; frames with VLPIs are twice as long. */
static uintptr_t gicr_find(uint64_t mpidr)
{
	uintptr_t frame = CONFIG_GICR_BASE;
	uint64_t typer;

	do {
		typer = io_read64(frame + GICR_TYPER);
		if (typer >> 32 == gicr_affinity(mpidr))
			return frame;
		frame += typer & GICR_TYPER_VLPIS ? 2 * GICR_FRAME : GICR_FRAME;
	} while (!(typer & GICR_TYPER_LAST));
	return 0;
}

static void gicr_wake(uintptr_t frame)
{
	io_write32(frame + GICR_WAKER, io_read32(frame + GICR_WAKER) &
		   ~(uint32_t)GICR_WAKER_ProcessorSleep);
	while (io_read32(frame + GICR_WAKER) & GICR_WAKER_ChildrenAsleep)
		;
}

static void gicr_setup(uintptr_t frame)
{
	const uintptr_t sgi = frame + GICR_SGI_BASE;

	if (!mutation_is(MUTATION_GIC_ASLEEP))
		gicr_wake(frame);
	io_write32(sgi + GICD_IGROUPR(0), gic_groups(0, 1));
	io_write32(sgi + GICD_IGRPMODR(0), 0);
	io_write8(sgi + GICD_IPRIORITYR(0) + GIC_WAKE_SGI, 0);
}

void gic_cpu_init(struct cpu *self)
{
	const uint64_t sre = ICC_SRE_SRE | ICC_SRE_DFB | ICC_SRE_DIB;
	const uintptr_t frame = gicr_find(sysreg_read(MPIDR_EL1));

	(void)self;
	if (!frame)
		monitor_refuse("no redistributor of this CPU at GICR_BASE",
			       "another GICR_BASE", "correct it");
	gicr_setup(frame);
	/* BP-GIC3-01, -02: first the register, then the level below. */
	sysreg_write(SYS_ICC_SRE_EL3, sre | ICC_SRE_Enable);
	isb();
	sysreg_write(SYS_ICC_SRE_EL1, sre);
	isb();
	sysreg_write(SYS_ICC_CTLR_EL3, 0);		/* BP-GIC3-03 */
	sysreg_write(SYS_ICC_IGRPEN0_EL1, 0);
	sysreg_write(SYS_ICC_IGRPEN1_EL1, 0);
	sysreg_write(SYS_ICC_PMR_EL1, GIC_PRIORITY_ALL);
	isb();
}

/* SGI 15 of Group 0, to the one CPU with the target's affinity. */
void gic_wake(const struct cpu *target)
{
	const uint64_t mpidr = cpu_mpidr(target);

	dsb_sy();
	sysreg_write(SYS_ICC_SGI0R_EL1, FIELD(GIC_WAKE_SGI, 24) |
		     BIT(mpidr & 0xf) | ((mpidr & 0xff00) << 8));
	isb();
}

static uintptr_t gicr_self(void)
{
	return gicr_find(sysreg_read(MPIDR_EL1)) + GICR_SGI_BASE;
}

/*
 * SGI 15 is enabled only while the CPU sleeps here: a late one must neither
 * reach the kernel as an FIQ nor stand before the kernel's interrupts.
 */
void gic_wait(struct cpu *self)
{
	const uintptr_t sgi = gicr_self();
	uint64_t intid;

	(void)self;
	io_write32(sgi + GICD_ISENABLER(0), BIT(GIC_WAKE_SGI));
	sysreg_write(SYS_ICC_IGRPEN0_EL1, 1);
	isb();
	dsb_sy();
	__asm__ volatile("wfi");
	intid = sysreg_read(SYS_ICC_IAR0_EL1);
	if (intid < ICC_INTID_SPECIAL)
		sysreg_write(SYS_ICC_EOIR0_EL1, intid);
	sysreg_write(SYS_ICC_IGRPEN0_EL1, 0);
	io_write32(sgi + GICD_ICENABLER(0), BIT(GIC_WAKE_SGI));
	isb();
}

void gic_wake_done(void)
{
	io_write32(gicr_self() + GICD_ICPENDR(0), BIT(GIC_WAKE_SGI));
}
