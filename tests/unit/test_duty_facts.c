/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The duty tables against a list of our own, written from booting.rst (the
 * BP rows), from what Linux's head code touches (BX) and from the manual's
 * bit numbers, so that a slip in the tables or in their names shows.
 */
#include "asm/duty.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define B(n)		(1ull << (n))
#define FIELD4(reg, shift)	((reg) << 8 | (shift))

/* ID fields, register and lowest bit. The made-up ones are our own affair. */
#define ALL		FIELD4(ID_MADE, 0)
#define PAUTH		FIELD4(ID_MADE, 4)
#define MPAM		FIELD4(ID_MADE, 8)
#define MPAM_HCR	FIELD4(ID_MADE, 12)
#define AMU_AUX		FIELD4(ID_MADE, 20)
#define SPE_FDS		FIELD4(ID_MADE, 24)
#define PFR0(shift)	FIELD4(ID_PFR0, shift)
#define PFR1(shift)	FIELD4(ID_PFR1, shift)
#define PFR2(shift)	FIELD4(ID_PFR2, shift)
#define SMFR0(shift)	FIELD4(ID_SMFR0, shift)
#define DFR0(shift)	FIELD4(ID_DFR0, shift)
#define ISAR1(shift)	FIELD4(ID_ISAR1, shift)
#define ISAR2(shift)	FIELD4(ID_ISAR2, shift)
#define MMFR0(shift)	FIELD4(ID_MMFR0, shift)
#define MMFR1(shift)	FIELD4(ID_MMFR1, shift)
#define MMFR3(shift)	FIELD4(ID_MMFR3, shift)
#define MMFR4(shift)	FIELD4(ID_MMFR4, shift)

/* With @field at @min or above, and only then, @reg has all of @bits. */
struct fact {
	const char *id;
	int el;			/* of the kernel; 0 = whichever */
	unsigned int reg;
	uint64_t bits;
	unsigned int field;
	unsigned int min;
};

#define SCR	REG_SCR_EL3
#define HCR	REG_HCR_EL2
#define HCRX	REG_HCRX_EL2
#define HFGR	REG_HFGRTR_EL2
#define HFGW	REG_HFGWTR_EL2
#define HFGI	REG_HFGITR_EL2
#define HDFGR	REG_HDFGRTR_EL2
#define HDFGW	REG_HDFGWTR_EL2
#define HDFGR2	REG_HDFGRTR2_EL2
#define HDFGW2	REG_HDFGWTR2_EL2
#define GICR	REG_ICH_HFGRTR_EL2
#define GICW	REG_ICH_HFGWTR_EL2
#define GICI	REG_ICH_HFGITR_EL2
#define MDCR3	REG_MDCR_EL3
#define MDCR2	REG_MDCR_EL2

