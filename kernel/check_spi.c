/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about interrupts that are no timer's: SGIs, SPIs, and none at all. */
#include "check.h"
#include "gic.h"
#include "io.h"
#include "irq.h"
#include "timer.h"

#define GICD_ISPENDR0	0x200
#define GICD_ISACTIVER	0x300
#define GICD_CTLR	0x000
#define GICD_CTLR_DS	(1u << 6)
#define SGI		0u
#define FIRST_SPI	32u

extern const char irq_window_trial[];

/* NULL, or why interrupts of GICv@version cannot be tried on @cpu. */
static const char *not_gic(struct cpu *cpu, unsigned int version)
{
	const char *why = no_interrupt(cpu);

	if (why)
		return why;
	if (gic()->version == GIC_LOCAL)
		return "no GIC";
	if (gic()->version != version)
		return version == 3 ? "no GICv3" : "no GICv2";
	if (version == 3 && !gic_sysregs_usable(cpu))
		return "the ICC registers cannot be used";
	return gic_private() ? NULL : "no redistributor for this CPU";
}

/* HCR_EL2.IMO and FMO take the registers that send one. */
static struct verdict sgi_pending(void)
{
	uint32_t seen;

	announce_probe(gic()->version == 3 ? "BX-21" : "BX-22");
	gic_open(SGI);
	gic_send_to_self(SGI);
	seen = irq_wait(SGI);
	if (seen == SGI)
		gic_acknowledge();
	gic_close(SGI);
	return want_equal(SGI, seen);
}

static struct verdict spi_pending(void)
{
	uint32_t intid = gic_last_spi(), seen;

	if (!intid)
		return skip("the GIC has no SPI");
	gic_open(timer_intid());
	gic_raise_spi(intid);
	seen = irq_wait(intid);
	gic_drop_spi(intid);
	gic_close(timer_intid());
	return want_equal(intid, seen);
}

/*
 * All of them, as a loop that ends early leaves the last ones to Secure. An
 * SPI that is not implemented takes no enable either: those come last.
 */
static struct verdict spis_ours(void)
{
	uint32_t last = gic_last_spi();

	if (!has_el3())
		return skip("no EL3");
	if (!last)
		return skip("the GIC has no SPI");
	for (uint32_t first = FIRST_SPI; first <= last; first += 32) {
		uint32_t took = gic_try_spis(first);

		if (took != UINT32_MAX && (first + 32 < last || !took ||
					   (took & (took + 1))))
			return fail("SPIs from this one on in Group 1", first);
	}
	return pass();
}

CHECK(77, bx_21_sgi, ON_CPU, "BX-21", "an SGI is in Group 1, GICv3")
{
	const char *why = not_gic(cpu, 3);

	return why ? skip(why) : sgi_pending();
}

CHECK(77, bx_21_spi, ON_CPU, "BX-21", "an SPI comes to this CPU, GICv3")
{
	const char *why = not_gic(cpu, 3);

	return why ? skip(why) : spi_pending();
}

CHECK(93, bx_21_spis, ON_BOOT, "BX-21", "every SPI is in Group 1, GICv3")
{
	const char *why = not_gic(cpu, 3);

	return why ? skip(why) : spis_ours();
}

CHECK(77, bx_22_sgi, ON_CPU, "BX-22", "an SGI is in Group 1, GICv2")
{
	const char *why = not_gic(cpu, 2);

	return why ? skip(why) : sgi_pending();
}

CHECK(77, bx_22_spi, ON_CPU, "BX-22", "an SPI comes to this CPU, GICv2")
{
	const char *why = not_gic(cpu, 2);

	return why ? skip(why) : spi_pending();
}

CHECK(93, bx_22_spis, ON_BOOT, "BX-22", "every SPI is in Group 1, GICv2")
{
	const char *why = not_gic(cpu, 2);

	return why ? skip(why) : spis_ours();
}

/* At EL2 the registers tell; at EL1 an interrupt that nobody asked for. */
static struct verdict nothing_from_el2(void)
{
	if (gic_has_sysregs() && gic_sysregs_usable(this_cpu()) &&
	    read_sysreg(ICH_HCR))
		return fail("ICH_HCR_EL2 = 0", read_sysreg(ICH_HCR));
	return want(!(read_sysreg(cnthp_ctl_el2) & 1), "CNTHP_CTL_EL2 off",
		    read_sysreg(cnthp_ctl_el2));
}

static struct verdict nothing_comes(struct cpu *cpu)
{
	uint32_t timer = hypervisor_timer_intid();

	if (timer && read32(gic_private() + GICD_ISPENDR0) & 1u << timer)
		return fail("the hypervisor timer not to be pending", timer);
	cpu->irq_count = 0;
	cpu->fiq_count = 0;
	gic_open(timer_intid());
	probe(irq_window_trial, 10000);
	gic_close(timer_intid());
	return want(!cpu->irq_count && !cpu->fiq_count, "no interrupt",
		    cpu->irq_id);
}

CHECK(76, bx_20, ON_CPU, "BX-20", "no interrupt that EL2 has left on")
{
	const char *why = no_interrupt(cpu);

	if (!has_el2())
		return skip("no EL2");
	if (current_el() == 2)
		return nothing_from_el2();
	if (!why)
		why = not_gic(cpu, gic()->version);
	if (why)
		return skip(why);
	announce_probe("BX-20");
	return nothing_comes(cpu);
}

/* An interrupt that is active stays so until somebody ends it: never. */
CHECK(75, ho_28_active, ON_CPU, "HO-28", "no interrupt is active")
{
	const char *why = not_gic(cpu, gic()->version);
	uint32_t last;

	if (why)
		return skip(why);
	if (read32(gic_private() + GICD_ISACTIVER))
		return fail("GICR_ISACTIVER0 = 0",
			    read32(gic_private() + GICD_ISACTIVER));
	last = gic_last_spi();
	for (uint32_t first = FIRST_SPI; first <= last; first += 32)
		if (read32(gic()->gicd + GICD_ISACTIVER + first / 8))
			return fail("no active SPI from this one on", first);
	return pass();
}
