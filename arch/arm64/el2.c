/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What EL2 must hold when a kernel starts, at EL2 or below it at EL1. The
 * monitor runs this for each CPU that it starts, the loader for its own.
 */

#include "asm/duty.h"
#include "asm/gates.h"
#include "asm/sysreg.h"

#define EL1	1
#define EL2	2
#define BOTH	0

#define HFG_SME		(HFG_nSMPRI_EL1 | HFG_nTPIDR2_EL0)
#define HFG_S1PIE	(HFG_nPIR_EL1 | HFG_nPIRE0_EL1)
#define HFG_GCS		(HFG_nGCS_EL1 | HFG_nGCS_EL0)
#define HFGITR_GCS	(HFGITR_nGCSPUSHM_EL1 | HFGITR_nGCSSTR_EL1 | \
			 HFGITR_nGCSEPP)
#define HFGITR_BRBE	(HFGITR_nBRBIALL | HFGITR_nBRBINJ)
#define HDFGR_BRBE	(HDFG_nBRBIDR | HDFG_nBRBCTL | HDFG_nBRBDATA)
#define HDFGW_BRBE	(HDFG_nBRBCTL | HDFG_nBRBDATA)

static const struct duty duties[] = {
	{ "BX-02", REG_HCR_EL2, BOTH, ALWAYS, HCR_RW },
	{ "BP-PAC-03", REG_HCR_EL2, EL1, HAS_PAUTH, HCR_APK },
	{ "BP-PAC-04", REG_HCR_EL2, EL1, HAS_PAUTH, HCR_API },
	{ "BP-MTE-02", REG_HCR_EL2, EL1, HAS_MTE2, HCR_ATA },
	{ "BX-13", REG_HCR_EL2, EL1, HAS_CSV2_2, HCR_EnSCXT },
	{ "BX-13", REG_HCR_EL2, EL1, HAS_CSV2_1P2, HCR_EnSCXT },

	{ "BP-FP-02", REG_CPTR_EL2, BOTH, ALWAYS, CPTR_EL2_RES1 },
	{ "BP-SVE-03", REG_CPTR_EL2, BOTH, NO_SVE, CPTR_EL2_TZ },
	{ "BP-SME-04", REG_CPTR_EL2, BOTH, NO_SME, CPTR_EL2_TSM },
	{ "BP-SVE-05", REG_ZCR_EL2, BOTH, ALWAYS, ZCR_LEN_MAX },
	{ "BP-SME-07", REG_SMCR_EL2, BOTH, ALWAYS, SMCR_LEN_MAX },
	{ "BP-FA64-02", REG_SMCR_EL2, BOTH, HAS_SME_FA64, SMCR_FA64 },
	{ "BP-SME2-02", REG_SMCR_EL2, BOTH, HAS_SME2, SMCR_EZT0 },

	{ "BP-TMR-03", REG_CNTHCTL_EL2, BOTH, ALWAYS, CNTHCTL_EL1PCTEN },
	{ "BX-16", REG_CNTHCTL_EL2, BOTH, ALWAYS, CNTHCTL_EL1PCEN },

	{ "BP-LS64-01", REG_HCRX_EL2, EL1, HAS_LS64, HCRX_EnALS },
	{ "BP-LS64-02", REG_HCRX_EL2, EL1, HAS_LS64_V, HCRX_EnASR },
	{ "BP-MOPS-01", REG_HCRX_EL2, EL1, HAS_MOPS, HCRX_MSCEn },
	{ "BP-TCR2-02", REG_HCRX_EL2, EL1, HAS_TCR2, HCRX_TCR2En },
	{ "BP-GCS-05", REG_HCRX_EL2, EL1, HAS_GCS, HCRX_GCSEn },

	{ "BP-SME-08", REG_HFGRTR_EL2, EL1, HAS_SME, HFG_SME },
	{ "BP-SME-09", REG_HFGWTR_EL2, EL1, HAS_SME, HFG_SME },
	{ "BP-PIE-02", REG_HFGRTR_EL2, EL1, HAS_S1PIE, HFG_S1PIE },
	{ "BP-PIE-03", REG_HFGWTR_EL2, EL1, HAS_S1PIE, HFG_S1PIE },
	{ "BP-GCS-09", REG_HFGRTR_EL2, EL1, HAS_GCS, HFG_GCS },
	{ "BP-GCS-11", REG_HFGWTR_EL2, EL1, HAS_GCS, HFG_GCS },
	{ "BP-GCS-06", REG_HFGITR_EL2, EL1, HAS_GCS, HFGITR_GCS },
	{ "BP-BRBE-09", REG_HFGITR_EL2, EL1, HAS_BRBE, HFGITR_BRBE },
	{ "BP-BRBE-04", REG_HDFGRTR_EL2, EL1, HAS_BRBE, HDFGR_BRBE },
	{ "BP-BRBE-07", REG_HDFGWTR_EL2, EL1, HAS_BRBE, HDFGW_BRBE },

	{ "BP-CACHE-01", REG_SCTLR_EL2, BOTH, ALWAYS, SCTLR_EL2_RES1 },
	{ "BP-SME-06", REG_SCTLR_EL2, EL1, HAS_SME, SCTLR_EL2_EnTP2 },
	{ "BP-CACHE-01", REG_SCTLR_EL1, BOTH, ALWAYS, SCTLR_EL1_RES1 },

	/* Registers that no feature wants a bit of: they must be 0. */
	{ "BP-TMR-02", REG_CNTVOFF_EL2, BOTH, ALWAYS, 0 },
	{ "BX-17", REG_MDCR_EL2, BOTH, ALWAYS, 0 },
	{ "BX-19", REG_VTTBR_EL2, BOTH, ALWAYS, 0 },
	{ "BX-19", REG_HSTR_EL2, BOTH, ALWAYS, 0 },
	{ "BX-20", REG_ICH_HCR_EL2, BOTH, ALWAYS, 0 },
	{ "BX-20", REG_CNTHP_CTL_EL2, BOTH, ALWAYS, 0 },
	{ "BX-11", REG_MPAM2_EL2, BOTH, ALWAYS, 0 },
	{ "BP-SYS-01", REG_CPACR_EL1, BOTH, ALWAYS, 0 },
};