static const struct fact facts[] = {
	{ "BP-CPU-05", 0, SCR, B(0), ALL, 1 },
	{ "BX-01", 0, SCR, B(10), ALL, 1 },
	{ "BP-SCR-03", 0, SCR, B(8), PFR0(8), 1 },
	{ "BP-PAC-01", 0, SCR, B(16), PAUTH, 1 },
	{ "BP-PAC-02", 0, SCR, B(17), PAUTH, 1 },
	{ "BP-PAC-03", 1, HCR, B(40), PAUTH, 1 },
	{ "BP-PAC-04", 1, HCR, B(41), PAUTH, 1 },
	{ "BP-AMU-03", 0, REG_AMCNTENSET0_EL0, 0xf, ALL, 1 },
	{ "BP-AMU-04", 0, REG_AMCNTENSET1_EL0, 0xffff, ALL, 1 },
	{ "BP-AMU-05", 1, REG_AMCNTENSET0_EL0, 0xf, ALL, 1 },
	{ "BP-AMU-06", 1, REG_AMCNTENSET1_EL0, 0xffff, ALL, 1 },
	{ "BP-FGT-01", 0, SCR, B(27), MMFR0(56), 1 },
	{ "BP-FGT2-01", 0, SCR, B(59), MMFR0(56), 2 },
	{ "BP-HCX-01", 0, SCR, B(38), MMFR1(40), 1 },
	{ "BP-FP-02", 0, REG_CPTR_EL2_E2H, 3ull << 20, PFR0(16), 0 },
	{ "BP-SVE-01", 0, REG_CPTR_EL3, B(8), PFR0(32), 1 },
	{ "BP-SVE-02", 0, REG_ZCR_EL3, 0xf, ALL, 1 },
	{ "BP-SVE-04", 0, REG_CPTR_EL2_E2H, 3ull << 16, PFR0(32), 1 },
	{ "BP-SVE-05", 0, REG_ZCR_EL2, 0xf, ALL, 1 },
	{ "BP-SME-01", 0, REG_CPTR_EL3, B(12), PFR1(24), 1 },
	{ "BP-SME-02", 0, SCR, B(41), PFR1(24), 1 },
	{ "BP-SME-03", 0, REG_SMCR_EL3, 0xf, ALL, 1 },
	{ "BP-SME-05", 0, REG_CPTR_EL2_E2H, 3ull << 24, PFR1(24), 1 },
	{ "BP-SME-06", 1, REG_SCTLR_EL2, B(60), PFR1(24), 1 },
	{ "BP-SME-07", 0, REG_SMCR_EL2, 0xf, ALL, 1 },
	{ "BP-SME-08", 1, HFGR, B(55), PFR1(24), 1 },
	{ "BP-SME-09", 1, HFGW, B(55), PFR1(24), 1 },
	{ "BP-SME-10", 1, HFGR, B(54), PFR1(24), 1 },
	{ "BP-SME-11", 1, HFGW, B(54), PFR1(24), 1 },
	{ "BP-FA64-01", 0, REG_SMCR_EL3, B(31), SMFR0(60), 8 },
	{ "BP-FA64-02", 0, REG_SMCR_EL2, B(31), SMFR0(60), 8 },
	{ "BP-SME2-01", 0, REG_SMCR_EL3, B(30), PFR1(24), 2 },
	{ "BP-SME2-02", 0, REG_SMCR_EL2, B(30), PFR1(24), 2 },
	{ "BP-MTE-01", 0, SCR, B(26), PFR1(8), 2 },
	{ "BP-MTE-02", 1, HCR, B(56), PFR1(8), 2 },
	{ "BP-BRBE-01", 0, MDCR3, 3ull << 32, DFR0(52), 1 },
	{ "BP-BRBE-02", 1, REG_BRBCR_EL2, B(3), ALL, 1 },
	{ "BP-BRBE-03", 1, REG_BRBCR_EL2, B(4), ALL, 1 },
	{ "BP-BRBE-04", 1, HDFGR, B(61), DFR0(52), 1 },
	{ "BP-BRBE-05", 1, HDFGR, B(60), DFR0(52), 1 },
	{ "BP-BRBE-06", 1, HDFGR, B(59), DFR0(52), 1 },
	{ "BP-BRBE-07", 1, HDFGW, B(61), DFR0(52), 1 },
	{ "BP-BRBE-08", 1, HDFGW, B(60), DFR0(52), 1 },
	{ "BP-BRBE-09", 1, HFGI, B(56), DFR0(52), 1 },
	{ "BP-BRBE-10", 1, HFGI, B(55), DFR0(52), 1 },
	{ "BP-PMU9-01", 0, MDCR3, B(7), DFR0(8), 9 },
	{ "BP-PMU9-02", 1, HDFGR2, B(2), DFR0(8), 9 },
	{ "BP-PMU9-03", 1, HDFGR2, B(3), DFR0(8), 9 },
	{ "BP-PMU9-04", 1, HDFGR2, B(4), DFR0(8), 9 },
	{ "BP-PMU9-05", 1, HDFGW2, B(2), DFR0(8), 9 },
	{ "BP-PMU9-06", 1, HDFGW2, B(3), DFR0(8), 9 },
	{ "BP-PMU9-07", 1, HDFGW2, B(4), DFR0(8), 9 },
	{ "BP-SPE-01", 0, MDCR3, B(42), SPE_FDS, 1 },
	{ "BP-SPE-02", 1, HDFGR2, B(19), SPE_FDS, 1 },
	{ "BP-SPE-03", 1, HDFGW2, B(19), SPE_FDS, 1 },
	{ "BP-MOPS-01", 1, HCRX, B(11), ISAR2(16), 1 },
	{ "BP-TCR2-01", 0, SCR, B(43), MMFR3(0), 1 },
	{ "BP-TCR2-02", 1, HCRX, B(14), MMFR3(0), 1 },
	{ "BP-PIE-01", 0, SCR, B(45), MMFR3(8), 1 },
	{ "BP-PIE-01", 0, SCR, B(45), MMFR3(12), 1 },
	{ "BP-PIE-01", 0, SCR, B(45), MMFR3(16), 1 },
	{ "BP-PIE-01", 0, SCR, B(45), MMFR3(20), 1 },
	{ "BP-PIE-02", 1, HFGR, B(58), MMFR3(8), 1 },
	{ "BP-PIE-03", 1, HFGW, B(58), MMFR3(8), 1 },
	{ "BP-PIE-04", 1, HFGR, B(57), MMFR3(8), 1 },
	{ "BP-PIE-05", 1, HFGW, B(57), MMFR3(8), 1 },
	{ "BP-GCS-03", 0, SCR, B(39), PFR1(44), 1 },
	{ "BP-GCS-05", 1, HCRX, B(22), PFR1(44), 1 },
	{ "BP-GCS-06", 1, HFGI, B(59), PFR1(44), 1 },
	{ "BP-GCS-07", 1, HFGI, B(58), PFR1(44), 1 },
	{ "BP-GCS-08", 1, HFGI, B(57), PFR1(44), 1 },
	{ "BP-GCS-09", 1, HFGR, B(53), PFR1(44), 1 },
	{ "BP-GCS-10", 1, HFGR, B(52), PFR1(44), 1 },
	{ "BP-GCS-11", 1, HFGW, B(53), PFR1(44), 1 },
	{ "BP-GCS-12", 1, HFGW, B(52), PFR1(44), 1 },
	{ "BP-LS64-01", 1, HCRX, B(1), ISAR1(60), 1 },
	{ "BP-LS64-02", 1, HCRX, B(2), ISAR1(60), 2 },
	{ "BP-TMR-03", 0, REG_CNTHCTL_EL2, B(0), ALL, 1 },
	{ "BP-TMR-03", 0, REG_CNTHCTL_EL2_E2H, B(10), ALL, 1 },
	{ "BP-GIC3-04", 0, REG_ICC_SRE_EL2, B(3), ALL, 1 },
	{ "BP-GIC3-05", 0, REG_ICC_SRE_EL2, B(0), ALL, 1 },
	{ "BP-GIC5-01", 1, GICR, B(20), ALL, 1 }, { "BP-GIC5-02", 1, GICR, B(19), ALL, 1 },
	{ "BP-GIC5-03", 1, GICR, B(18), ALL, 1 }, { "BP-GIC5-04", 1, GICR, B(17), ALL, 1 },
	{ "BP-GIC5-05", 1, GICR, B(16), ALL, 1 }, { "BP-GIC5-06", 1, GICR, B(7), ALL, 1 },
	{ "BP-GIC5-07", 1, GICR, B(6), ALL, 1 }, { "BP-GIC5-08", 1, GICR, B(5), ALL, 1 },
	{ "BP-GIC5-09", 1, GICR, B(4), ALL, 1 }, { "BP-GIC5-10", 1, GICR, B(3), ALL, 1 },
	{ "BP-GIC5-11", 1, GICR, B(2), ALL, 1 }, { "BP-GIC5-12", 1, GICR, B(1), ALL, 1 },
	{ "BP-GIC5-13", 1, GICR, B(0), ALL, 1 }, { "BP-GIC5-14", 1, GICW, B(20), ALL, 1 },
	{ "BP-GIC5-15", 1, GICW, B(19), ALL, 1 }, { "BP-GIC5-16", 1, GICW, B(18), ALL, 1 },
	{ "BP-GIC5-17", 1, GICW, B(17), ALL, 1 }, { "BP-GIC5-18", 1, GICW, B(6), ALL, 1 },
	{ "BP-GIC5-19", 1, GICW, B(5), ALL, 1 }, { "BP-GIC5-20", 1, GICW, B(2), ALL, 1 },
	{ "BP-GIC5-21", 1, GICW, B(0), ALL, 1 }, { "BP-GIC5-22", 1, GICI, B(10), ALL, 1 },
	{ "BP-GIC5-23", 1, GICI, B(9), ALL, 1 }, { "BP-GIC5-24", 1, GICI, B(8), ALL, 1 },
	{ "BP-GIC5-25", 1, GICI, B(7), ALL, 1 }, { "BP-GIC5-26", 1, GICI, B(6), ALL, 1 },
	{ "BP-GIC5-27", 1, GICI, B(5), ALL, 1 }, { "BP-GIC5-28", 1, GICI, B(4), ALL, 1 },
	{ "BP-GIC5-29", 1, GICI, B(3), ALL, 1 }, { "BP-GIC5-30", 1, GICI, B(2), ALL, 1 },
	{ "BP-GIC5-31", 1, GICI, B(1), ALL, 1 }, { "BP-GIC5-32", 1, GICI, B(0), ALL, 1 },
	{ "BX-02", 0, HCR, B(31), ALL, 1 },
	{ "BX-09", 0, MDCR3, 3ull << 12, DFR0(32), 1 },
	{ "BX-09", 0, MDCR3, B(36), DFR0(32), 3 },
	{ "BX-09", 1, MDCR2, 3ull << 12, DFR0(32), 1 },
	{ "BX-09", 1, REG_PMSCR_EL2, B(4), ALL, 1 },
	{ "BX-09", 1, REG_PMSCR_EL2, B(6), ALL, 1 },
	{ "BX-09", 1, HDFGR, B(62), DFR0(32), 3 },
	{ "BX-09", 1, HDFGW, B(62), DFR0(32), 3 },
	{ "BX-10", 0, MDCR3, 3ull << 24, DFR0(44), 1 },
	{ "BX-10", 1, MDCR2, 3ull << 24, DFR0(44), 1 },
	{ "BX-11", 1, REG_MPAM2_EL2, B(50), PFR1(24), 1 },
	{ "BX-12", 0, SCR, B(28), MMFR0(60), 2 },
	{ "BX-13", 0, SCR, B(25), PFR0(56), 2 },
	{ "BX-13", 0, SCR, B(25), PFR1(32), 2 },
	{ "BX-13", 1, HCR, B(53), PFR0(56), 2 },
	{ "BX-13", 1, HCR, B(53), PFR1(32), 2 },
	{ "BX-14", 0, SCR, B(44), MMFR3(4), 1 },
	{ "BX-14", 0, SCR, B(47), MMFR3(32), 1 },
	{ "BX-14", 0, SCR, B(46), MMFR3(24), 1 },
	{ "BX-14", 0, SCR, B(50), PFR2(32), 1 },
	{ "BX-14", 0, SCR, B(42), PFR1(48), 1 },
	{ "BX-14", 1, HCRX, B(15), MMFR3(4), 1 },
	{ "BX-14", 1, HCRX, B(17), MMFR3(32), 1 },
	{ "BX-14", 1, HCRX, B(23), PFR2(32), 1 },
	{ "BX-14", 1, HFGR, B(56), PFR1(48), 1 },
	{ "BX-14", 1, HFGW, B(56), PFR1(48), 1 },
	{ "BX-14", 1, HFGR, 3ull << 62, MMFR3(24), 1 },
	{ "BX-14", 1, HFGW, 3ull << 62, MMFR3(24), 1 },
	{ "BX-16", 0, REG_CNTHCTL_EL2, B(1), ALL, 1 },
	{ "BX-16", 0, REG_CNTHCTL_EL2_E2H, B(11), ALL, 1 },
	{ "BP-SYS-01", 0, REG_ICC_SRE_EL2, 6, ALL, 1 },
	{ "BP-SYS-02", 1, HFGR, 3ull << 59, MMFR3(16), 1 },
	{ "BP-SYS-02", 1, HFGW, 3ull << 59, MMFR3(16), 1 },
};

