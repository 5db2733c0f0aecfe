/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ID-register fields that announce a feature, as gates of duty rows
 * (Arm ARM DDI 0487, D24.2; boot-protocol rows name the same fields).
 */
#ifndef ASM_GATES_H
#define ASM_GATES_H

#define GATE(reg, shift, min)		{ ID_##reg, shift, min, 0xf }
/* For signed fields and PMUVer, where 0xf means "not there". */
#define GATE_SIGNED(reg, shift, min)	{ ID_##reg, shift, min, 0xe }
#define GATE_ABSENT(reg, shift)		{ ID_##reg, shift, 0, 0 }

#define ALWAYS		GATE(ALWAYS, 0, 1)
#define HAS_PAUTH	GATE(PAUTH, 0, 1)
#define HAS_EL2		GATE(PFR0, 8, 1)
#define HAS_GICV3	GATE(PFR0, 24, 1)
#define HAS_SVE		GATE(PFR0, 32, 1)
#define NO_SVE		GATE_ABSENT(PFR0, 32)
#define HAS_MPAM	GATE(PFR0, 40, 1)
#define HAS_MPAM_FRAC	GATE(PFR1, 16, 1)
#define HAS_AMU		GATE(PFR0, 44, 1)
#define HAS_CSV2_2	GATE(PFR0, 56, 2)
#define HAS_CSV2_1P2	GATE(PFR1, 32, 2)
#define HAS_MTE2	GATE(PFR1, 8, 2)
#define HAS_SME		GATE(PFR1, 24, 1)
#define HAS_SME2	GATE(PFR1, 24, 2)
#define NO_SME		GATE_ABSENT(PFR1, 24)
#define HAS_GCS		GATE(PFR1, 44, 1)
#define HAS_THE		GATE(PFR1, 48, 1)
#define HAS_FPMR	GATE(PFR2, 32, 1)
/* FA64 is bit 63 alone; the field [63:60] is 8 or more when it is set. */
#define HAS_SME_FA64	GATE(SMFR0, 60, 8)
#define HAS_PMUV3	GATE_SIGNED(DFR0, 8, 1)
#define HAS_PMUV3P9	GATE_SIGNED(DFR0, 8, 9)
#define HAS_SPE		GATE(DFR0, 32, 1)
#define HAS_SPE_1P2	GATE(DFR0, 32, 3)
#define HAS_TRBE	GATE(DFR0, 44, 1)
#define HAS_BRBE	GATE(DFR0, 52, 1)
#define HAS_LS64	GATE(ISAR1, 60, 1)
#define HAS_LS64_V	GATE(ISAR1, 60, 2)
#define HAS_MOPS	GATE(ISAR2, 16, 1)
#define HAS_FGT		GATE(MMFR0, 56, 1)
#define HAS_FGT2	GATE(MMFR0, 56, 2)
#define HAS_ECV2	GATE(MMFR0, 60, 2)
#define HAS_HCX		GATE(MMFR1, 40, 1)
#define HAS_TCR2	GATE(MMFR3, 0, 1)
#define HAS_SCTLR2	GATE(MMFR3, 4, 1)
#define HAS_S1PIE	GATE(MMFR3, 8, 1)
#define HAS_AIE		GATE(MMFR3, 24, 1)
#define HAS_D128	GATE(MMFR3, 32, 1)

#endif
