/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of probes for optional CPU features (booting.rst). Registers that
 * old assemblers do not know are given by number, instructions as .inst.
 */
#include "probe.h"

#define SVE		FIELD(ID_PFR0, 32, 1)
#define AMU		FIELD(ID_PFR0, 44, 1)
#define SME		FIELD(ID_PFR1, 24, 1)
#define MTE2		FIELD(ID_PFR1, 8, 2)
#define GCS		FIELD(ID_PFR1, 44, 1)
#define FGT		FIELD(ID_MMFR0, 56, 1)
#define FGT2		FIELD(ID_MMFR0, 56, 2)
#define HCX		FIELD(ID_MMFR1, 40, 1)
#define VHE		FIELD(ID_MMFR1, 8, 1)
#define LS64		FIELD(ID_ISAR1, 60, 1)
#define LS64_V		FIELD(ID_ISAR1, 60, 2)
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
#define SMPRI		"mrs x0, S3_0_C1_C2_4"
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
/* The four architected counters run; only the highest EL can start them. */
#define AMCNTENSET0	"mrs x0, S3_3_C13_C2_5"
VALUE(bp_amu_03, "BP-AMU-03", "AMCNTENSET0_EL0: all four counters run", AMU,
      BY_EL3, AMCNTENSET0, 0xf, 0xf);
VALUE(bp_amu_05, "BP-AMU-05", "AMCNTENSET0_EL0: all four counters run", AMU,
      BY_EL2, AMCNTENSET0, 0xf, 0xf);

/* x0 = bits of the auxiliary counters of AMCGCR_EL0.CG1NC that do not run. */
#define AUXILIARY_OFF				\
	"mrs x0, S3_3_C13_C2_2\n"		\
	"	ubfx x0, x0, #8, #8\n"		\
	"	mov x1, #-1\n"			\
	"	lsl x1, x1, x0\n"		\
	"	mrs x0, S3_3_C13_C3_1\n"	\
	"	orr x0, x0, x1\n"		\
	"	mvn x0, x0"
VALUE(bp_amu_04, "BP-AMU-04", "AMCNTENSET1_EL0: auxiliary counters run", AMU,
      BY_EL3, AUXILIARY_OFF, UINT64_MAX, 0);
VALUE(bp_amu_06, "BP-AMU-06", "AMCNTENSET1_EL0: auxiliary counters run", AMU,
      BY_EL2, AUXILIARY_OFF, UINT64_MAX, 0);

