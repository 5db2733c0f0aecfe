/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last words of an image that found no RAM to run from. Runs in place,
 * perhaps from ROM, with nothing but a stack: only PC-relative code, no
 * writable data, no pointer that the linker filled in.
 */

#include "asm/reset.h"
#include "asm/sysreg.h"
#include "print.h"
#include "uart.h"

static const char ram_remedy[] =
	"give the machine more RAM (QEMU: -m 256M) or lower LOAD_ADDR";

static void reset_failed_fault(unsigned int el)
{
	uint64_t esr, elr, far;

	if (el == 3) {
		esr = sysreg_read(ESR_EL3);
		elr = sysreg_read(ELR_EL3);
		far = sysreg_read(FAR_EL3);
	} else if (el == 2) {
		esr = sysreg_read(ESR_EL2);
		elr = sysreg_read(ELR_EL2);
		far = sysreg_read(FAR_EL2);
	} else {
		esr = sysreg_read(ESR_EL1);
		elr = sysreg_read(ELR_EL1);
		far = sysreg_read(FAR_EL1);
	}
	print("reset: exception at EL%u: ESR 0x%lx, PC 0x%lx, address 0x%lx\n",
	      el, esr, elr, far);
}

void reset_failed(enum reset_failure why, unsigned int el)
{
	uart_init();
	if (why == RESET_FAULT)
		reset_failed_fault(el);
	print("reset: RAM: none answers at LOAD_ADDR 0x%lx: %s\n",
	      (uint64_t)CONFIG_LOAD_ADDR, ram_remedy);
	uart_flush();
	while (true)
		__asm__ volatile("wfi");
}
