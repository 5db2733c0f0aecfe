/* SPDX-License-Identifier: BSD-2-Clause */
/* The conduit to the firmware, as the device tree's /psci names it. */
#include "cpu.h"
#include "machine.h"
#include "psci.h"
#include "sysreg.h"

#define CALL_REGS(x0, x1, x2, x3) \
	"+r" (x0), "+r" (x1), "+r" (x2), "+r" (x3)
/* SMCCC 1.0 lets the callee lose these. */
#define CALL_LOSES "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", \
	"x13", "x14", "x15", "x16", "x17", "memory"

extern const char smc_version_trial[], hvc_version_trial[];

/* The first call may be UNDEF (SCR_EL3.SMD, HCR_EL2.TSC), so it is a probe. */
static bool try_conduit(void)
{
	if (machine.conduit == CONDUIT_SMC)
		return !risky_probe("PS-01", smc_version_trial, 0);
	if (machine.conduit == CONDUIT_HVC && current_el() == 1)
		return !risky_probe("PS-01", hvc_version_trial, 0);
	return false;
}

bool psci_usable(void)
{
	static bool tried, usable;

	if (!tried) {
		tried = true;
		usable = try_conduit();
	}
	return usable;
}

uint64_t firmware_call(uint64_t function, uint64_t a1, uint64_t a2,
		       uint64_t a3)
{
	register uint64_t x0 asm("x0") = function;
	register uint64_t x1 asm("x1") = a1;
	register uint64_t x2 asm("x2") = a2;
	register uint64_t x3 asm("x3") = a3;

	if (machine.conduit == CONDUIT_HVC)
		asm volatile("hvc #0" : CALL_REGS(x0, x1, x2, x3) : :
			     CALL_LOSES);
	else
		asm volatile("smc #0" : CALL_REGS(x0, x1, x2, x3) : :
			     CALL_LOSES);
	return x0;
}

int64_t psci(uint32_t function, uint64_t a1, uint64_t a2, uint64_t a3)
{
	if (!psci_usable())
		return PSCI_NOT_SUPPORTED;
	return (int32_t)firmware_call(function, a1, a2, a3);
}

uint32_t psci_version(void)
{
	static uint32_t version;
	int64_t answer;

	if (version || !psci_usable())
		return version;
	answer = psci(PSCI_VERSION, 0, 0, 0);
	if (answer > 0)
		version = (uint32_t)answer;
	return version;
}
