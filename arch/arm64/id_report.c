/* SPDX-License-Identifier: BSD-2-Clause */
/* For the report of a boot: what the ID registers say, what was set. */

#include "arch.h"
#include "asm/duty.h"
#include "asm/id_known.h"
#include "asm/sysreg.h"
#include "print.h"
#include <string.h>

uint64_t id_known_read(enum id_known_reg reg)
{
	switch (reg) {
	case KNOWN_PFR0: return sysreg_read(ID_AA64PFR0_EL1);
	case KNOWN_PFR1: return sysreg_read(ID_AA64PFR1_EL1);
	case KNOWN_PFR2: return sysreg_read(SYS_ID_AA64PFR2_EL1);
	case KNOWN_ZFR0: return sysreg_read(SYS_ID_AA64ZFR0_EL1);
	case KNOWN_SMFR0: return sysreg_read(SYS_ID_AA64SMFR0_EL1);
	case KNOWN_DFR0: return sysreg_read(ID_AA64DFR0_EL1);
	case KNOWN_DFR1: return sysreg_read(ID_AA64DFR1_EL1);
	case KNOWN_ISAR0: return sysreg_read(ID_AA64ISAR0_EL1);
	case KNOWN_ISAR1: return sysreg_read(ID_AA64ISAR1_EL1);
	case KNOWN_ISAR2: return sysreg_read(SYS_ID_AA64ISAR2_EL1);
	case KNOWN_ISAR3: return sysreg_read(SYS_ID_AA64ISAR3_EL1);
	case KNOWN_MMFR0: return sysreg_read(ID_AA64MMFR0_EL1);
	case KNOWN_MMFR1: return sysreg_read(ID_AA64MMFR1_EL1);
	case KNOWN_MMFR2: return sysreg_read(SYS_ID_AA64MMFR2_EL1);
	case KNOWN_MMFR3: return sysreg_read(SYS_ID_AA64MMFR3_EL1);
	case KNOWN_MMFR4: return sysreg_read(SYS_ID_AA64MMFR4_EL1);
	case KNOWN_COUNT: break;
	}
	return 0;
}

#define NAME(reg)	[REG_##reg] = #reg

static const char *const reg_names[REG_EL2_END] = {
	NAME(SCR_EL3), NAME(CPTR_EL3), NAME(MDCR_EL3), NAME(ZCR_EL3),
	NAME(SMCR_EL3), NAME(MPAM3_EL3), NAME(AMCNTENSET0_EL0),
	NAME(AMCNTENSET1_EL0), NAME(HCR_EL2), NAME(CPTR_EL2),
	NAME(CNTHCTL_EL2), [REG_CPTR_EL2_E2H] = "CPTR_EL2",
	[REG_CNTHCTL_EL2_E2H] = "CNTHCTL_EL2", NAME(MDCR_EL2),
	NAME(CNTVOFF_EL2), NAME(CNTPOFF_EL2), NAME(VPIDR_EL2),
	NAME(VMPIDR_EL2), NAME(VTTBR_EL2), NAME(HSTR_EL2), NAME(HCRX_EL2),
	NAME(HFGRTR_EL2), NAME(HFGWTR_EL2), NAME(HFGITR_EL2),
	NAME(HDFGRTR_EL2), NAME(HDFGWTR_EL2), NAME(HAFGRTR_EL2),
	NAME(HFGRTR2_EL2), NAME(HFGWTR2_EL2), NAME(HFGITR2_EL2),
	NAME(HDFGRTR2_EL2), NAME(HDFGWTR2_EL2), NAME(ZCR_EL2),
	NAME(SMCR_EL2), NAME(MPAM2_EL2), NAME(MPAMHCR_EL2),
	NAME(ICC_SRE_EL2), NAME(ICH_HCR_EL2), NAME(ICH_HFGRTR_EL2),
	NAME(ICH_HFGWTR_EL2), NAME(ICH_HFGITR_EL2), NAME(BRBCR_EL2),
	NAME(PMSCR_EL2), NAME(GCSCR_EL2), NAME(GCSCR_EL1),
	NAME(GCSCRE0_EL1), NAME(CNTHP_CTL_EL2), NAME(SCTLR_EL2),
	NAME(SCTLR_EL1), NAME(CPACR_EL1),
};

struct teller {
	const struct duty_table *table;
	const struct id_regs *ids;
	unsigned int kernel_el;
	const char *object;
	arch_say *say;
	void *context;
};

/* The rules of a register's rows, each once. */
static void tell_rules(const struct teller *t, unsigned int reg)
{
	const char *last = "";
	size_t i;

	for (i = 0; i < t->table->count; i++) {
		const struct duty *duty = &t->table->duties[i];

		if (duty->reg != reg || !strcmp(duty->id, last) ||
		    !duty_applies(duty, t->kernel_el, t->ids))
			continue;
		last = duty->id;
		t->say(t->context, t->object, last);
	}
}

static void tell_register(const struct teller *t, unsigned int reg,
			  uint64_t value)
{
	char word[40];

	if (!duty_reg_exists(t->table, reg, t->ids))
		return;
	print_to(word, sizeof(word), "%s=0x%lx", reg_names[reg], value);
	t->say(t->context, t->object, word);
	tell_rules(t, reg);
}

void arch_duties(arch_say *say, void *context)
{
	const unsigned int el = IS_ENABLED(CONFIG_KERNEL_EL2) ? 2 : 1;
	struct id_regs ids;
	const struct teller el3 = { &el3_duties, &ids, el, "el3", say, context };
	const struct teller el2 = { &el2_duties, &ids, el, "el2", say, context };
	unsigned int reg;

	id_regs_read(&ids);
	for (reg = 0; IS_ENABLED(CONFIG_EL3_PRESENT) && reg < REG_EL3_END; reg++)
		tell_register(&el3, reg, duty_reg_value(&el3_duties, reg, el,
							&ids));
	if (!gate_field(&ids, ID_PFR0, 8) || (!IS_ENABLED(CONFIG_EL3_PRESENT) &&
					      !IS_ENABLED(CONFIG_EL2_PRESENT)))
		return;
	for (reg = REG_HCR_EL2; reg < REG_EL2_END; reg++)
		tell_register(&el2, reg, el2_reg_value(reg, &ids, el));
}
