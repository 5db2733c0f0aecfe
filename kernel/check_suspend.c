/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about CPU_SUSPEND to standby: a WFI with the firmware in between. */
#include "check.h"
#include "gic.h"
#include "irq.h"
#include "psci.h"
#include "regs.h"
#include "suspend.h"
#include "timer.h"

/* Retention, affinity level 0, state 0: the shallowest there is. */
#define STANDBY		0

/* What firmware may lose on its way through WFI, beside registers x and SP. */
struct place {
	uint64_t currentel, daif, spsel, sctlr, vbar, hcr, cptr, pmr;
};

extern const char bx_07_cpacr_trial[], bx_07_cptr_trial[];

/* A register that another row finds trapped reads as 0, before and after. */
static uint64_t try_read(const char *trial)
{
	return probe(trial, 0) ? 0 : probe_value;
}

static void note_place(struct place *p)
{
	bool el2 = current_el() == 2;

	p->currentel = read_sysreg(currentel);
	p->daif = read_sysreg(daif);
	p->spsel = read_sysreg(spsel);
	p->sctlr = el2 ? read_sysreg(sctlr_el2) : read_sysreg(sctlr_el1);
	p->vbar = el2 ? read_sysreg(vbar_el2) : read_sysreg(vbar_el1);
	p->hcr = el2 ? read_sysreg(hcr_el2) : 0;
	p->cptr = try_read(el2 ? bx_07_cptr_trial : bx_07_cpacr_trial);
	/* Its Non-secure view is another with another SCR_EL3.FIQ. */
	p->pmr = gic()->version == 3 ? read_sysreg(ICC_PMR) : 0;
}

static struct verdict same_place(const struct place *was)
{
	struct place is;

	note_place(&is);
	if (is.currentel != was->currentel)
		return fail("the same exception level", is.currentel >> 2);
	if (is.daif != was->daif)
		return fail("the same DAIF", is.daif);
	if (is.spsel != was->spsel)
		return fail("the same SPSel", is.spsel);
	if (is.sctlr != was->sctlr || is.cptr != was->cptr)
		return fail("the same SCTLR and CPTR", is.sctlr);
	if (is.vbar != was->vbar || is.hcr != was->hcr)
		return fail("the same VBAR and HCR", is.vbar);
	return want_equal(was->pmr, is.pmr);
}

static struct verdict registers_kept(void)
{
	unsigned int first = claims_smccc_1_1() ? 4 : 18;

	for (unsigned int n = first; n < ARRAY_SIZE(call_table.x); n++)
		if (call_table.x[n] != x_pattern(n))
			return want_equal(x_pattern(n), call_table.x[n]);
	return want_equal(call_table.sp, call_table.sp_after);
}

/* With an interrupt pending: WFI has to end, though nobody takes it. */
static struct verdict suspend(void)
{
	struct place before;
	struct verdict v;
	uint64_t answer;

	note_place(&before);
	call_prepare(PSCI_CPU_SUSPEND);
	call_table.x[1] = STANDBY;
	call_table.x[2] = 0;
	call_table.x[3] = 0;
	answer = call_prepared("PS-13");
	if ((int32_t)answer)
		return fail("CPU_SUSPEND to return 0", answer);
	v = registers_kept();
	return v.kind == VERDICT_OK ? same_place(&before) : v;
}

static const char *no_suspend(const struct cpu *cpu)
{
	if (psci_version() < 0x10000)
		return "PSCI below 1.0";
	if (psci(PSCI_FEATURES, PSCI_CPU_SUSPEND, 0, 0) < 0)
		return "PSCI_FEATURES does not announce CPU_SUSPEND";
	return no_interrupt(cpu);
}

/* Without a pending interrupt the call would not be safe: BX-21, BX-22. */
struct verdict suspend_to_standby(struct cpu *cpu)
{
	const char *why = no_suspend(cpu);
	struct verdict v;
	uint32_t seen;

	if (why)
		return skip(why);
	if (gic()->version == 3 && !gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	seen = irq_raise();
	v = seen == timer_intid() ? suspend() :
	    skip("no timer interrupt comes to end WFI");	/* BX-21, -22 */
	irq_drop();
	return v;
}

CHECK(88, ps_13, ON_CPU, "PS-13", "CPU_SUSPEND to standby comes back as it was")
{
	return suspend_to_standby(cpu);
}
