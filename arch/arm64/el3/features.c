/* SPDX-License-Identifier: BSD-2-Clause */
/* Write EL3's registers, on each CPU before it leaves EL3. */

#include "asm/duty.h"
#include "asm/sysreg.h"
#include "monitor.h"

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
		sysreg_write(SYS_AMCNTENSET0_EL0, value);
		break;
	}
}

/* SCR_EL3 first: NS decides which bank the registers after it are. */
void features_setup(const struct id_regs *ids, unsigned int kernel_el)
{
	unsigned int reg;

	for (reg = REG_SCR_EL3; reg < REG_EL3_END; reg++) {
		if (!duty_reg_exists(&el3_duties, reg, ids))
			continue;
		el3_reg_write(reg, duty_reg_value(&el3_duties, reg, kernel_el,
						  ids));
		isb();
	}
}