/* All of @bits of @reg are 0, whatever the CPU has. */
struct zero {
	const char *id;
	int el;
	unsigned int reg;
	uint64_t bits;
};

static const struct zero zeros[] = {
	{ "BP-CPU-05", 0, SCR, B(62) }, { "BP-SCR-01", 0, SCR, B(2) },
	{ "BX-23", 0, SCR, B(1) }, { "BX-23", 0, SCR, B(3) },
	{ "BX-03", 0, SCR, B(7) }, { "BX-06", 0, SCR, B(12) },
	{ "BX-06", 0, SCR, B(13) }, { "BX-04", 0, SCR, B(14) },
	{ "BX-05", 0, SCR, B(15) }, { "BP-FP-01", 0, REG_CPTR_EL3, B(10) },
	{ "BP-AMU-01", 0, REG_CPTR_EL3, B(30) }, { "BX-07", 0, REG_CPTR_EL3, B(31) },
	{ "BP-SYS-02", 0, REG_CPTR_EL3, B(20) }, { "BP-DBG-01", 0, MDCR3, B(9) },
	{ "BX-08", 0, MDCR3, B(10) }, { "BP-PMU-01", 0, MDCR3, B(6) },
	{ "BX-09", 0, MDCR3, B(11) }, { "BX-10", 0, MDCR3, B(26) },
	{ "BP-SYS-02", 0, MDCR3, B(19) }, { "BX-11", 0, REG_MPAM3_EL3, B(62) },
	{ "BP-CACHE-01", 1, HCR, B(0) }, { "BX-18", 1, HCR, B(27) },
	{ "BX-18", 1, HCR, B(34) }, { "BX-18", 1, HCR, B(19) },
	{ "BX-18", 1, HCR, B(26) }, { "BX-18", 1, HCR, B(30) },
	{ "BX-18", 1, HCR, B(21) }, { "BX-18", 1, HCR, B(22) },
	{ "BX-18", 1, HCR, B(24) }, { "BX-18", 1, HCR, B(23) },
	{ "BX-18", 1, HCR, B(25) }, { "BX-18", 1, HCR, B(28) },
	{ "BX-18", 1, HCR, B(15) }, { "BX-18", 1, HCR, B(16) },
	{ "BX-18", 1, HCR, B(17) }, { "BX-18", 1, HCR, B(18) },
	{ "BX-18", 1, HCR, B(29) }, { "BX-06", 1, HCR, B(13) },
	{ "BX-06", 1, HCR, B(14) }, { "BX-20", 1, HCR, B(3) },
	{ "BX-20", 1, HCR, B(4) }, { "BX-20", 1, HCR, B(5) },
	{ "BP-FP-02", 1, REG_CPTR_EL2, B(10) }, { "BP-SVE-03", 1, REG_CPTR_EL2, B(8) },
	{ "BP-SME-04", 1, REG_CPTR_EL2, B(12) }, { "BP-AMU-02", 0, REG_CPTR_EL2, B(30) },
	{ "BX-19", 1, REG_CPTR_EL2, B(31) }, { "BP-AMU-02", 0, REG_CPTR_EL2_E2H, B(30) },
	{ "BX-19", 1, REG_CPTR_EL2_E2H, B(31) }, { "BP-TMR-02", 0, REG_CNTVOFF_EL2, ~0ull },
	{ "BP-SYS-01", 0, REG_CNTPOFF_EL2, ~0ull }, { "BX-17", 1, MDCR2, B(9) },
	{ "BX-17", 1, MDCR2, B(8) }, { "BX-17", 1, MDCR2, B(10) },
	{ "BX-17", 1, MDCR2, B(11) }, { "BX-17", 1, MDCR2, B(6) },
	{ "BX-17", 1, MDCR2, B(5) }, { "BP-SYS-02", 1, MDCR2, B(19) },
	{ "BX-20", 1, REG_ICH_HCR_EL2, B(0) }, { "BX-19", 1, REG_VTTBR_EL2, 0xffffull << 48 },
	{ "BX-19", 1, REG_HSTR_EL2, 0xffff }, { "BX-20", 1, REG_CNTHP_CTL_EL2, B(0) },
	{ "BX-11", 1, REG_MPAM2_EL2, 3ull << 48 }, { "BX-11", 1, REG_MPAMHCR_EL2, B(31) },
	{ "BP-GCS-04", 0, REG_GCSCR_EL2, B(0) }, { "BP-GCS-01", 0, REG_GCSCR_EL1, B(0) },
	{ "BP-GCS-02", 0, REG_GCSCRE0_EL1, B(0) }, { "BP-CACHE-01", 0, REG_SCTLR_EL2, B(0) },
	{ "BP-CACHE-01", 0, REG_SCTLR_EL2, B(2) }, { "BX-24", 0, REG_SCTLR_EL2, B(25) },
	{ "BP-CACHE-01", 1, REG_SCTLR_EL1, B(0) }, { "BP-CACHE-01", 1, REG_SCTLR_EL1, B(2) },
	{ "BX-24", 1, REG_SCTLR_EL1, B(25) },
};

