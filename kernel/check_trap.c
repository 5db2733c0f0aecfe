/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of probes for registers that Linux touches at boot although
 * booting.rst names them only in general (BP-SYS-01; rows BX-*).
 */
#include "machine.h"
#include "probe.h"

#define LO		FIELD(ID_MMFR1, 16, 1)
#define RAS		FIELD(ID_PFR0, 28, 1)
#define ECV2		FIELD(ID_MMFR0, 60, 2)
#define MTE2		FIELD(ID_PFR1, 8, 2)
#define THE		FIELD(ID_PFR1, 48, 1)
#define FPMR		FIELD(ID_PFR2, 32, 1)
#define SCTLR2		FIELD(ID_MMFR3, 4, 1)
#define AIE		FIELD(ID_MMFR3, 24, 1)
#define D128		FIELD(ID_MMFR3, 32, 1)
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
PROBE(bx_11_el2, "BX-11", "MPAM3_EL3.TRAPLOWER: MPAM2_EL2", GATE_MPAM,
      BY_EL3_AT_EL2, "mrs x0, S3_4_C10_C5_0");
PROBE(bx_11_el1, "BX-11", "MPAM3_EL3.TRAPLOWER: MPAM1_EL1", GATE_MPAM,
      BY_EL3_AT_EL1, "mrs x0, S3_0_C10_C5_0");
PROBE(bx_11_idr, "BX-11", "MPAM3_EL3.TRAPLOWER: MPAMIDR_EL1", GATE_MPAM,
      BY_EL3, "mrs x0, S3_0_C10_C4_4");
PROBE(bx_12, "BX-12", "SCR_EL3.ECVEn: CNTPOFF_EL2", ECV2, BY_EL3_AT_EL2,
      "mrs x0, S3_4_C14_C0_6");
PROBE(bx_13, "BX-13", "SCR_EL3.EnSCXT: SCXTNUM_EL0", GATE_CSV2_2, BY_EL3,
      "mrs x0, S3_3_C13_C0_7");
PROBE(bx_13_el1, "BX-13", "SCR_EL3.EnSCXT: SCXTNUM_EL1", GATE_CSV2_2, BY_EL3,
      "mrs x0, S3_0_C13_C0_7");

PROBE(bx_14_sctlr2, "BX-14", "SCR_EL3.SCTLR2En: SCTLR2_EL1", SCTLR2, BY_EL3,
      "mrs x0, S3_0_C1_C0_3");
PROBE(bx_14_d128, "BX-14", "SCR_EL3.D128En: MRRS TTBR0_EL1", D128, BY_EL3,
      ".inst 0xd5782000");
PROBE(bx_14_aie, "BX-14", "SCR_EL3.AIEn: MAIR2_EL1", AIE, BY_EL3,
      "mrs x0, S3_0_C10_C2_1");
PROBE_FP(bx_14_fpmr, "BX-14", "SCR_EL3.EnFPM: FPMR", FPMR, BY_EL3,
	 "mrs x0, S3_3_C4_C4_2");
PROBE(bx_14_the, "BX-14", "SCR_EL3.RCWMASKEn: RCWMASK_EL1", THE, BY_EL3,
      "mrs x0, S3_0_C13_C0_6");

PROBE(bx_16, "BX-16", "CNTHCTL_EL2.EL1PCEN: CNTP_CTL_EL0", ALWAYS, BY_EL2,
      "mrs x0, cntp_ctl_el0");
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
/* REVIDR for TID1; CLIDR also for TID4. TID0 catches AArch32 only. */
PROBE(bx_18_tid1, "BX-18", "HCR_EL2.TID1: REVIDR_EL1", ALWAYS, BY_EL2,
      "mrs x0, revidr_el1");
PROBE(bx_18_tid2, "BX-18", "HCR_EL2.TID2: CTR_EL0", ALWAYS, BY_EL2,
      "mrs x0, ctr_el0");
PROBE(bx_18_tid3, "BX-18", "HCR_EL2.TID3: ID_AA64PFR0_EL1", ALWAYS, BY_EL2,
      "mrs x0, id_aa64pfr0_el1");
PROBE(bx_18_tid4, "BX-18", "HCR_EL2.TID4: CLIDR_EL1", ALWAYS, BY_EL2,
      "mrs x0, clidr_el1");
PROBE(bx_18_tid5, "BX-18", "HCR_EL2.TID5: GMID_EL1", MTE2, BY_EL2,
      "mrs x0, S3_1_C0_C0_4");
/* DCZID_EL0.DZP says it too; on Device memory DC ZVA ends in an abort. */
VALUE(bx_18_dzp, "BX-18", "HCR_EL2.TDZ: DCZID_EL0.DZP is 0", ALWAYS, BY_EL2,
      "mrs x0, dczid_el0", 1u << 4, 0);
PROBE_ABORT(bx_18_tdz, "BX-18", "HCR_EL2.TDZ: DC ZVA", ALWAYS, BY_EL2,
	    "dc zva, x0");
PROBE(bx_19, "BX-19", "CPTR_EL2.TCPAC: CPACR_EL1", ALWAYS, BY_EL2,
      "mrs x0, cpacr_el1");

/* A call that comes back with an answer has been where it should go. */
static struct verdict call_arrives(enum conduit conduit, const char *trial)
{
	const char *why = not_bound(BY_EL2);
	uint64_t esr;

	if (why)
		return skip(why);
	if (machine.conduit != conduit)
		return skip("not the conduit of this machine");
	esr = risky_probe("BX-18", trial, 0);
	if (esr)
		return fail("no exception, not ESR", esr);
	return want((int32_t)probe_value > 0, "a version of PSCI",
		    probe_value);
}

extern const char smc_version_trial[], hvc_version_trial[];

CHECK(82, bx_18_tsc, ON_CPU, "BX-18", "HCR_EL2.TSC: SMC reaches the firmware")
{
	return call_arrives(CONDUIT_SMC, smc_version_trial);
}

CHECK(82, bx_18_hcd, ON_CPU, "BX-18", "HCR_EL2.HCD: HVC reaches the firmware")
{
	return call_arrives(CONDUIT_HVC, hvc_version_trial);
}
