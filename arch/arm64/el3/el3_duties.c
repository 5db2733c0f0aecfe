/* SPDX-License-Identifier: BSD-2-Clause */
/* What EL3 must hold so that the lower levels may use what the CPU has. */

#include "asm/duty.h"
#include "asm/gates.h"
#include "asm/sysreg.h"

static const struct duty duties[] = {
	{ "BP-CPU-05", REG_SCR_EL3, 0, ALWAYS, SCR_NS | SCR_RES1 },
	{ "BX-01", REG_SCR_EL3, 0, ALWAYS, SCR_RW },
	{ "BP-SCR-03", REG_SCR_EL3, 0, HAS_EL2, SCR_HCE },
	{ "BP-PAC-01", REG_SCR_EL3, 0, HAS_PAUTH, SCR_APK },
	{ "BP-PAC-02", REG_SCR_EL3, 0, HAS_PAUTH, SCR_API },
	{ "BP-FGT-01", REG_SCR_EL3, 0, HAS_FGT, SCR_FGTEn },
	{ "BP-FGT2-01", REG_SCR_EL3, 0, HAS_FGT2, SCR_FGTEn2 },
	{ "BP-HCX-01", REG_SCR_EL3, 0, HAS_HCX, SCR_HXEn },
	{ "BP-SME-02", REG_SCR_EL3, 0, HAS_SME, SCR_EnTP2 },
	{ "BP-MTE-01", REG_SCR_EL3, 0, HAS_MTE2, SCR_ATA },
	{ "BP-TCR2-01", REG_SCR_EL3, 0, HAS_TCR2, SCR_TCR2En },
	{ "BP-PIE-01", REG_SCR_EL3, 0, HAS_S1PIE, SCR_PIEn },
	{ "BP-GCS-03", REG_SCR_EL3, 0, HAS_GCS, SCR_GCSEn },
	{ "BX-12", REG_SCR_EL3, 0, HAS_ECV2, SCR_ECVEn },
	{ "BX-13", REG_SCR_EL3, 0, HAS_CSV2_2, SCR_EnSCXT },
	{ "BX-13", REG_SCR_EL3, 0, HAS_CSV2_1P2, SCR_EnSCXT },
	{ "BX-14", REG_SCR_EL3, 0, HAS_SCTLR2, SCR_SCTLR2En },
	{ "BX-14", REG_SCR_EL3, 0, HAS_D128, SCR_D128En },
	{ "BX-14", REG_SCR_EL3, 0, HAS_AIE, SCR_AIEn },
	{ "BX-14", REG_SCR_EL3, 0, HAS_FPMR, SCR_EnFPM },
	{ "BX-14", REG_SCR_EL3, 0, HAS_THE, SCR_RCWMASKEn },

	/* TFP, TAM, TCPAC and TTA stay 0: BP-FP-01, BP-AMU-01, BX-07. */
	{ "BP-SVE-01", REG_CPTR_EL3, 0, HAS_SVE, CPTR_EL3_EZ },
	{ "BP-SME-01", REG_CPTR_EL3, 0, HAS_SME, CPTR_EL3_ESM },
	{ "BP-SVE-02", REG_ZCR_EL3, 0, ALWAYS, ZCR_LEN_MAX },
	{ "BP-SME-03", REG_SMCR_EL3, 0, ALWAYS, SMCR_LEN_MAX },
	{ "BP-FA64-01", REG_SMCR_EL3, 0, HAS_SME_FA64, SMCR_FA64 },
	{ "BP-SME2-01", REG_SMCR_EL3, 0, HAS_SME2, SMCR_EZT0 },

	/* TDA, TPM and TDOSA stay 0: BP-DBG-01, BP-PMU-01, BX-08. */
	{ "BP-PMU9-01", REG_MDCR_EL3, 0, HAS_PMUV3P9, MDCR_EL3_EnPM2 },
	{ "BP-BRBE-01", REG_MDCR_EL3, 0, HAS_BRBE, MDCR_EL3_SBRBE_ALL },
	{ "BX-09", REG_MDCR_EL3, 0, HAS_SPE, MDCR_EL3_NSPB_NS },
	{ "BX-09", REG_MDCR_EL3, 0, HAS_SPE_1P2, MDCR_EL3_EnPMSN },
	{ "BP-SPE-01", REG_MDCR_EL3, 0, HAS_SPE_1P2, MDCR_EL3_EnPMS3 },
	{ "BX-10", REG_MDCR_EL3, 0, HAS_TRBE, MDCR_EL3_NSTB_NS },

	{ "BX-11", REG_MPAM3_EL3, 0, ALWAYS, 0 },
	{ "BP-AMU-03", REG_AMCNTENSET0_EL0, 0, ALWAYS, 0xf },
};

static const struct duty_presence presence[] = {
	{ REG_ZCR_EL3, HAS_SVE },
	{ REG_SMCR_EL3, HAS_SME },
	{ REG_MPAM3_EL3, HAS_MPAM },
	{ REG_MPAM3_EL3, HAS_MPAM_FRAC },
	{ REG_AMCNTENSET0_EL0, HAS_AMU },
};

const struct duty_table el3_duties = {
	.duties = duties,
	.count = ARRAY_SIZE(duties),
	.presence = presence,
	.presence_count = ARRAY_SIZE(presence),
};
