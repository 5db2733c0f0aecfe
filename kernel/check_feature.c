/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of probes for optional CPU features (booting.rst). Registers that
 * old assemblers do not know are given by number, instructions as .inst.
 */
#include "probe.h"

#define PMU		FIELD_NOT_F(ID_DFR0, 8, 1)
#define PMUV3P9		FIELD_NOT_F(ID_DFR0, 8, 9)
#define FP		FIELD_NOT_F(ID_PFR0, 16, 0)
#define SVE		FIELD(ID_PFR0, 32, 1)
#define AMU		FIELD(ID_PFR0, 44, 1)
#define SME		FIELD(ID_PFR1, 24, 1)
#define MTE2		FIELD(ID_PFR1, 8, 2)
#define GCS		FIELD(ID_PFR1, 44, 1)
#define BRBE		FIELD(ID_DFR0, 52, 1)
#define FGT		FIELD(ID_MMFR0, 56, 1)
#define FGT2		FIELD(ID_MMFR0, 56, 2)
#define HCX		FIELD(ID_MMFR1, 40, 1)
#define TCR2		FIELD(ID_MMFR3, 0, 1)
#define S1PIE		FIELD(ID_MMFR3, 8, 1)

#define PAC_KEY		"mrs x0, S3_0_C2_C1_0"	/* APIAKeyLo_EL1 */
#define PACGA		".inst 0x9ac03000"	/* pacga x0, x0, x0 */
#define AMCR		"mrs x0, S3_3_C13_C2_0"
#define GCR		"mrs x0, S3_0_C1_C0_6"
#define TCR2_EL1	"mrs x0, S3_0_C2_C0_3"
#define PIR_EL1		"mrs x0, S3_0_C10_C2_3"
#define GCSCR_EL1	"mrs x0, S3_0_C2_C5_0"
#define TPIDR2		"mrs x0, S3_3_C13_C0_5"
#define FMOV		".inst 0x9e6703e0"	/* fmov d0, xzr */
#define RDVL		".inst 0x04bf5020"	/* rdvl x0, #1 */
#define RDSVL		".inst 0x04bf5820"	/* rdsvl x0, #1 */

PROBE(bp_pac_01, "BP-PAC-01", "SCR_EL3.APK: PAuth keys", GATE_PAUTH, BY_EL3,
      PAC_KEY);
PROBE(bp_pac_02, "BP-PAC-02", "SCR_EL3.API: PACGA", GATE_PAUTH, BY_EL3, PACGA);
PROBE(bp_pac_03, "BP-PAC-03", "HCR_EL2.APK: PAuth keys", GATE_PAUTH, BY_EL2,
      PAC_KEY);
PROBE(bp_pac_04, "BP-PAC-04", "HCR_EL2.API: PACGA", GATE_PAUTH, BY_EL2, PACGA);

PROBE(bp_amu_01, "BP-AMU-01", "CPTR_EL3.TAM: AMCR_EL0", AMU, BY_EL3, AMCR);
PROBE(bp_amu_02, "BP-AMU-02", "CPTR_EL2.TAM: AMCR_EL0", AMU, BY_EL2, AMCR);

PROBE(bp_fgt_01, "BP-FGT-01", "SCR_EL3.FGTEn: HFGRTR_EL2", FGT, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C1_C1_4");
PROBE(bp_fgt2_01, "BP-FGT2-01", "SCR_EL3.FGTEn2: HFGRTR2_EL2", FGT2,
      BY_EL3_AT_EL2, "mrs x0, S3_4_C3_C1_2");
PROBE(bp_hcx_01, "BP-HCX-01", "SCR_EL3.HXEn: HCRX_EL2", HCX, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C1_C2_2");

PROBE_FP(bp_fp_01, "BP-FP-01", "CPTR_EL3.TFP: FMOV", FP, BY_EL3, FMOV);
PROBE_FP(bp_fp_02, "BP-FP-02", "CPTR_EL2.TFP: FMOV", FP, BY_EL2, FMOV);
PROBE_FP(bp_sve_01, "BP-SVE-01", "CPTR_EL3.EZ: RDVL", SVE, BY_EL3, RDVL);
PROBE_FP(bp_sve_03, "BP-SVE-03", "CPTR_EL2.TZ: RDVL", SVE, BY_EL2, RDVL);
PROBE_FP(bp_sme_01, "BP-SME-01", "CPTR_EL3.ESM: RDSVL", SME, BY_EL3, RDSVL);
PROBE_FP(bp_sme_02, "BP-SME-02", "SCR_EL3.EnTP2: TPIDR2_EL0", SME, BY_EL3,
	 TPIDR2);
PROBE_FP(bp_sme_04, "BP-SME-04", "CPTR_EL2.TSM: RDSVL", SME, BY_EL2, RDSVL);

PROBE(bp_mte_01, "BP-MTE-01", "SCR_EL3.ATA: GCR_EL1", MTE2, BY_EL3, GCR);
PROBE(bp_mte_02, "BP-MTE-02", "HCR_EL2.ATA: GCR_EL1", MTE2, BY_EL2, GCR);

PROBE(bp_brbe_01, "BP-BRBE-01", "MDCR_EL3.SBRBE: BRBIDR0_EL1", BRBE, BY_EL3,
      "mrs x0, S2_1_C9_C2_0");
PROBE(bp_pmu9_01, "BP-PMU9-01", "MDCR_EL3.EnPM2: PMUACR_EL1", PMUV3P9, BY_EL3,
      "mrs x0, S3_0_C9_C14_4");
PROBE(bp_dbg_01, "BP-DBG-01", "MDCR_EL3.TDA: MDSCR_EL1", GATE_ALWAYS, BY_EL3,
      "mrs x0, mdscr_el1");
PROBE(bp_pmu_01, "BP-PMU-01", "MDCR_EL3.TPM: PMCCNTR_EL0", PMU, BY_EL3,
      "mrs x0, pmccntr_el0");

PROBE(bp_tcr2_01, "BP-TCR2-01", "SCR_EL3.TCR2En: TCR2_EL1", TCR2, BY_EL3,
      TCR2_EL1);
PROBE(bp_tcr2_02, "BP-TCR2-02", "HCRX_EL2.TCR2En: TCR2_EL1", TCR2, BY_EL2,
      TCR2_EL1);
PROBE(bp_pie_01, "BP-PIE-01", "SCR_EL3.PIEn: PIR_EL1", S1PIE, BY_EL3, PIR_EL1);
PROBE(bp_pie_02, "BP-PIE-02", "HFGRTR_EL2.nPIR_EL1: PIR_EL1", S1PIE, BY_EL2,
      PIR_EL1);
PROBE(bp_gcs_03, "BP-GCS-03", "SCR_EL3.GCSEn: GCSCR_EL1", GCS, BY_EL3,
      GCSCR_EL1);
PROBE(bp_gcs_05, "BP-GCS-05", "HCRX_EL2.GCSEn: GCSCR_EL1", GCS, BY_EL2,
      GCSCR_EL1);
