/* SPDX-License-Identifier: BSD-2-Clause */
/* Write EL3's registers, on each CPU before it leaves EL3. */

#include "asm/duty.h"
#include "asm/sysreg.h"
#include "monitor.h"
#include "mutation.h"

/* Zeros do nothing in a SET register; a fault wants bits cleared. */
#define amu_enable(set, clear, bits)				\
	do {							\
		sysreg_write(set, bits);			\
		if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD))	\
			sysreg_write(clear, ~(bits));		\
	} while (0)

static void el3_reg_write(unsigned int reg, uint64_t value)
{
	switch (reg) {
	case REG_SCR_EL3: sysreg_write(SCR_EL3, value); break;
	case REG_CPTR_EL3: sysreg_write(CPTR_EL3, value); break;
	case REG_MDCR_EL3: sysreg_write(MDCR_EL3, value); break;
	case REG_ZCR_EL3: sysreg_write(SYS_ZCR_EL3, value); break;
	case REG_SMCR_EL3: sysreg_write(SYS_SMCR_EL3, value); break;
	case REG_MPAM3_EL3: sysreg_write(SYS_MPAM3_EL3, value); break;
	case REG_AMCNTENSET0_EL0:
		amu_enable(SYS_AMCNTENSET0_EL0, SYS_AMCNTENCLR0_EL0, value);
		break;
	case REG_AMCNTENSET1_EL0:
		amu_enable(SYS_AMCNTENSET1_EL0, SYS_AMCNTENCLR1_EL0, value);
		break;
	}
}

static void el3_reg_setup(unsigned int reg, const struct id_regs *ids,
			  unsigned int kernel_el)
{
	if (!duty_reg_exists(&el3_duties, reg, ids))
		return;
	el3_reg_write(reg, duty_reg_value(&el3_duties, reg, kernel_el, ids));
	isb();
}

/* SCR_EL3 first: NS decides which bank the registers after it are. */
void features_setup(const struct id_regs *ids, unsigned int kernel_el)
{
	unsigned int reg;

	for (reg = REG_SCR_EL3; reg < REG_EL3_END; reg++)
		el3_reg_setup(reg, ids, kernel_el);
}

/* One register only: the way to those after it may be closed by the fault. */
void features_mutate(bool secondary)
{
	struct id_regs ids;

	id_regs_read(&ids);
	ids.mutation = mutation_get();
	ids.secondary = secondary;
	if (gate_field(&ids, ID_PFR0, 8))
		el2_reg_setup(duty_fault_reg(&el2_duties, &ids), &ids,
			      KERNEL_EL);
	el3_reg_setup(duty_fault_reg(&el3_duties, &ids), &ids, KERNEL_EL);
}
