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
	print_to(word, sizeof(word), "%s=0x%lx", duty_reg_name(reg), value);
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
