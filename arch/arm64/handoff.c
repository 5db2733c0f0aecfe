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

/* A row of the EL2 table: our EL3 puts it in; without one we do. */
static uint64_t table_fault(uint64_t sctlr)
{
	struct id_regs ids;

	if (IS_ENABLED(CONFIG_EL3_PRESENT) || !IS_ENABLED(CONFIG_EL2_PRESENT))
		return sctlr;
	id_regs_read(&ids);
	ids.mutation = mutation_get();
	el2_reg_setup(duty_fault_reg(&el2_duties, &ids), &ids, KERNEL_EL);
	return duty_reg_value(&el2_duties, REG_SCTLR_EL2, KERNEL_EL, &ids);
}

/* A kernel at EL1 does not meet our own level's SCTLR. */
static uint64_t sctlr_fault(uint64_t sctlr)
{
	const uint64_t fault = mutation_is(MUTATION_SCTLR_C) ? SCTLR_C :
			       mutation_is(MUTATION_SCTLR_EE) ? SCTLR_EE : 0;

	if (KERNEL_EL == current_el())
		return sctlr | fault;
	sysreg_write(SCTLR_EL1, sysreg_read(SCTLR_EL1) | fault);
	return sctlr;
}

struct handoff_fault handoff_mutate(uint64_t sctlr)
{
	if (mutation_is(MUTATION_TIMER_ON))	/* on, but masked */
		sysreg_write(CNTV_CTL_EL0, CNT_CTL_ENABLE | CNT_CTL_IMASK);
	return (struct handoff_fault){
		.sctlr = sctlr_fault(table_fault(sctlr)),
		.gprs = (mutation_is(MUTATION_X1) ? 1 : 0) |
			(mutation_is(MUTATION_X2) ? 2 : 0) |
			(mutation_is(MUTATION_X3) ? 4 : 0),
	};
}

static uint64_t kernel_pstate(void)
{
	return mutation_pstate(SPSR_DAIF |
			       (KERNEL_EL == 2 ? SPSR_EL2h : SPSR_EL1h));
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
					kernel_pstate());
		arch_cache_clean(arch_loader_region());
		handoff_el1(entry, dtb, SCTLR_EL1_RES1, kernel_pstate());
	}
	id_regs_read(&ids);
	el2_setup(&ids, KERNEL_EL);
	sctlr = duty_reg_value(&el2_duties, REG_SCTLR_EL2, KERNEL_EL, &ids);
	if (IS_ENABLED(CONFIG_NARRATE))
		narrate_handoff(entry, dtb, sctlr, kernel_pstate());
	arch_cache_clean(arch_loader_region());
	handoff_el2(entry, dtb, sctlr, kernel_pstate());
}