/* RES1 while the feature of the bit is absent: no rule, but still a row. */
static const struct zero reserved[] = {
	{ "BP-SYS-01", 0, REG_CPTR_EL2, B(8) }, { "BP-SYS-01", 0, REG_CPTR_EL2, B(12) },
};

static const struct duty_table *table_of(unsigned int reg)
{
	return reg < REG_EL3_END ? &el3_duties : &el2_duties;
}

/* An Armv8.0 CPU with FP, EL2 and EL3; then one field of it. */
static uint64_t value_with(const struct fact *f, unsigned int field, int el)
{
	struct id_regs ids = { .secondary = false };
	const unsigned int shift = f->field & 0xff;

	ids.value[ID_MADE] = 1;
	ids.value[ID_PFR0] = 0x2022;
	ids.value[f->field >> 8] &= ~(0xfull << shift);
	ids.value[f->field >> 8] |= (uint64_t)field << shift;
	return duty_reg_value(table_of(f->reg), f->reg, el, &ids) & f->bits;
}

/* 0xf in PMUVer and in the signed FP field says that there is none. */
static bool f_is_absent(const struct fact *f)
{
	return f->field == DFR0(8) || f->field == PFR0(16);
}

static bool fact_holds(const struct fact *f, int el)
{
	const bool bound = !f->el || f->el == el;
	const unsigned int top = f_is_absent(f) ? 0xe : 0xf;
	unsigned int field;

	for (field = f->field == ALL ? 1 : 0; field <= 0xf; field++) {
		const bool present = field >= f->min && field <= top && bound;

		/* Another rule may want the same bits at any kernel EL. */
		if (!bound && f->field == ALL)
			continue;
		if (value_with(f, field, el) != (present ? f->bits : 0))
			return false;
	}
	return true;
}

