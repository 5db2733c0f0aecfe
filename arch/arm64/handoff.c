/* SPDX-License-Identifier: BSD-2-Clause */
/* The last C before the kernel: its exception level's registers. */

#include "arch.h"
#include "asm/duty.h"
#include "asm/handoff.h"
#include "asm/narrate.h"
#include "asm/sysreg.h"
#include "mutation.h"

#ifdef CONFIG_KERNEL_EL2
#define KERNEL_EL	2
#else
#define KERNEL_EL	1
#endif

/*
 * Unsafe test builds: called when the MMU is off, with the fault to come.
 * Our EL3 puts it in; without one we do at EL2. Return: SCTLR_ELx.
 */
uint64_t handoff_mutate(uint64_t sctlr)
{
	struct id_regs ids;

	if (IS_ENABLED(CONFIG_EL3_PRESENT) || !IS_ENABLED(CONFIG_EL2_PRESENT))
		return sctlr;
	id_regs_read(&ids);
	ids.mutation = mutation_get();
	el2_reg_setup(duty_fault_reg(&el2_duties, &ids), &ids, KERNEL_EL);
	return duty_reg_value(&el2_duties, REG_SCTLR_EL2, KERNEL_EL, &ids);
}

/*
 * The order is HO-25: interrupts are masked since reset; our memory is
 * cleaned before the caches go off; the assembly that turns them off uses
 * registers only and cleans the stack once more, which these calls use.
 *
 * EL2 is set up again although our monitor has done it for this CPU: the
 * loader has used CPTR_EL2 and CPACR_EL1 for itself, and one table that is
 * written whole is easier to be sure of than a list of what to take back.
 */
void arch_handoff(uint64_t entry, uint64_t dtb)
{
	struct id_regs ids;
	uint64_t sctlr;

	if (!IS_ENABLED(CONFIG_EL2_PRESENT)) {
		if (IS_ENABLED(CONFIG_NARRATE))
			narrate_handoff(entry, dtb, SCTLR_EL1_RES1,
					SPSR_DAIF | SPSR_EL1h);
		arch_cache_clean(arch_loader_region());
		handoff_el1(entry, dtb, SCTLR_EL1_RES1, SPSR_DAIF | SPSR_EL1h);
	}
	id_regs_read(&ids);
	el2_setup(&ids, KERNEL_EL);
	sctlr = duty_reg_value(&el2_duties, REG_SCTLR_EL2, KERNEL_EL, &ids);
	if (IS_ENABLED(CONFIG_NARRATE))
		narrate_handoff(entry, dtb, sctlr, SPSR_DAIF |
				(KERNEL_EL == 2 ? SPSR_EL2h : SPSR_EL1h));
	arch_cache_clean(arch_loader_region());
	handoff_el2(entry, dtb, sctlr, SPSR_DAIF |
		    (KERNEL_EL == 2 ? SPSR_EL2h : SPSR_EL1h));
}
