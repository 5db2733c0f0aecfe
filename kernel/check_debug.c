/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of probes for debug, PMU, SPE, trace and branch records. */
#include "probe.h"

#define ALWAYS		GATE_ALWAYS
#define PMU		FIELD_NOT_F(ID_DFR0, 8, 1)
#define PMUV3P9		FIELD_NOT_F(ID_DFR0, 8, 9)
#define SPE		FIELD(ID_DFR0, 32, 1)
#define SPE_1P2		FIELD(ID_DFR0, 32, 3)
#define TRBE		FIELD(ID_DFR0, 44, 1)
#define BRBE		FIELD(ID_DFR0, 52, 1)
#define FGT2		FIELD(ID_MMFR0, 56, 2)

#define BRBIDR0		"mrs x0, S2_1_C9_C2_0"
#define PMCCNTR		"mrs x0, pmccntr_el0"
#define MDSCR		"mrs x0, mdscr_el1"
#define PMICNTR		"mrs x0, S3_3_C9_C4_0"
#define PMICFILTR	"mrs x0, S3_3_C9_C6_0"
#define PMUACR		"mrs x0, S3_0_C9_C14_4"
#define PMSDSFR		"mrs x0, S3_0_C9_C10_4"

PROBE(bp_dbg_01, "BP-DBG-01", "MDCR_EL3.TDA: MDSCR_EL1", ALWAYS, BY_EL3,
      MDSCR);
PROBE(bp_pmu_01, "BP-PMU-01", "MDCR_EL3.TPM: PMCCNTR_EL0", PMU, BY_EL3,
      PMCCNTR);

PROBE(bp_brbe_01, "BP-BRBE-01", "MDCR_EL3.SBRBE: BRBIDR0_EL1", BRBE, BY_EL3,
      BRBIDR0);
PROBE(bp_brbe_04, "BP-BRBE-04", "HDFGRTR_EL2.nBRBDATA: BRBSRC0_EL1", BRBE,
      BY_EL2, "mrs x0, S2_1_C8_C0_1");
PROBE(bp_brbe_05, "BP-BRBE-05", "HDFGRTR_EL2.nBRBCTL: BRBCR_EL1", BRBE,
      BY_EL2, "mrs x0, S2_1_C9_C0_0");
PROBE(bp_brbe_06, "BP-BRBE-06", "HDFGRTR_EL2.nBRBIDR: BRBIDR0_EL1", BRBE,
      BY_EL2, BRBIDR0);
PROBE(bp_brbe_07, "BP-BRBE-07", "HDFGWTR_EL2.nBRBDATA: write BRBSRCINJ_EL1",
      BRBE, BY_EL2, "msr S2_1_C9_C1_1, xzr");
PROBE(bp_brbe_08, "BP-BRBE-08", "HDFGWTR_EL2.nBRBCTL: write BRBCR_EL1", BRBE,
      BY_EL2, "msr S2_1_C9_C0_0, xzr");
PROBE(bp_brbe_09, "BP-BRBE-09", "HFGITR_EL2.nBRBIALL: BRB IALL", BRBE, BY_EL2,
      "sys #1, c7, c2, #4");
PROBE(bp_brbe_10, "BP-BRBE-10", "HFGITR_EL2.nBRBINJ: BRB INJ", BRBE, BY_EL2,
      "sys #1, c7, c2, #5");

PROBE(bp_pmu9_01, "BP-PMU9-01", "MDCR_EL3.EnPM2: PMUACR_EL1", PMUV3P9, BY_EL3,
      PMUACR);
PROBE2(bp_pmu9_02, "BP-PMU9-02", "HDFGRTR2_EL2.nPMICNTR_EL0: PMICNTR_EL0",
       PMUV3P9, FGT2, BY_EL2, PMICNTR);
PROBE2(bp_pmu9_03, "BP-PMU9-03", "HDFGRTR2_EL2.nPMICFILTR_EL0: PMICFILTR_EL0",
       PMUV3P9, FGT2, BY_EL2, PMICFILTR);
PROBE2(bp_pmu9_04, "BP-PMU9-04", "HDFGRTR2_EL2.nPMUACR_EL1: PMUACR_EL1",
       PMUV3P9, FGT2, BY_EL2, PMUACR);
PROBE2(bp_pmu9_05, "BP-PMU9-05", "HDFGWTR2_EL2.nPMICNTR_EL0: write PMICNTR_EL0",
       PMUV3P9, FGT2, BY_EL2, "msr S3_3_C9_C4_0, xzr");