TEST(duty_facts_hold_from_the_first_value_to_the_newest)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(facts); i++) {
		const bool fine = fact_holds(&facts[i], 1) &&
				  fact_holds(&facts[i], 2);

		if (!fine)
			printf("# %s\n", facts[i].id);
		CHECK(fine);
	}
}

/* Every field of every ID register at @nibble, and all made-up ones set. */
static struct id_regs cpu_of(unsigned int nibble)
{
	struct id_regs ids = { .secondary = false };
	size_t i;

	for (i = 1; i < ID_COUNT; i++)
		ids.value[i] = 0x1111111111111111ull * nibble;
	ids.value[ID_MADE] = 0x1111111;
	return ids;
}

TEST(duty_zeros_hold_on_every_cpu)
{
	const struct id_regs cpus[] = { cpu_of(1), cpu_of(3), cpu_of(9),
					cpu_of(0xe), cpu_of(0xf) };
	size_t i, c;
	int el;

	for (i = 0; i < ARRAY_SIZE(zeros); i++) {
		const struct zero *z = &zeros[i];

		for (c = 0; c < ARRAY_SIZE(cpus); c++) {
			for (el = 1; el <= 2; el++)
				CHECK_EQ(duty_reg_value(table_of(z->reg), z->reg,
							el, &cpus[c]) & z->bits, 0);
		}
	}
}

