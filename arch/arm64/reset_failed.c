/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last words of an image that found no RAM to run from. Runs in place,
 * perhaps from ROM, with nothing but a stack: only PC-relative code, no
 * writable data, no pointer that the linker filled in.
 */

#include "asm/image.h"
#include "asm/reset.h"
#include "asm/sysreg.h"
#include "print.h"
#include "semihosting.h"
#include "uart.h"

struct fault {
	uint64_t esr;
	uint64_t elr;
	uint64_t far;
};

static struct fault fault_read(unsigned int el)
{
	if (el == 3)
		return (struct fault){ sysreg_read(ESR_EL3),
				       sysreg_read(ELR_EL3),
				       sysreg_read(FAR_EL3) };
	if (el == 2)
		return (struct fault){ sysreg_read(ESR_EL2),
				       sysreg_read(ELR_EL2),
				       sysreg_read(FAR_EL2) };
	return (struct fault){ sysreg_read(ESR_EL1), sysreg_read(ELR_EL1),
			       sysreg_read(FAR_EL1) };
}

/*
 * Did the probe of the loader's own RAM end in an abort? The symbols give
 * addresses relative to where we run, so only their distance is of use.
 */
static bool fault_is_probe(const struct fault *fault)
{
	const uint64_t size = __loader_end - __loader_start;

	return fault->far - CONFIG_LOAD_ADDR < size;
}

void reset_failed(unsigned int why, unsigned int el)
{
	const struct fault fault = fault_read(el);

	if (why == RESET_FAULT && semihosting_unheard(fault.elr))
		goto stop;
	uart_init();
	if (why == RESET_FAULT && !fault_is_probe(&fault))
		print("reset: exception: EL%u, ESR 0x%lx, PC 0x%lx, address 0x%lx: the machine is not the one that the image was built for: check BOARD and its addresses\n",
		      el, fault.esr, fault.elr, fault.far);
	else
		print("reset: RAM: none answers at LOAD_ADDR 0x%lx: give the machine more RAM (QEMU: -m 256M) or lower LOAD_ADDR\n",
		      (uint64_t)CONFIG_LOAD_ADDR);
	uart_flush();
	if (IS_ENABLED(CONFIG_FAIL_EXIT))
		semihosting_exit(1);
stop:
	while (true)
		__asm__ volatile("wfi");
}
