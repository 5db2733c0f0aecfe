/* SPDX-License-Identifier: BSD-2-Clause */
/* The last C before the kernel: its exception level's registers. */

#include "arch.h"
#include "asm/duty.h"
#include "asm/handoff.h"
#include "asm/sysreg.h"

#ifdef CONFIG_KERNEL_EL2
#define KERNEL_EL	2
#else
#define KERNEL_EL	1
#endif

static uint64_t sctlr_el2(void)
{
	struct id_regs ids;

	id_regs_read(&ids);
	return duty_reg_value(&el2_duties, REG_SCTLR_EL2, KERNEL_EL, &ids);
}

/*
 * The order is HO-25: interrupts are masked since reset; the text and the
 * stack are cleaned before the caches go off, and the assembly that turns
 * them off uses registers only.
 */
void arch_handoff(uint64_t entry, uint64_t dtb)
{
	const bool at_el2 = current_el() == 2;
	uint64_t sctlr = SCTLR_EL1_RES1;

	if (at_el2) {
		el2_setup(KERNEL_EL);
		sctlr = sctlr_el2();
	}
	arch_cache_clean(arch_loader_region());
	if (at_el2)
		handoff_el2(entry, dtb, sctlr, SPSR_DAIF |
			    (KERNEL_EL == 2 ? SPSR_EL2h : SPSR_EL1h));
	handoff_el1(entry, dtb, sctlr, SPSR_DAIF | SPSR_EL1h);
}