static bool row_is(const struct duty *d, const char *id, int el,
		   unsigned int reg, uint64_t bits, bool ones)
{
	return !strcmp(d->id, id) && d->kernel_el == el && d->reg == reg &&
	       duty_mask(d) == bits && d->ones == ones;
}

static bool row_is_known(const struct duty *d)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(facts); i++) {
		if (row_is(d, facts[i].id, facts[i].el, facts[i].reg,
			   facts[i].bits, true))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(zeros); i++) {
		if (row_is(d, zeros[i].id, zeros[i].el, zeros[i].reg,
			   zeros[i].bits, false))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(reserved); i++) {
		if (row_is(d, reserved[i].id, reserved[i].el, reserved[i].reg,
			   reserved[i].bits, true))
			return true;
	}
	return false;
}

/* As many rows as facts, and each row one of them: neither list has more. */
TEST(duty_rows_are_the_facts)
{
	const struct duty_table *const tables[] = { &el3_duties, &el2_duties };
	size_t t, i, rows = 0;

	for (t = 0; t < ARRAY_SIZE(tables); t++) {
		for (i = 0; i < tables[t]->count; i++) {
			const struct duty *d = &tables[t]->duties[i];

			if (!row_is_known(d))
				printf("# row %s, register %u\n", d->id, d->reg);
			CHECK(row_is_known(d));
		}
		rows += tables[t]->count;
	}
	CHECK_EQ(rows, ARRAY_SIZE(facts) + ARRAY_SIZE(zeros) +
		       ARRAY_SIZE(reserved));
}
