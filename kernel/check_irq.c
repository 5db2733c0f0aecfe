/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about a timer interrupt: it must reach this exception level. */
#include "check.h"
#include "gic.h"
#include "io.h"
#include "irq.h"
#include "time.h"
#include "timer.h"

#define GICC_PMR	0x04
#define GICC_HPPIR	0x18
#define SPURIOUS	1023

extern const char irq_window_trial[];

uint64_t irq_route_here(void)
{
	uint64_t hcr;

	if (current_el() != 2)
		return 0;
	hcr = read_sysreg(hcr_el2);
	write_sysreg(hcr | HCR_IMO | HCR_FMO | HCR_AMO, hcr_el2);
	isb();
	return hcr;
}

void irq_route_back(uint64_t hcr)
{
	if (current_el() == 2)
		write_sysreg(hcr, hcr_el2);
	isb();
}

/* The highest pending interrupt of our group, as the CPU interface sees it. */
static uint32_t pending(void)
{
	if (gic()->version == 3)
		return read_sysreg(ICC_HPPIR1) & 0xffffff;
	if (gic()->version == GIC_LOCAL)
		return local_pending();
	return read32(gic()->gicc + GICC_HPPIR) & 0x3ff;
}

uint32_t irq_wait(uint32_t intid)
{
	uint64_t end = deadline(500);
	uint32_t seen;

	do {
		seen = pending();
	} while (seen != intid && !expired(end));
	return seen;
}

const char *no_interrupt(const struct cpu *cpu)
{
	if (!gic()->version)
		return "no interrupt controller that we know";
	if (!gic_answers())
		return "the GIC does not answer";
	if (!timer_intid())
		return "the timer node names no PPI for this EL";
	if (gic()->version == 3 && !gic_has_sysregs())
		return "the CPU has no GIC system registers";
	return NULL;
}

uint32_t irq_raise(void)
{
	gic_open(timer_intid());
	timer_fire();
	return irq_wait(timer_intid());
}

void irq_drop(void)
{
	timers_off();
	gic_close(timer_intid());
}

/* With HCR_EL2.IMO or SCR_EL3.IRQ it would be taken above, at once. */
static struct verdict interrupt_pending(const char *id)
{
	uint32_t seen;

	announce_probe(id);
	seen = irq_raise();

	irq_drop();
	return want_equal(timer_intid(), seen);
}

CHECK(77, bx_21, ON_CPU, "BX-21", "the timer PPI is in Group 1, GICv3")
{
	const char *why = no_interrupt(cpu);
	uint64_t rd;

	if (why || gic()->version != 3)
		return skip(why ? why : "no GICv3");
	if (!gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	rd = gic_redistributor();
	if (!rd)
		return fail("a redistributor with this affinity", cpu->mpidr);
	return interrupt_pending("BX-21");
}

/* NS sees GICC_PMR only if secure code has left it in the upper half. */
CHECK(77, bx_22, ON_CPU, "BX-22", "the timer PPI is in Group 1, GICv2")
{
	const char *why = no_interrupt(cpu);
	uint32_t mask;

	if (why || gic()->version != 2)
		return skip(why ? why : "no GICv2");
	write32(gic()->gicc + GICC_PMR, 0xf0);
	mask = read32(gic()->gicc + GICC_PMR);
	if ((mask & 0xf0) != 0xf0)
		return fail("GICC_PMR to keep 0xf0", mask);
	return interrupt_pending("BX-22");
}

CHECK(78, bx_23, ON_CPU, "BX-23", "a timer interrupt is taken here, as IRQ")
{
	const char *why = no_interrupt(cpu);
	uint32_t intid = timer_intid();
	uint64_t hcr, esr;

	if (why)
		return skip(why);
	if (gic()->version == 3 && !gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	announce_probe("BX-23");
	cpu->irq_count = 0;
	cpu->fiq_count = 0;
	cpu->irq_id = SPURIOUS;
	hcr = irq_route_here();
	gic_open(intid);
	timer_fire();
	esr = probe(irq_window_trial, 1000000);
	timers_off();
	gic_close(intid);
	irq_route_back(hcr);
	if (esr || cpu->fiq_count)
		return fail("an IRQ, not FIQ or exceptions", cpu->fiq_count);
	return want_equal(intid, cpu->irq_id);
}
