/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of probes for registers that Linux touches at boot although
 * booting.rst names them only in general (BP-SYS-01; rows BX-*).
 */
#include "probe.h"

#define LO		FIELD(ID_MMFR1, 16, 1)
#define RAS		FIELD(ID_PFR0, 28, 1)
#define SPE		FIELD(ID_DFR0, 32, 1)
#define TRBE		FIELD(ID_DFR0, 44, 1)
#define MPAM		FIELD(ID_PFR0, 40, 1)
#define ECV2		FIELD(ID_MMFR0, 60, 2)
#define CSV2_2		FIELD(ID_PFR0, 56, 2)
#define PMU		FIELD_NOT_F(ID_DFR0, 8, 1)
#define ALWAYS		GATE_ALWAYS

PROBE(bp_tmr_03, "BP-TMR-03", "CNTHCTL_EL2.EL1PCTEN: CNTPCT_EL0", ALWAYS,
      BY_EL2, "mrs x0, cntpct_el0");

PROBE(bx_04, "BX-04", "SCR_EL3.TLOR: LORC_EL1", LO, BY_EL3,
      "mrs x0, S3_0_C10_C4_3");
PROBE(bx_05, "BX-05", "SCR_EL3.TERR: ERRIDR_EL1", RAS, BY_EL3,
      "mrs x0, S3_0_C5_C3_0");
PROBE(bx_07_cpacr, "BX-07", "CPTR_EL3.TCPAC: CPACR_EL1", ALWAYS, BY_EL3,
      "mrs x0, cpacr_el1");
PROBE(bx_07_cptr, "BX-07", "CPTR_EL3.TCPAC: CPTR_EL2", ALWAYS, BY_EL3_AT_EL2,
      "mrs x0, cptr_el2");
PROBE(bx_08, "BX-08", "MDCR_EL3.TDOSA: OSLSR_EL1", ALWAYS, BY_EL3,
      "mrs x0, oslsr_el1");
PROBE(bx_09, "BX-09", "MDCR_EL3.NSPB: PMBLIMITR_EL1", SPE, BY_EL3,
      "mrs x0, S3_0_C9_C10_0");
PROBE(bx_10, "BX-10", "MDCR_EL3.NSTB: TRBLIMITR_EL1", TRBE, BY_EL3,
      "mrs x0, S3_0_C9_C11_0");
PROBE(bx_11_el2, "BX-11", "MPAM3_EL3.TRAPLOWER: MPAM2_EL2", MPAM,
      BY_EL3_AT_EL2, "mrs x0, S3_4_C10_C5_0");
PROBE(bx_11_el1, "BX-11", "MPAM3_EL3.TRAPLOWER: MPAM1_EL1", MPAM,
      BY_EL3_AT_EL1, "mrs x0, S3_0_C10_C5_0");
PROBE(bx_12, "BX-12", "SCR_EL3.ECVEn: CNTPOFF_EL2", ECV2, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C14_C0_6");
PROBE(bx_13, "BX-13", "SCR_EL3.EnSCXT: SCXTNUM_EL0", CSV2_2, BY_EL3,
      "mrs x0, S3_3_C13_C0_7");

PROBE(bx_16, "BX-16", "CNTHCTL_EL2.EL1PCEN: CNTP_CTL_EL0", ALWAYS, BY_EL2,
      "mrs x0, cntp_ctl_el0");
PROBE(bx_17_tda, "BX-17", "MDCR_EL2.TDA: MDSCR_EL1", ALWAYS, BY_EL2,
      "mrs x0, mdscr_el1");
PROBE(bx_17_tdosa, "BX-17", "MDCR_EL2.TDOSA: OSLSR_EL1", ALWAYS, BY_EL2,
      "mrs x0, oslsr_el1");
PROBE(bx_17_tpm, "BX-17", "MDCR_EL2.TPM: PMCCNTR_EL0", PMU, BY_EL2,
      "mrs x0, pmccntr_el0");
PROBE(bx_18_tacr, "BX-18", "HCR_EL2.TACR: ACTLR_EL1", ALWAYS, BY_EL2,
      "mrs x0, actlr_el1");
PROBE(bx_18_trvm, "BX-18", "HCR_EL2.TRVM: read SCTLR_EL1", ALWAYS, BY_EL2,
      "mrs x0, sctlr_el1");
PROBE(bx_18_tvm, "BX-18", "HCR_EL2.TVM: write CONTEXTIDR_EL1", ALWAYS, BY_EL2,
      "msr contextidr_el1, xzr");
PROBE(bx_18_tsw, "BX-18", "HCR_EL2.TSW: DC CSW", ALWAYS, BY_EL2,
      "dc csw, xzr");
PROBE(bx_18_tpcp, "BX-18", "HCR_EL2.TPCP: DC CIVAC", ALWAYS, BY_EL2,
      "mov x0, sp\n\tdc civac, x0");
PROBE(bx_18_tpu, "BX-18", "HCR_EL2.TPU: IC IALLUIS", ALWAYS, BY_EL2,
      "ic ialluis");
PROBE(bx_18_ttlb, "BX-18", "HCR_EL2.TTLB: TLBI VMALLE1", ALWAYS, BY_EL2,
      "tlbi vmalle1");
PROBE(bx_19, "BX-19", "CPTR_EL2.TCPAC: CPACR_EL1", ALWAYS, BY_EL2,
      "mrs x0, cpacr_el1");
