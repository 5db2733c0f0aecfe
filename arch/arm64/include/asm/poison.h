/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hostile state of CONFIG_POISON as tables: a row is a register, the
 * value that would do most harm, and the ID field without which it would be
 * UNDEFINED. QEMU resets nearly everything to a harmless 0 or to the right
 * value; whoever forgets a register is found out only by such rows.
 */
#ifndef ASM_POISON_H
#define ASM_POISON_H

#define POISON_JUNK		0xbad0bad1bad2bad3
/* No word of it may mean something to a CPU that waits (el3/monitor.h). */
#define POISON_MEMORY		0xbad4bad5bad6bad7

#ifdef __ASSEMBLER__
#include "asm/sysreg.h"

#define SYS_SCXTNUM_EL0		S3_3_C13_C0_7
#define SYS_SCXTNUM_EL1		S3_0_C13_C0_7
#define SYS_LORC_EL1		S3_0_C10_C4_3
#define SYS_RGSR_EL1		S3_0_C1_C0_5
#define SYS_GCR_EL1		S3_0_C1_C0_6
#define SYS_TFSR_EL1		S3_0_C5_C6_0
#define SYS_TFSRE0_EL1		S3_0_C5_C6_1
#define SYS_TRFCR_EL1		S3_0_C1_C2_1
#define SYS_TRFCR_EL2		S3_4_C1_C2_1
#define SYS_ZCR_EL1		S3_0_C1_C2_0
#define SYS_SMCR_EL1		S3_0_C1_C2_6
#define SYS_SMPRI_EL1		S3_0_C1_C2_4
#define SYS_SMPRIMAP_EL2	S3_4_C1_C2_5
#define SYS_TPIDR2_EL0		S3_3_C13_C0_5
#define SYS_TTBR1_EL2		S3_4_C2_C0_1
#define SYS_CONTEXTIDR_EL2	S3_4_C13_C0_1
#define SYS_CNTHV_CVAL_EL2	S3_4_C14_C3_2
#define SYS_ICH_VMCR_EL2	S3_4_C12_C11_7

#define MDCR_EL3_SPD32		FIELD(3, 14)
#define MDCR_EL3_SDD		BIT(16)
#define ICC_CTLR_EL3_PMHE	BIT(6)

#define CPTR_EL2_TTA		BIT(20)
#define HSTR_ALL		UL(0xbfef)	/* T4 and T14 are RES0 */
#define HCRX_TALLINT		BIT(6)
/* In all five registers these bits trap when 1, if they exist. */
#define HFG_TRAPS		UL(0x0003ffffffffffff)
#define MPAM2_TRAPS		FIELD(3, 48)
#define ICH_HCR_TC		BIT(10)
#define ICH_HCR_TALL0		BIT(11)
#define ICH_HCR_TALL1		BIT(12)
#define ICH_HCR_TSEI		BIT(13)

#define CPACR_ALL		(FIELD(3, 16) | FIELD(3, 20) | FIELD(3, 24))
#define POISON_PAST		1		/* a time long ago, odd */
#define MDSCR_TDCC		BIT(12)
#define MDSCR_KDE		BIT(13)
#define MDSCR_MDE		BIT(15)
#define PMCR_E			BIT(0)
#define PMCR_D			BIT(3)
#define PMCR_X			BIT(4)
#define PMCR_DP			BIT(5)

#define SCTLR_NMI		BIT(61)
/*
 * All ones but the bits that no earlier stage may set for the level that it
 * enters (MMU, data cache, byte order), and NMI, which changes what DAIF is.
 * A lower level gets those, too: its first code has to bring its own value.
 */
#define POISON_SCTLR_LOWER	(~SCTLR_NMI)
#define POISON_SCTLR		(~(SCTLR_M | SCTLR_C | SCTLR_EE | SCTLR_NMI))

/* Every trap of the first 36 bits; VHE as a host leaves it. */
#define HCR_TRAPS		(FIELD(0x1fff, 13) | BIT(26) | BIT(28) | \
				 BIT(30) | BIT(32) | BIT(33) | BIT(35))
#define POISON_HCR		(HCR_TRAPS | HCR_VM | HCR_TGE | HCR_E2H)

/* ID register, lowest bit of the field, smallest and largest value. */
#define IF_EL2		ID_AA64PFR0_EL1, 8, 1
#define IF_GICV3	ID_AA64PFR0_EL1, 24, 1
#define IF_SVE		ID_AA64PFR0_EL1, 32, 1
#define IF_MPAM		ID_AA64PFR0_EL1, 40, 1
#define IF_CSV2_2	ID_AA64PFR0_EL1, 56, 2
#define IF_MTE2		ID_AA64PFR1_EL1, 8, 2
#define IF_SME		ID_AA64PFR1_EL1, 24, 1
#define IF_GCS		ID_AA64PFR1_EL1, 44, 1
#define IF_PMUV3	ID_AA64DFR0_EL1, 8, 1, 14
#define IF_TRF		ID_AA64DFR0_EL1, 40, 1
#define IF_APA		ID_AA64ISAR1_EL1, 4, 1
#define IF_API		ID_AA64ISAR1_EL1, 8, 1
#define IF_APA3		SYS_ID_AA64ISAR2_EL1, 12, 1
#define IF_FGT		ID_AA64MMFR0_EL1, 56, 1
#define IF_VHE		ID_AA64MMFR1_EL1, 8, 1
#define IF_LOR		ID_AA64MMFR1_EL1, 16, 1
#define IF_PAN		ID_AA64MMFR1_EL1, 20, 1
#define IF_HCX		ID_AA64MMFR1_EL1, 40, 1

/* Go to @to unless the field says that the feature is there. Changes x9. */
	.macro	unless to, id, shift, min, max=15
	mrs	x9, \id
	ubfx	x9, x9, #\shift, #4
	cmp	x9, #\min
	b.lo	\to
	.if	\max < 15
	cmp	x9, #\max
	b.hi	\to
	.endif
	.endm

/* One row of a table. Changes x9. */
	.macro	row register, value, id, shift, min, max=15
	.ifnb	\id
	unless	.Lrow_end\@, \id, \shift, \min, \max
	.endif
	ldr	x9, =\value
	msr	\register, x9
.Lrow_end\@:
	.endm

#else
/*
 * Poison every register at or below EL3 but those that EL3's own code stands
 * on; the monitor does it to a secondary before its set-up, so that one that
 * the board released from reset, or that was off, is no better than the
 * primary was.
 */
void poison_el3(void);
#endif
#endif