static const struct duty_presence presence[] = {
	{ REG_ZCR_EL2, HAS_SVE },
	{ REG_SMCR_EL2, HAS_SME },
	{ REG_HCRX_EL2, HAS_HCX },
	{ REG_HFGRTR_EL2, HAS_FGT },
	{ REG_HFGWTR_EL2, HAS_FGT },
	{ REG_HFGITR_EL2, HAS_FGT },
	{ REG_HDFGRTR_EL2, HAS_FGT },
	{ REG_HDFGWTR_EL2, HAS_FGT },
	{ REG_MPAM2_EL2, HAS_MPAM },
	{ REG_MPAM2_EL2, HAS_MPAM_FRAC },
	{ REG_ICH_HCR_EL2, HAS_GICV3 },
};

const struct duty_table el2_duties = {
	.duties = duties,
	.count = ARRAY_SIZE(duties),
	.presence = presence,
	.presence_count = ARRAY_SIZE(presence),
};

static void el2_reg_write(unsigned int reg, uint64_t value)
{
	switch (reg) {
	case REG_HCR_EL2: sysreg_write(HCR_EL2, value); break;
	case REG_CPTR_EL2: sysreg_write(CPTR_EL2, value); break;
	case REG_MDCR_EL2: sysreg_write(MDCR_EL2, value); break;
	case REG_CNTHCTL_EL2: sysreg_write(CNTHCTL_EL2, value); break;
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
	case REG_ZCR_EL2: sysreg_write(SYS_ZCR_EL2, value); break;
	case REG_SMCR_EL2: sysreg_write(SYS_SMCR_EL2, value); break;
	case REG_MPAM2_EL2: sysreg_write(SYS_MPAM2_EL2, value); break;
	case REG_ICH_HCR_EL2: sysreg_write(SYS_ICH_HCR_EL2, value); break;
	case REG_CNTHP_CTL_EL2: sysreg_write(CNTHP_CTL_EL2, value); break;
	case REG_SCTLR_EL1: sysreg_write(SCTLR_EL1, value); break;
	case REG_CPACR_EL1: sysreg_write(CPACR_EL1, value); break;
	case REG_SCTLR_EL2:
		/* The loader stands on it; the hand-off writes it last. */
		if (current_el() == 3)
			sysreg_write(SCTLR_EL2, value);
		break;
	}
}

/* Values that are copies of another register, not bits of a table. */
static uint64_t el2_reg_copy(unsigned int reg, const struct id_regs *ids)
{
	const struct gate pmu = HAS_PMUV3;

	switch (reg) {
	case REG_VPIDR_EL2:				/* BX-15 */
		return sysreg_read(MIDR_EL1);
	case REG_VMPIDR_EL2:				/* BX-15 */
		return sysreg_read(MPIDR_EL1);
	case REG_MDCR_EL2:				/* BX-17: HPMN */
		if (gate_open(pmu, ids))
			return (sysreg_read(PMCR_EL0) >> 11) & 0x1f;
	}
	return 0;
}

/*
 * A trap bit of the reset state must not catch our own writes, so HCR_EL2
 * goes first and its neighbours see it after an ISB.
 */
void el2_setup(unsigned int kernel_el)
{
	struct id_regs ids;
	unsigned int reg;

	id_regs_read(&ids);
	for (reg = REG_HCR_EL2; reg < REG_EL2_END; reg++) {
		if (!duty_reg_exists(&el2_duties, reg, &ids))
			continue;
		el2_reg_write(reg, duty_reg_value(&el2_duties, reg, kernel_el,
						  &ids) |
				   el2_reg_copy(reg, &ids));
		isb();
	}
	if (gate_open((struct gate)HAS_GICV3, &ids) &&
	    IS_ENABLED(CONFIG_GICV3)) {
		/* BP-GIC3-04, BP-GIC3-05; SRE_EL1 needs the Enable bit. */
		sysreg_write(SYS_ICC_SRE_EL2, ICC_SRE_SRE | ICC_SRE_DFB |
			     ICC_SRE_DIB | ICC_SRE_Enable);
		isb();
	}
}
