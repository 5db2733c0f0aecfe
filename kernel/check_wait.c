/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about WFI and WFE: nobody above traps them, and they come back. */
#include "check.h"
#include "gic.h"
#include "irq.h"
#include "time.h"
#include "timer.h"

/* CNTKCTL_EL1, CNTHCTL_EL2: an event whenever bit 15 of the counter falls. */
#define EVNTEN		(1ul << 2)
#define EVNTI_15	(15ul << 4)
#define EVNTI_MASK	(15ul << 4)

/* A WFI would never end; the rows of BX-21 and BX-22 say so. */
#define NO_TIMER	"no timer interrupt comes"

/* Long enough that a busy host lets the CPU fall asleep before. */
#define SLEEP_US	10000
#define PATIENCE_MS	10000

extern const char wfi_trial[], wfe_trial[];

/* Does @trial come back, when a timer goes off in @sleep_us (0: none)? */
static struct verdict returns(const void *trial, unsigned int sleep_us)
{
	uint64_t end = deadline(PATIENCE_MS);
	uint64_t esr;

	announce_probe("BX-06");
	if (sleep_us)
		timer_fire_in(sleep_us);
	esr = probe(trial, 0);
	if (esr)
		return fail("no exception, not ESR", esr);
	return want(!expired(end), "an end within 10 s", 0);
}

/* The boot CPU is known to wake up. */
static bool may_nap;

void nap(unsigned int us)
{
	if (!may_nap)
		return;
	gic_open(timer_intid());
	timer_fire_in(us);
	asm volatile("wfi");
	irq_drop();
}

CHECK(79, bx_06_pending, ON_CPU, "BX-06", "WFI with an interrupt pending ends")
{
	const char *why = no_interrupt(cpu);
	struct verdict v;
	uint32_t seen;

	if (why)
		return skip(why);
	if (gic()->version == 3 && !gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	seen = irq_raise();
	v = seen == timer_intid() ? returns(wfi_trial, 0) : skip(NO_TIMER);
	irq_drop();
	return v;
}

/* SCR_EL3.TWI and HCR_EL2.TWI trap only a WFI that would really sleep. */
CHECK(79, bx_06_asleep, ON_CPU, "BX-06", "WFI ends when an interrupt comes")
{
	const char *why = no_interrupt(cpu);
	struct verdict v;
	uint32_t seen;

	if (why)
		return skip(why);
	if (gic()->version == 3 && !gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	seen = irq_raise();
	irq_drop();
	if (seen != timer_intid())
		return skip(NO_TIMER);
	gic_open(timer_intid());
	v = returns(wfi_trial, SLEEP_US);
	irq_drop();
	may_nap |= cpu == boot_cpu() && v.kind == VERDICT_OK;
	return v;
}

/* The first takes the event of SEVL, the second would sleep (TWE). */
CHECK(79, bx_06_wfe, ON_CPU, "BX-06", "WFE ends after an event")
{
	bool el2 = current_el() == 2;
	uint64_t old = el2 ? read_sysreg(cnthctl_el2) :
			     read_sysreg(cntkctl_el1);
	uint64_t on = (old & ~EVNTI_MASK) | EVNTI_15 | EVNTEN;
	struct verdict v;

	if (el2)
		write_sysreg(on, cnthctl_el2);
	else
		write_sysreg(on, cntkctl_el1);
	isb();
	v = returns(wfe_trial, 0);
	if (el2)
		write_sysreg(old, cnthctl_el2);
	else
		write_sysreg(old, cntkctl_el1);
	return v;
}
