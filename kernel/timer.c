/* SPDX-License-Identifier: BSD-2-Clause */
/* The timer of the exception level that runs, for the interrupt checks. */
#include "gic.h"
#include "machine.h"
#include "sysreg.h"
#include "timer.h"

#define CTL_ENABLE	1

/* Order in `interrupts` of arm,armv8-timer, and cells of one interrupt. */
#define VIRTUAL		2
#define HYPERVISOR	3
#define GIC_CELLS	3
#define LOCAL_CELLS	2

void timers_off(void)
{
	if (current_el() == 2)
		write_sysreg(0, cnthp_ctl_el2);
	else
		write_sysreg(0, cntv_ctl_el0);
	isb();
}

void timer_fire(void)
{
	if (current_el() == 2) {
		write_sysreg(0, cnthp_cval_el2);
		write_sysreg(CTL_ENABLE, cnthp_ctl_el2);
	} else {
		write_sysreg(0, cntv_cval_el0);
		write_sysreg(CTL_ENABLE, cntv_ctl_el0);
	}
	isb();
}

void timer_fire_in(unsigned int us)
{
	uint64_t ticks = read_sysreg(cntfrq_el0) / 1000000 * us;

	if (current_el() == 2) {
		write_sysreg(ticks, cnthp_tval_el2);
		write_sysreg(CTL_ENABLE, cnthp_ctl_el2);
	} else {
		write_sysreg(ticks, cntv_tval_el0);
		write_sysreg(CTL_ENABLE, cntv_ctl_el0);
	}
	isb();
}

static uint32_t intid_of(uint32_t index)
{
	const struct fdt *f = &machine.fdt;
	uint32_t node = fdt_compatible(f, FDT_ROOT, "arm,armv8-timer");
	uint32_t cells = gic()->version == GIC_LOCAL ? LOCAL_CELLS : GIC_CELLS;
	uint32_t len, id;
	const uint8_t *p;

	if (node == FDT_NONE)
		return 0;
	p = fdt_prop(f, node, "interrupts", &len);
	if (!p || len < 4 * cells * (index + 1))
		return 0;
	p += 4 * cells * index;
	if (cells == LOCAL_CELLS)
		return LOCAL_FIRST + fdt_be32(p) % LOCAL_LINES;
	id = fdt_be32(p + 4) + 16;
	return fdt_be32(p) == 1 && id < 32 ? id : 0;
}

uint32_t timer_intid(void)
{
	return intid_of(current_el() == 2 ? HYPERVISOR : VIRTUAL);
}

uint32_t hypervisor_timer_intid(void)
{
	return intid_of(HYPERVISOR);
}
