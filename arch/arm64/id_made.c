/* SPDX-License-Identifier: BSD-2-Clause */
/* Features that no ID field announces alone; pure, host-buildable. */

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

void id_regs_make(struct id_regs *ids)
{
	const uint64_t *v = ids->value;
	const bool pauth = (v[ID_ISAR1] & ISAR1_PAUTH) ||
			   (v[ID_ISAR2] & ISAR2_PAUTH);
	const bool mpam = (v[ID_PFR0] & PFR0_MPAM) ||
			  (v[ID_PFR1] & PFR1_MPAM_frac);

	ids->value[ID_MADE] = made(true, MADE_ALWAYS) |
			      made(pauth, MADE_PAUTH) |
			      made(mpam, MADE_MPAM) |
			      made(gate_open(HAS_AMU, ids) &&
				   gate_open(HAS_FGT, ids), MADE_FGT_AMU);
}

void id_regs_make_more(struct id_regs *ids, uint64_t mpamidr, uint64_t amcgcr,
		       uint64_t pmsidr)
{
	ids->value[ID_MADE] |= made(mpamidr & MPAMIDR_HAS_HCR, MADE_MPAM_HCR) |
			       made(AMCGCR_CG1NC(amcgcr), MADE_AMU_AUX) |
			       made(pmsidr & PMSIDR_FDS, MADE_SPE_FDS);
}
