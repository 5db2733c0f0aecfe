/* SPDX-License-Identifier: BSD-2-Clause */
/* Read the ID registers that gate duties. */

#include "asm/duty.h"
#include "asm/gates.h"
#include "asm/sysreg.h"

/*
 * Registers that are UNDEFINED without their feature, and that EL3 can close
 * to us. Only our own EL3 is known to have opened them; below another's they
 * make no difference to what we do.
 */
static void id_regs_ask(struct id_regs *ids)
{
	const bool mpam = gate_open(HAS_MPAM, ids);
	const bool amu = gate_open(HAS_AMU, ids);
	const bool spe = gate_open(HAS_SPE, ids);

	id_regs_make_more(ids, mpam ? sysreg_read(SYS_MPAMIDR_EL1) : 0,
			  amu ? sysreg_read(SYS_AMCGCR_EL0) : 0,
			  spe ? sysreg_read(SYS_PMSIDR_EL1) : 0);
}

void id_regs_read(struct id_regs *ids)
{
	uint64_t *v = ids->value;

	v[ID_PFR0] = sysreg_read(ID_AA64PFR0_EL1);
	v[ID_PFR1] = sysreg_read(ID_AA64PFR1_EL1);
	v[ID_PFR2] = sysreg_read(SYS_ID_AA64PFR2_EL1);
	v[ID_SMFR0] = sysreg_read(SYS_ID_AA64SMFR0_EL1);
	v[ID_DFR0] = sysreg_read(ID_AA64DFR0_EL1);
	v[ID_ISAR1] = sysreg_read(ID_AA64ISAR1_EL1);
	v[ID_ISAR2] = sysreg_read(SYS_ID_AA64ISAR2_EL1);
	v[ID_MMFR0] = sysreg_read(ID_AA64MMFR0_EL1);
	v[ID_MMFR1] = sysreg_read(ID_AA64MMFR1_EL1);
	v[ID_MMFR3] = sysreg_read(SYS_ID_AA64MMFR3_EL1);
	v[ID_MMFR4] = sysreg_read(SYS_ID_AA64MMFR4_EL1);
	id_regs_make(ids);
	if (IS_ENABLED(CONFIG_EL3_PRESENT))
		id_regs_ask(ids);
	ids->mutation = 0;
	ids->secondary = false;
}
