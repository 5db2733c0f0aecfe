/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Write EL2's registers. The monitor does it for each CPU that it starts,
 * the loader for its own.
 */

#include "asm/duty.h"
#include "asm/gates.h"
#include "asm/sysreg.h"
#include "mutation.h"

static void el2_reg_write(unsigned int reg, uint64_t value)
{
	switch (reg) {
	case REG_HCR_EL2: sysreg_write(HCR_EL2, value); break;
	case REG_CPTR_EL2:
	case REG_CPTR_EL2_E2H: sysreg_write(CPTR_EL2, value); break;
	case REG_CNTHCTL_EL2:
	case REG_CNTHCTL_EL2_E2H: sysreg_write(CNTHCTL_EL2, value); break;
	case REG_MDCR_EL2: sysreg_write(MDCR_EL2, value); break;
	case REG_CNTVOFF_EL2: sysreg_write(CNTVOFF_EL2, value); break;
	case REG_VPIDR_EL2: sysreg_write(VPIDR_EL2, value); break;
	case REG_VMPIDR_EL2: sysreg_write(VMPIDR_EL2, value); break;
	case REG_VTTBR_EL2: sysreg_write(VTTBR_EL2, value); break;
	case REG_HSTR_EL2: sysreg_write(HSTR_EL2, value); break;
	case REG_HCRX_EL2: sysreg_write(SYS_HCRX_EL2, value); break;
	case REG_HFGRTR_EL2: sysreg_write(SYS_HFGRTR_EL2, value); break;
	case REG_HFGWTR_EL2: sysreg_write(SYS_HFGWTR_EL2, value); break;
	case REG_HFGITR_EL2: sysreg_write(SYS_HFGITR_EL2, value); break;
	case REG_HDFGRTR_EL2: sysreg_write(SYS_HDFGRTR_EL2, value); break;
	case REG_HDFGWTR_EL2: sysreg_write(SYS_HDFGWTR_EL2, value); break;
	case REG_HAFGRTR_EL2: sysreg_write(SYS_HAFGRTR_EL2, value); break;
	case REG_HFGRTR2_EL2: sysreg_write(SYS_HFGRTR2_EL2, value); break;
	case REG_HFGWTR2_EL2: sysreg_write(SYS_HFGWTR2_EL2, value); break;
	case REG_HFGITR2_EL2: sysreg_write(SYS_HFGITR2_EL2, value); break;
	case REG_HDFGRTR2_EL2: sysreg_write(SYS_HDFGRTR2_EL2, value); break;
	case REG_HDFGWTR2_EL2: sysreg_write(SYS_HDFGWTR2_EL2, value); break;
	case REG_ZCR_EL2: sysreg_write(SYS_ZCR_EL2, value); break;
	case REG_SMCR_EL2: sysreg_write(SYS_SMCR_EL2, value); break;
	case REG_MPAM2_EL2: sysreg_write(SYS_MPAM2_EL2, value); break;
	case REG_MPAMHCR_EL2: sysreg_write(SYS_MPAMHCR_EL2, value); break;
	case REG_ICC_SRE_EL2: sysreg_write(SYS_ICC_SRE_EL2, value); break;
	case REG_ICH_HCR_EL2: sysreg_write(SYS_ICH_HCR_EL2, value); break;
	case REG_ICH_HFGRTR_EL2: sysreg_write(SYS_ICH_HFGRTR_EL2, value); break;
	case REG_ICH_HFGWTR_EL2: sysreg_write(SYS_ICH_HFGWTR_EL2, value); break;
	case REG_ICH_HFGITR_EL2: sysreg_write(SYS_ICH_HFGITR_EL2, value); break;
	case REG_BRBCR_EL2: sysreg_write(SYS_BRBCR_EL2, value); break;
	case REG_GCSCR_EL2: sysreg_write(SYS_GCSCR_EL2, value); break;
	case REG_GCSCR_EL1: sysreg_write(SYS_GCSCR_EL1, value); break;
	case REG_GCSCRE0_EL1: sysreg_write(SYS_GCSCRE0_EL1, value); break;
	case REG_CNTHP_CTL_EL2: sysreg_write(CNTHP_CTL_EL2, value); break;
	case REG_SCTLR_EL1: sysreg_write(SCTLR_EL1, value); break;
	case REG_CPACR_EL1: sysreg_write(CPACR_EL1, value); break;
	}
}

/*
 * Only from EL3: SCTLR_EL2, because at EL2 the loader stands on it (the
 * hand-off writes it last), and two that EL3 may keep to itself, which a
 * kernel at EL2 therefore looks at only when it wants the feature.
 */
static void el2_reg_write_from_el3(unsigned int reg, uint64_t value)
{
	switch (reg) {
	case REG_CNTPOFF_EL2: sysreg_write(SYS_CNTPOFF_EL2, value); break;
	case REG_PMSCR_EL2: sysreg_write(SYS_PMSCR_EL2, value); break;
	case REG_SCTLR_EL2: sysreg_write(SCTLR_EL2, value); break;
	}
}

/* Values that are copies of another register, not bits of a table. */
static uint64_t el2_reg_copy(unsigned int reg, const struct id_regs *ids)
{
	switch (reg) {
	case REG_VPIDR_EL2:				/* BX-15 */
		return mutation_is(MUTATION_VPIDR) ? 0 :
		       sysreg_read(MIDR_EL1);
	case REG_VMPIDR_EL2:				/* BX-15 */
		return mutation_is(MUTATION_VMPIDR) ?
		       sysreg_read(MPIDR_EL1) & MPIDR_AFFINITY :
		       sysreg_read(MPIDR_EL1);
	case REG_MDCR_EL2:				/* BX-17: HPMN */
		if (gate_open(HAS_PMUV3, ids))
			return PMCR_N(sysreg_read(PMCR_EL0));
	}
	return 0;
}

uint64_t el2_reg_value(unsigned int reg, const struct id_regs *ids,
		       unsigned int kernel_el)
{
	return duty_reg_value(&el2_duties, reg, kernel_el, ids) |
	       el2_reg_copy(reg, ids);
}

void el2_reg_setup(unsigned int reg, const struct id_regs *ids,
		   unsigned int kernel_el)
{
	uint64_t value;

	if (!duty_reg_exists(&el2_duties, reg, ids))
		return;
	value = el2_reg_value(reg, ids, kernel_el);
	el2_reg_write(reg, value);
	if (current_el() == 3)
		el2_reg_write_from_el3(reg, value);
	isb();
}

/*
 * A trap bit of the reset state must not catch our own writes, so HCR_EL2
 * goes first and its neighbours see it after an ISB.
 */
void el2_setup(const struct id_regs *ids, unsigned int kernel_el)
{
	unsigned int reg;

	for (reg = REG_HCR_EL2; reg < REG_EL2_END; reg++)
		el2_reg_setup(reg, ids, kernel_el);
}
