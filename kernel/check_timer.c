/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the system counter and the timers. */
#include "check.h"
#include "repeat.h"
#include "time.h"

extern const char cntpct_trial[];

struct bounds {
	int64_t low, high;
};

static uint64_t boot_frequency;

CHECK(70, bp_tmr_01, ON_CPU, "BP-TMR-01", "CNTFRQ_EL0 is set, and the same")
{
	uint64_t frequency = read_sysreg(cntfrq_el0);

	if (cpu != boot_cpu() || repeating())
		return want_equal(boot_frequency, frequency);
	boot_frequency = frequency;
	/* Arm ARM D12.1.2: from 1 MHz; 1 GHz in practice, more is a slip. */
	return want(frequency >= 1000000 && frequency <= 4000000000ul,
		    "1 MHz to 4 GHz", frequency);
}

CHECK(70, bp_tmr_01_runs, ON_CPU, "BP-TMR-01", "the counter advances")
{
	uint64_t start = counter();

	for (unsigned int i = 0; i < 10000000; i++)
		if (counter() > start)
			return pass();
	return fail("a higher CNTVCT_EL0", counter());
}

/*
 * CNTVCT = CNTPCT - CNTVOFF. Each pair of readings gives bounds for CNTVOFF;
 * the bounds of many readings are tight, and two CPUs with the same offset
 * have bounds that overlap, however long a reading was interrupted.
 */
static struct bounds boot_offset;

#define READINGS	1000

static uint64_t physical(void)
{
	isb();
	return read_sysreg(cntpct_el0);
}

static struct bounds read_offset(void)
{
	struct bounds b = { INT64_MIN, INT64_MAX };

	for (int i = 0; i < READINGS; i++) {
		uint64_t before = physical();
		uint64_t virtual = counter();
		uint64_t after = physical();

		if ((int64_t)(before - virtual) > b.low)
			b.low = (int64_t)(before - virtual);
		if ((int64_t)(after - virtual) < b.high)
			b.high = (int64_t)(after - virtual);
	}
	return b;
}

CHECK(73, bp_tmr_02, ON_CPU, "BP-TMR-02", "CNTVOFF_EL2 is the boot CPU's")
{
	struct bounds b;

	if (!has_el2())
		return skip("no EL2");
	if (risky_probe("BP-TMR-03", cntpct_trial, 0))
		return fail("CNTPCT_EL0 to be readable", 0);
	b = read_offset();
	if (cpu == boot_cpu() && !repeating()) {
		boot_offset = b;
		return want(b.low <= b.high, "one constant offset",
			    (uint64_t)(b.low - b.high));
	}
	return want(b.low <= boot_offset.high && boot_offset.low <= b.high,
		    "the same offset", (uint64_t)b.low);
}

/* HO-28: a timer that was left on would fire into the new kernel. */
CHECK(74, ho_28, ON_CPU, "HO-28", "no timer was left running")
{
	uint64_t on = read_sysreg(cntv_ctl_el0) & 1;

	if (current_el() == 2) {
		on |= (read_sysreg(cnthp_ctl_el2) & 1) << 1;
		on |= (read_sysreg(cntp_ctl_el0) & 1) << 2;
	}
	return want_equal(0, on);
}
