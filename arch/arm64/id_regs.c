/* SPDX-License-Identifier: BSD-2-Clause */
/* Read the ID registers that gate duties. */

#include "asm/duty.h"
#include "asm/sysreg.h"

/* ISAR1.{APA [7:4], API [11:8], GPA [27:24], GPI [31:28]}. */
#define ISAR1_PAUTH	(FIELD(0xff, 4) | FIELD(0xff, 24))
/* ISAR2.{GPA3 [11:8], APA3 [15:12]}. */
#define ISAR2_PAUTH	FIELD(0xff, 8)

void id_regs_read(struct id_regs *ids)
{
	uint64_t *v = ids->value;

	v[ID_ALWAYS] = 1;
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
	v[ID_PAUTH] = (v[ID_ISAR1] & ISAR1_PAUTH) ||
		      (v[ID_ISAR2] & ISAR2_PAUTH);
}
