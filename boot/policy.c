/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a boot in which nothing could be started (FAIL_*). */
#include "boot.h"
#include "print.h"
#include "psci.h"
#include "semihosting.h"
#include "uart.h"

/* Our own monitor answers SMCs even if no tree was found to say so. */
static enum psci_conduit conduit(const struct boot *boot)
{
	if (boot->conduit == PSCI_NONE && IS_ENABLED(CONFIG_EL3_PRESENT))
		return PSCI_SMC;
	return boot->conduit;
}

static void psci(const struct boot *boot, uint32_t function)
{
	if (conduit(boot) != PSCI_NONE)
		arch_psci(conduit(boot), function, 0, 0, 0);
}

noreturn void boot_fail(struct boot *boot)
{
	if (IS_ENABLED(CONFIG_ERROR_TEXTS))
		ledger_print(boot->ledger);
	print("fail: boot: no candidate could be started; %s\n",
	      IS_ENABLED(CONFIG_FAIL_RESET) ? "reset" :
	      IS_ENABLED(CONFIG_FAIL_EXIT) ? "exit with status 1" :
	      "stopped, reset the machine to try again");
	uart_flush();
	if (IS_ENABLED(CONFIG_FAIL_RESET))
		psci(boot, PSCI_SYSTEM_RESET);
	if (IS_ENABLED(CONFIG_FAIL_EXIT)) {
		if (IS_ENABLED(CONFIG_SEMIHOSTING))
			semihosting_exit(1);
		psci(boot, PSCI_SYSTEM_OFF);
	}
	arch_stop();
}