PROBE2(bp_pmu9_06, "BP-PMU9-06",
       "HDFGWTR2_EL2.nPMICFILTR_EL0: write PMICFILTR_EL0", PMUV3P9, FGT2,
       BY_EL2, "msr S3_3_C9_C6_0, xzr");
PROBE2(bp_pmu9_07, "BP-PMU9-07", "HDFGWTR2_EL2.nPMUACR_EL1: write PMUACR_EL1",
       PMUV3P9, FGT2, BY_EL2, "msr S3_0_C9_C14_4, xzr");

PROBE(bp_spe_01, "BP-SPE-01", "MDCR_EL3.EnPMS3: PMSDSFR_EL1", GATE_SPE_FDS,
      BY_EL3, PMSDSFR);
PROBE2(bp_spe_02, "BP-SPE-02", "HDFGRTR2_EL2.nPMSDSFR_EL1: PMSDSFR_EL1",
       GATE_SPE_FDS, FGT2, BY_EL2, PMSDSFR);
PROBE2(bp_spe_03, "BP-SPE-03", "HDFGWTR2_EL2.nPMSDSFR_EL1: write PMSDSFR_EL1",
       GATE_SPE_FDS, FGT2, BY_EL2, "msr S3_0_C9_C10_4, xzr");

PROBE(bx_08, "BX-08", "MDCR_EL3.TDOSA: OSLSR_EL1", ALWAYS, BY_EL3,
      "mrs x0, oslsr_el1");
PROBE(bx_09, "BX-09", "MDCR_EL3.NSPB: PMBLIMITR_EL1", SPE, BY_EL3,
      "mrs x0, S3_0_C9_C10_0");
PROBE(bx_09_pmsn, "BX-09", "MDCR_EL3.EnPMSN: PMSNEVFR_EL1", SPE_1P2, BY_EL3,
      "mrs x0, S3_0_C9_C9_1");
PROBE(bx_10, "BX-10", "MDCR_EL3.NSTB: TRBLIMITR_EL1", TRBE, BY_EL3,
      "mrs x0, S3_0_C9_C11_0");

PROBE(bx_17_tda, "BX-17", "MDCR_EL2.TDA: MDSCR_EL1", ALWAYS, BY_EL2, MDSCR);
PROBE(bx_17_tdosa, "BX-17", "MDCR_EL2.TDOSA: OSLSR_EL1", ALWAYS, BY_EL2,
      "mrs x0, oslsr_el1");
PROBE(bx_17_tdra, "BX-17", "MDCR_EL2.TDRA: MDRAR_EL1", ALWAYS, BY_EL2,
      "mrs x0, mdrar_el1");
PROBE(bx_17_tpm, "BX-17", "MDCR_EL2.TPM: PMCCNTR_EL0", PMU, BY_EL2, PMCCNTR);
PROBE(bx_17_tpmcr, "BX-17", "MDCR_EL2.TPMCR: PMCR_EL0", PMU, BY_EL2,
      "mrs x0, pmcr_el0");

/* PMCR_EL0.N reads as HPMN at EL1; no known PMU has no event counter. */
PROBE_TRIAL(pmcr_n, "mrs x0, pmcr_el0\n	ubfx x0, x0, #11, #5");
CHECK(82, bx_17_hpmn, ON_CPU, "BX-17", "MDCR_EL2.HPMN: PMCR_EL0.N is not 0")
{
	const char *why = not_bound(BY_EL2);
	uint64_t esr;

	if (why || !gate_open(PMU))
		return skip(why ? why : "feature absent");
	esr = risky_probe("BX-17", pmcr_n_trial, 0);
	if (esr)
		return fail("PMCR_EL0 to be readable, not ESR", esr);
	return want(probe_value, "event counters", probe_value);
}

/* It sends debug exceptions to EL2; the others are those of its traps. */
PROBE_TRIAL(brk, "brk #0");
CHECK(82, bx_17_tde, ON_CPU, "BX-17", "MDCR_EL2.TDE: BRK comes to this EL")
{
	const char *why = not_bound(BY_EL2);
	uint64_t esr;

	if (why)
		return skip(why);
	esr = risky_probe("BX-17", brk_trial, 0);
	return want(ESR_EC(esr) == EC_BRK, "ESR with EC 0x3c", esr);
}