PROBE(bp_fgt_01, "BP-FGT-01", "SCR_EL3.FGTEn: HFGRTR_EL2", FGT, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C1_C1_4");
PROBE(bp_fgt2_01, "BP-FGT2-01", "SCR_EL3.FGTEn2: HFGRTR2_EL2", FGT2,
      BY_EL3_AT_EL2, "mrs x0, S3_4_C3_C1_2");
PROBE(bp_hcx_01, "BP-HCX-01", "SCR_EL3.HXEn: HCRX_EL2", HCX, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C1_C2_2");

PROBE_FP(bp_fp_01, "BP-FP-01", "CPTR_EL3.TFP: FMOV", GATE_FP, BY_EL3, FMOV);
PROBE_FP(bp_fp_02, "BP-FP-02", "CPTR_EL2.TFP: FMOV", GATE_FP, BY_EL2, FMOV);
PROBE_FP(bp_sve_01, "BP-SVE-01", "CPTR_EL3.EZ: RDVL", SVE, BY_EL3, RDVL);
PROBE_FP(bp_sve_03, "BP-SVE-03", "CPTR_EL2.TZ: RDVL", SVE, BY_EL2, RDVL);
/* The same bits where HCR_EL2.E2H = 1, which cannot be told from EL1. */
PROBE_FP2(bp_sve_04, "BP-SVE-04", "CPTR_EL2.ZEN: RDVL", SVE, VHE, BY_EL2,
	  RDVL);
PROBE_FP(bp_sme_01, "BP-SME-01", "CPTR_EL3.ESM: RDSVL", SME, BY_EL3, RDSVL);
PROBE_FP(bp_sme_02, "BP-SME-02", "SCR_EL3.EnTP2: TPIDR2_EL0", SME, BY_EL3,
	 TPIDR2);
PROBE_FP(bp_sme_04, "BP-SME-04", "CPTR_EL2.TSM: RDSVL", SME, BY_EL2, RDSVL);
PROBE_FP2(bp_sme_05, "BP-SME-05", "CPTR_EL2.SMEN: RDSVL", SME, VHE, BY_EL2,
	  RDSVL);
PROBE_FP2(bp_sme_08, "BP-SME-08", "HFGRTR_EL2.nTPIDR2_EL0: read TPIDR2_EL0",
	  SME, FGT, BY_EL2, TPIDR2);
PROBE_FP2(bp_sme_09, "BP-SME-09", "HFGWTR_EL2.nTPIDR2_EL0: write TPIDR2_EL0",
	  SME, FGT, BY_EL2, "msr S3_3_C13_C0_5, xzr");
PROBE_FP2(bp_sme_10, "BP-SME-10", "HFGRTR_EL2.nSMPRI_EL1: read SMPRI_EL1",
	  SME, FGT, BY_EL2, SMPRI);
PROBE_FP2(bp_sme_11, "BP-SME-11", "HFGWTR_EL2.nSMPRI_EL1: write SMPRI_EL1",
	  SME, FGT, BY_EL2, "msr S3_0_C1_C2_4, xzr");

PROBE(bp_mte_01, "BP-MTE-01", "SCR_EL3.ATA: GCR_EL1", MTE2, BY_EL3, GCR);
PROBE(bp_mte_02, "BP-MTE-02", "HCR_EL2.ATA: GCR_EL1", MTE2, BY_EL2, GCR);

PROBE(bp_tcr2_01, "BP-TCR2-01", "SCR_EL3.TCR2En: TCR2_EL1", TCR2, BY_EL3,
      TCR2_EL1);
PROBE(bp_tcr2_02, "BP-TCR2-02", "HCRX_EL2.TCR2En: TCR2_EL1", TCR2, BY_EL2,
      TCR2_EL1);
PROBE(bp_pie_01, "BP-PIE-01", "SCR_EL3.PIEn: PIR_EL1", S1PIE, BY_EL3, PIR_EL1);
PROBE(bp_pie_02, "BP-PIE-02", "HFGRTR_EL2.nPIR_EL1: PIR_EL1", S1PIE, BY_EL2,
      PIR_EL1);
PROBE(bp_pie_03, "BP-PIE-03", "HFGWTR_EL2.nPIR_EL1: write PIR_EL1", S1PIE,
      BY_EL2, "msr S3_0_C10_C2_3, xzr");
PROBE(bp_pie_04, "BP-PIE-04", "HFGRTR_EL2.nPIRE0_EL1: PIRE0_EL1", S1PIE,
      BY_EL2, "mrs x0, S3_0_C10_C2_2");
PROBE(bp_pie_05, "BP-PIE-05", "HFGWTR_EL2.nPIRE0_EL1: write PIRE0_EL1", S1PIE,
      BY_EL2, "msr S3_0_C10_C2_2, xzr");

VALUE(bp_gcs_01, "BP-GCS-01", "GCSCR_EL1 is 0", GCS, BY_NONE, GCSCR_EL1,
      UINT64_MAX, 0);
VALUE(bp_gcs_02, "BP-GCS-02", "GCSCRE0_EL1 is 0", GCS, BY_NONE,
      "mrs x0, S3_0_C2_C5_2", UINT64_MAX, 0);
PROBE(bp_gcs_03, "BP-GCS-03", "SCR_EL3.GCSEn: GCSCR_EL1", GCS, BY_EL3,
      GCSCR_EL1);
VALUE(bp_gcs_04, "BP-GCS-04", "GCSCR_EL2 is 0", GCS, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C2_C5_0", UINT64_MAX, 0);
PROBE(bp_gcs_05, "BP-GCS-05", "HCRX_EL2.GCSEn: GCSCR_EL1", GCS, BY_EL2,
      GCSCR_EL1);
PROBE(bp_gcs_06, "BP-GCS-06", "HFGITR_EL2.nGCSEPP: GCSPUSHX", GCS, BY_EL2,
      ".inst 0xd508779f");
/*
 * GCSCR_EL1.STREn, PUSHMEn: else the instruction traps to us before EL2 is
 * asked. Without a page table there is no control stack: an abort.
 */
#define WITH_GCSCR(bit, insn)			\
	"mov x1, #" bit "\n"			\
	"	msr S3_0_C2_C5_0, x1\n"		\
	"	isb\n"				\
	"	" insn "\n"			\
	"	msr S3_0_C2_C5_0, xzr\n"	\
	"	isb"
PROBE_ABORT(bp_gcs_07, "BP-GCS-07", "HFGITR_EL2.nGCSSTR_EL1: GCSSTR", GCS,
	    BY_EL2, WITH_GCSCR("0x200", ".inst 0xd91f0c1f"));
PROBE_ABORT(bp_gcs_08, "BP-GCS-08", "HFGITR_EL2.nGCSPUSHM_EL1: GCSPUSHM", GCS,
	    BY_EL2, WITH_GCSCR("0x100", ".inst 0xd50b771f"));
PROBE(bp_gcs_09, "BP-GCS-09", "HFGRTR_EL2.nGCS_EL1: read GCSPR_EL1", GCS,
      BY_EL2, "mrs x0, S3_0_C2_C5_1");
PROBE(bp_gcs_10, "BP-GCS-10", "HFGRTR_EL2.nGCS_EL0: read GCSPR_EL0", GCS,
      BY_EL2, "mrs x0, S3_3_C2_C5_1");
PROBE(bp_gcs_11, "BP-GCS-11", "HFGWTR_EL2.nGCS_EL1: write GCSPR_EL1", GCS,
      BY_EL2, "msr S3_0_C2_C5_1, xzr");
PROBE(bp_gcs_12, "BP-GCS-12", "HFGWTR_EL2.nGCS_EL0: write GCSPR_EL0", GCS,
      BY_EL2, "msr S3_3_C2_C5_1, xzr");

/* x0 is aligned to 64 bytes; Device memory does not support these: abort. */
PROBE_ABORT(bp_ls64_01, "BP-LS64-01", "HCRX_EL2.EnALS: LD64B", LS64, BY_EL2,
	    "mov x8, x0\n	.inst 0xf83fd100");	/* ld64b x0, [x8] */
PROBE_ABORT(bp_ls64_02, "BP-LS64-02", "HCRX_EL2.EnASR: ST64BV", LS64_V, BY_EL2,
	    "mov x8, x0\n	.inst 0xf829b100");	/* st64bv x9, x0, [x8] */
