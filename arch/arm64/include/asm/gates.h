/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ID-register fields that announce a feature, as gates of duty rows
 * (Arm ARM DDI 0487, D24.2; boot-protocol rows name the same fields).
 *
 * A gate is a number of 14 bits: ID register [3:0], its four-bit field [7:4],
 * the field's smallest value [11:8] and its largest [13:12], as GATE_TO_*.
 */
#ifndef ASM_GATES_H
#define ASM_GATES_H

/*
 * A field newer than we know announces at least what we know, so the usual
 * gate is open to the top. In a signed field the upper half is negative.
 */
#define GATE_TO_F		0
#define GATE_TO_E		1
#define GATE_TO_7		2
#define GATE_TO_0		3

#define GATE_(reg, shift, min, max)	\
	(ID_##reg | (shift) / 4 << 4 | (min) << 8 | (max) << 12)
#define GATE(reg, shift, min)		GATE_(reg, shift, min, GATE_TO_F)
/* For signed fields and PMUVer, where 0xf means "not there". */
#define GATE_NOT_F(reg, shift, min)	GATE_(reg, shift, min, GATE_TO_E)
#define GATE_ABSENT(reg, shift)		GATE_(reg, shift, 0, GATE_TO_0)

/* Fields of ID_MADE, which id_regs_read() makes up; each is 0 or 1. */
#define MADE_ALWAYS	0	/* 1 */
#define MADE_PAUTH	4	/* one of the six PAuth fields is set */
#define MADE_MPAM	8	/* PFR0.MPAM or PFR1.MPAM_frac is set */
#define MADE_MPAM_HCR	12	/* MPAMIDR_EL1.HAS_HCR: there is MPAMHCR_EL2 */
#define MADE_FGT_AMU	16	/* FGT and AMU: there is HAFGRTR_EL2 */
#define MADE_AMU_AUX	20	/* AMCGCR_EL0.CG1NC: auxiliary counters */
#define MADE_SPE_FDS	24	/* PMSIDR_EL1.FDS: there is PMSDSFR_EL1 */

#define ALWAYS		GATE(MADE, MADE_ALWAYS, 1)
#define NEVER		GATE(MADE, MADE_ALWAYS, 2)
#define HAS_PAUTH	GATE(MADE, MADE_PAUTH, 1)
#define HAS_MPAM	GATE(MADE, MADE_MPAM, 1)
#define HAS_MPAM_HCR	GATE(MADE, MADE_MPAM_HCR, 1)
#define HAS_FGT_AMU	GATE(MADE, MADE_FGT_AMU, 1)
#define HAS_AMU_AUX	GATE(MADE, MADE_AMU_AUX, 1)
#define HAS_SPE_FDS	GATE(MADE, MADE_SPE_FDS, 1)
#define HAS_EL2		GATE(PFR0, 8, 1)
#define HAS_FP		GATE_NOT_F(PFR0, 16, 0)
#define HAS_GICV3	GATE(PFR0, 24, 1)
#define HAS_RAS		GATE(PFR0, 28, 1)
#define HAS_SVE		GATE(PFR0, 32, 1)
#define NO_SVE		GATE_ABSENT(PFR0, 32)
#define HAS_AMU		GATE(PFR0, 44, 1)
#define HAS_RME		GATE(PFR0, 52, 1)
#define HAS_CSV2_2	GATE(PFR0, 56, 2)
#define HAS_MTE2	GATE(PFR1, 8, 2)
#define HAS_SME		GATE(PFR1, 24, 1)
#define HAS_SME2	GATE(PFR1, 24, 2)
#define NO_SME		GATE_ABSENT(PFR1, 24)
#define HAS_CSV2_1P2	GATE(PFR1, 32, 2)
#define HAS_GCS		GATE(PFR1, 44, 1)
#define HAS_THE		GATE(PFR1, 48, 1)
#define HAS_GCIE	GATE(PFR2, 12, 1)
#define HAS_FPMR	GATE(PFR2, 32, 1)
/* FA64 is bit 63 alone; the field [63:60] is 8 or more when it is set. */
#define HAS_SME_FA64	GATE(SMFR0, 60, 8)
#define HAS_PMUV3	GATE_NOT_F(DFR0, 8, 1)
#define HAS_PMUV3P9	GATE_NOT_F(DFR0, 8, 9)
#define HAS_SPE		GATE(DFR0, 32, 1)
#define HAS_SPE_1P2	GATE(DFR0, 32, 3)
#define HAS_TRF		GATE(DFR0, 40, 1)
#define HAS_TRBE	GATE(DFR0, 44, 1)
#define HAS_BRBE	GATE(DFR0, 52, 1)
#define HAS_LS64	GATE(ISAR1, 60, 1)
#define HAS_LS64_V	GATE(ISAR1, 60, 2)
#define HAS_MOPS	GATE(ISAR2, 16, 1)
#define HAS_FGT		GATE(MMFR0, 56, 1)
#define HAS_FGT2	GATE(MMFR0, 56, 2)
#define HAS_ECV2	GATE(MMFR0, 60, 2)
#define HAS_LO		GATE(MMFR1, 16, 1)
#define HAS_HCX		GATE(MMFR1, 40, 1)
#define HAS_TCR2	GATE(MMFR3, 0, 1)
#define HAS_SCTLR2	GATE(MMFR3, 4, 1)
#define HAS_S1PIE	GATE(MMFR3, 8, 1)
#define HAS_S2PIE	GATE(MMFR3, 12, 1)
#define HAS_S1POE	GATE(MMFR3, 16, 1)
#define HAS_S2POE	GATE(MMFR3, 20, 1)
#define HAS_AIE		GATE(MMFR3, 24, 1)
#define HAS_D128	GATE(MMFR3, 32, 1)
/* E2H0 is signed: below 0 HCR_EL2.E2H is 1 and stays so (no FEAT_E2H0). */
#define HAS_E2H0	GATE_(MMFR4, 24, 0, GATE_TO_7)
#define NO_E2H0		GATE(MMFR4, 24, 8)

#endif
