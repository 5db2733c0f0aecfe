/* SPDX-License-Identifier: BSD-2-Clause */
/* Read the ID registers that gate duties. */

#include "asm/duty.h"
#include "asm/gates.h"
#include "asm/sysreg.h"

/* ISAR1.{APA [7:4], API [11:8], GPA [27:24], GPI [31:28]}. */
#define ISAR1_PAUTH	(FIELD(0xff, 4) | FIELD(0xff, 24))
/* ISAR2.{GPA3 [11:8], APA3 [15:12]}. */
#define ISAR2_PAUTH	FIELD(0xff, 8)
#define PFR0_MPAM	FIELD(0xf, 40)
#define PFR1_MPAM_frac	FIELD(0xf, 16)

static uint64_t made(bool announced, unsigned int shift)
{
	return (uint64_t)announced << shift;
}

/*
 * What no ID field says alone. Three registers are asked that EL3 can close
 * to us, and only our own EL3 is known to have opened them; nobody else's
 * makes a difference to what we do below it.
 */
static uint64_t id_regs_make(const struct id_regs *ids)
{
	const uint64_t *v = ids->value;
	const bool ours = IS_ENABLED(CONFIG_EL3_PRESENT);
	const bool amu = gate_open(HAS_AMU, ids);
	const bool mpam = (v[ID_PFR0] & PFR0_MPAM) ||
			  (v[ID_PFR1] & PFR1_MPAM_frac);

	return made(true, MADE_ALWAYS) |
	       made((v[ID_ISAR1] & ISAR1_PAUTH) || (v[ID_ISAR2] & ISAR2_PAUTH),
		    MADE_PAUTH) |
	       made(mpam, MADE_MPAM) |
	       made(ours && mpam &&
		    (sysreg_read(SYS_MPAMIDR_EL1) & MPAMIDR_HAS_HCR),
		    MADE_MPAM_HCR) |
	       made(amu && gate_open(HAS_FGT, ids), MADE_FGT_AMU) |
	       made(ours && amu && AMCGCR_CG1NC(sysreg_read(SYS_AMCGCR_EL0)),
		    MADE_AMU_AUX) |
	       made(ours && gate_open(HAS_SPE, ids) &&
		    (sysreg_read(SYS_PMSIDR_EL1) & PMSIDR_FDS), MADE_SPE_FDS);
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
	v[ID_MADE] = id_regs_make(ids);
	ids->mutation = 0;
	ids->secondary = false;
}
