/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers and their fields, spelled as the Arm ARM (DDI 0487)
 * spells them. Registers that the assembler may not know go by encoding.
 */
#ifndef ASM_SYSREG_H
#define ASM_SYSREG_H

#ifdef __ASSEMBLER__
#define UL(x)			x
#define FIELD(value, lsb)	((value) << (lsb))
#else
#define UL(x)			x##ull
#define FIELD(value, lsb)	((uint64_t)(value) << (lsb))
#endif
#define BIT(n)			(UL(1) << (n))

#define SYS_ID_AA64PFR2_EL1	S3_0_C0_C4_2
#define SYS_ID_AA64ZFR0_EL1	S3_0_C0_C4_4
#define SYS_ID_AA64SMFR0_EL1	S3_0_C0_C4_5
#define SYS_ID_AA64ISAR2_EL1	S3_0_C0_C6_2
#define SYS_ID_AA64ISAR3_EL1	S3_0_C0_C6_3
#define SYS_ID_AA64MMFR2_EL1	S3_0_C0_C7_2
#define SYS_ID_AA64MMFR3_EL1	S3_0_C0_C7_3
#define SYS_ID_AA64MMFR4_EL1	S3_0_C0_C7_4
#define SYS_MPAMIDR_EL1		S3_0_C10_C4_4
#define SYS_PMSIDR_EL1		S3_0_C9_C9_7
#define SYS_AMCGCR_EL0		S3_3_C13_C2_2
#define SYS_RNDR		S3_3_C2_C4_0
#define SYS_RNDRRS		S3_3_C2_C4_1
#define SYS_SVCR		S3_3_C4_C2_2
#define SVCR_SM			BIT(0)
#define SVCR_ZA			BIT(1)
#define SYS_CNTHV_CTL_EL2	S3_4_C14_C3_1
#define SYS_APIAKeyLo_EL1	S3_0_C2_C1_0
#define SYS_APIAKeyHi_EL1	S3_0_C2_C1_1
#define SYS_ZCR_EL2		S3_4_C1_C2_0
#define SYS_ZCR_EL3		S3_6_C1_C2_0
#define SYS_SMCR_EL2		S3_4_C1_C2_6
#define SYS_SMCR_EL3		S3_6_C1_C2_6
#define SYS_HCRX_EL2		S3_4_C1_C2_2
#define SYS_HFGRTR_EL2		S3_4_C1_C1_4
#define SYS_HFGWTR_EL2		S3_4_C1_C1_5
#define SYS_HFGITR_EL2		S3_4_C1_C1_6
#define SYS_HDFGRTR_EL2		S3_4_C3_C1_4
#define SYS_HDFGWTR_EL2		S3_4_C3_C1_5
#define SYS_HAFGRTR_EL2		S3_4_C3_C1_6
#define SYS_HFGRTR2_EL2		S3_4_C3_C1_2
#define SYS_HFGWTR2_EL2		S3_4_C3_C1_3
#define SYS_HFGITR2_EL2		S3_4_C3_C1_7
#define SYS_HDFGRTR2_EL2	S3_4_C3_C1_0
#define SYS_HDFGWTR2_EL2	S3_4_C3_C1_1
#define SYS_CNTPOFF_EL2		S3_4_C14_C0_6
#define SYS_BRBCR_EL2		S2_4_C9_C0_0
#define SYS_PMSCR_EL2		S3_4_C9_C9_0
#define SYS_GCSCR_EL1		S3_0_C2_C5_0
#define SYS_GCSCRE0_EL1		S3_0_C2_C5_2
#define SYS_GCSCR_EL2		S3_4_C2_C5_0
#define SYS_MPAM3_EL3		S3_6_C10_C5_0
#define SYS_MPAM2_EL2		S3_4_C10_C5_0
#define SYS_MPAMHCR_EL2		S3_4_C10_C4_0
#define SYS_AMCNTENCLR0_EL0	S3_3_C13_C2_4
#define SYS_AMCNTENSET0_EL0	S3_3_C13_C2_5
#define SYS_AMCNTENCLR1_EL0	S3_3_C13_C3_0
#define SYS_AMCNTENSET1_EL0	S3_3_C13_C3_1
#define SYS_ICC_SRE_EL1		S3_0_C12_C12_5
#define SYS_ICC_SRE_EL2		S3_4_C12_C9_5
#define SYS_ICC_SRE_EL3		S3_6_C12_C12_5
#define SYS_ICC_CTLR_EL3	S3_6_C12_C12_4
#define SYS_ICC_PMR_EL1		S3_0_C4_C6_0
#define SYS_ICC_IGRPEN0_EL1	S3_0_C12_C12_6
#define SYS_ICC_IGRPEN1_EL1	S3_0_C12_C12_7
#define SYS_ICC_IGRPEN1_EL3	S3_6_C12_C12_7
#define SYS_ICC_SGI0R_EL1	S3_0_C12_C11_7
#define SYS_ICC_IAR0_EL1	S3_0_C12_C8_0
#define SYS_ICC_EOIR0_EL1	S3_0_C12_C8_1
#define SYS_ICH_HCR_EL2		S3_4_C12_C11_0
#define SYS_ICH_HFGRTR_EL2	S3_4_C12_C9_4
#define SYS_ICH_HFGWTR_EL2	S3_4_C12_C9_6
#define SYS_ICH_HFGITR_EL2	S3_4_C12_C9_7

/* SCTLR_EL3 and SCTLR_EL2 (E2H = 0) share the bits used here. */
#define SCTLR_M			BIT(0)
#define SCTLR_A			BIT(1)
#define SCTLR_C			BIT(2)
#define SCTLR_SA		BIT(3)
#define SCTLR_I			BIT(12)
#define SCTLR_WXN		BIT(19)
#define SCTLR_SPAN		BIT(23)
#define SCTLR_EE		BIT(25)
#define SCTLR_BT		BIT(36)	/* SCTLR_EL1.BT1, SCTLR_EL2/3.BT */
#define SCTLR_EnIA		BIT(31)
#define SCTLR_DSSBS		BIT(44)
#define SCTLR_SPINTMASK		BIT(62)
#define SCTLR_EL2_RES1		UL(0x30c50830)
#define SCTLR_EL3_RES1		SCTLR_EL2_RES1
#define SCTLR_EL1_RES1		UL(0x30d00800)
#define SCTLR_EL2_EnTP2		BIT(60)

#define SCR_NS			BIT(0)
#define SCR_IRQ			BIT(1)
#define SCR_FIQ			BIT(2)
#define SCR_EA			BIT(3)
#define SCR_RES1		FIELD(3, 4)
#define SCR_SMD			BIT(7)
#define SCR_HCE			BIT(8)
#define SCR_RW			BIT(10)
#define SCR_TWI			BIT(12)
#define SCR_TWE			BIT(13)
#define SCR_TLOR		BIT(14)
#define SCR_TERR		BIT(15)
#define SCR_APK			BIT(16)
#define SCR_API			BIT(17)
#define SCR_EnSCXT		BIT(25)
#define SCR_ATA			BIT(26)
#define SCR_FGTEn		BIT(27)
#define SCR_ECVEn		BIT(28)
#define SCR_TWEDEn		BIT(29)
#define SCR_AMVOFFEN		BIT(35)
#define SCR_EnAS0		BIT(36)
#define SCR_ADEn		BIT(37)
#define SCR_HXEn		BIT(38)
#define SCR_GCSEn		BIT(39)
#define SCR_TRNDR		BIT(40)
#define SCR_EnTP2		BIT(41)
#define SCR_RCWMASKEn		BIT(42)
#define SCR_TCR2En		BIT(43)
#define SCR_SCTLR2En		BIT(44)
#define SCR_PIEn		BIT(45)
#define SCR_AIEn		BIT(46)
#define SCR_D128En		BIT(47)
#define SCR_MECEn		BIT(49)
#define SCR_EnFPM		BIT(50)
#define SCR_PFAREn		BIT(53)
#define SCR_FGTEn2		BIT(59)
#define SCR_NSE			BIT(62)

#define CPTR_EL3_EZ		BIT(8)
#define CPTR_EL3_TFP		BIT(10)
#define CPTR_EL3_ESM		BIT(12)
#define CPTR_EL3_TTA		BIT(20)
#define CPTR_EL3_TAM		BIT(30)
#define CPTR_EL3_TCPAC		BIT(31)

#define MDCR_EL3_TPM		BIT(6)
#define MDCR_EL3_EnPM2		BIT(7)
#define MDCR_EL3_TDA		BIT(9)
#define MDCR_EL3_TDOSA		BIT(10)
#define MDCR_EL3_NSPBE		BIT(11)
#define MDCR_EL3_NSPB		FIELD(3, 12)
#define MDCR_EL3_NSPB_EN	BIT(12)
#define MDCR_EL3_TTRF		BIT(19)
#define MDCR_EL3_NSTB		FIELD(3, 24)
#define MDCR_EL3_NSTB_EN	BIT(24)
#define MDCR_EL3_NSTBE		BIT(26)
#define MDCR_EL3_TDCC		BIT(27)
#define MDCR_EL3_SBRBE		FIELD(3, 32)
#define MDCR_EL3_SBRBE_NS	BIT(32)
#define MDCR_EL3_EnPMSN		BIT(36)
#define MDCR_EL3_EnPMS3		BIT(42)
#define MDCR_EL3_EBWE		BIT(43)

#define MPAM3_EL3_TRAPLOWER	BIT(62)
#define AMCNTENSET0_ALL		UL(0xf)
#define AMCNTENSET1_ALL		UL(0xffff)
#define AMCGCR_CG1NC(amcgcr)	(((amcgcr) >> 8) & 0xff)
#define MPAMIDR_HAS_HCR		BIT(17)
#define PMSIDR_FDS		BIT(7)
#define ID_MMFR4_E2H0		24	/* signed: below 0, E2H is fixed at 1 */

#define ZCR_LEN			UL(0xf)
#define SMCR_LEN		UL(0xf)
#define SMCR_EZT0		BIT(30)
#define SMCR_FA64		BIT(31)

#define HCR_VM			BIT(0)
#define HCR_FMO			BIT(3)
#define HCR_IMO			BIT(4)
#define HCR_AMO			BIT(5)
#define HCR_TWI			BIT(13)
#define HCR_TWE			BIT(14)
#define HCR_TID0		BIT(15)
#define HCR_TID1		BIT(16)
#define HCR_TID2		BIT(17)
#define HCR_TID3		BIT(18)
#define HCR_TSC			BIT(19)
#define HCR_TACR		BIT(21)
#define HCR_TSW			BIT(22)
#define HCR_TPCP		BIT(23)
#define HCR_TPU			BIT(24)
#define HCR_TTLB		BIT(25)
#define HCR_TVM			BIT(26)
#define HCR_TGE			BIT(27)
#define HCR_TDZ			BIT(28)
#define HCR_HCD			BIT(29)
#define HCR_TRVM		BIT(30)
#define HCR_RW			BIT(31)
#define HCR_E2H			BIT(34)
#define HCR_APK			BIT(40)
#define HCR_API			BIT(41)
#define HCR_EnSCXT		BIT(53)
#define HCR_ATA			BIT(56)

#define HCRX_EnALS		BIT(1)
#define HCRX_EnASR		BIT(2)
#define HCRX_MSCEn		BIT(11)
#define HCRX_TCR2En		BIT(14)
#define HCRX_SCTLR2En		BIT(15)
#define HCRX_D128En		BIT(17)
#define HCRX_GCSEn		BIT(22)
#define HCRX_EnFPM		BIT(23)

#define MDCR_EL2_TPMCR		BIT(5)
#define MDCR_EL2_TPM		BIT(6)
#define MDCR_EL2_TDE		BIT(8)
#define MDCR_EL2_TDA		BIT(9)
#define MDCR_EL2_TDOSA		BIT(10)
#define MDCR_EL2_TDRA		BIT(11)
#define MDCR_EL2_E2PB		FIELD(3, 12)
#define MDCR_EL2_TTRF		BIT(19)
#define MDCR_EL2_E2TB		FIELD(3, 24)
#define PMCR_N(pmcr)		(((pmcr) >> 11) & 0x1f)
#define PMSCR_EL2_PA		BIT(4)
#define PMSCR_EL2_PCT_PHYSICAL	BIT(6)
#define BRBCR_CC		BIT(3)
#define BRBCR_MPRED		BIT(4)

#define VTTBR_VMID		FIELD(0xffff, 48)
#define HSTR_T			UL(0xffff)
#define CNT_CTL_ENABLE		BIT(0)
#define CNT_CTL_IMASK		BIT(1)
#define MPAM2_EL2_TRAPMPAM	FIELD(3, 48)	/* of MPAM0_EL1, MPAM1_EL1 */
#define MPAM2_EL2_EnMPAMSM	BIT(50)
#define MPAMHCR_TRAP_MPAMIDR_EL1 BIT(31)
#define GCSCR_PCRSEL		BIT(0)

/* CPTR_EL2 with E2H = 0: what is RES1, and what is so only when absent. */
#define CPTR_EL2_RES1		UL(0x22ff)
#define CPTR_EL2_TZ		BIT(8)
#define CPTR_EL2_TFP		BIT(10)
#define CPTR_EL2_TSM		BIT(12)
/* Both layouts; the rest of the one with E2H = 1 is that of CPACR_EL1. */
#define CPTR_EL2_TAM		BIT(30)
#define CPTR_EL2_TCPAC		BIT(31)
#define CPACR_ZEN		FIELD(3, 16)
#define CPACR_FPEN		FIELD(3, 20)
#define CPACR_SMEN		FIELD(3, 24)

#define HFG_nGCS_EL0		BIT(52)
#define HFG_nGCS_EL1		BIT(53)
#define HFG_nSMPRI_EL1		BIT(54)
#define HFG_nTPIDR2_EL0		BIT(55)
#define HFG_nRCWMASK_EL1	BIT(56)
#define HFG_nPIRE0_EL1		BIT(57)
#define HFG_nPIR_EL1		BIT(58)
#define HFG_nPOR		FIELD(3, 59)	/* POR_EL0, POR_EL1 */
#define HFG_AIE			FIELD(3, 62)	/* nMAIR2_EL1, nAMAIR2_EL1 */
#define HFGITR_nGCSPUSHM_EL1	BIT(57)
#define HFGITR_nGCSSTR_EL1	BIT(58)
#define HFGITR_nGCSEPP		BIT(59)
#define HFGITR_nBRBINJ		BIT(55)
#define HFGITR_nBRBIALL		BIT(56)
#define HDFG_nBRBIDR		BIT(59)
#define HDFG_nBRBCTL		BIT(60)
#define HDFG_nBRBDATA		BIT(61)
#define HDFG_nPMSNEVFR_EL1	BIT(62)
#define HDFG2_nPMICNTR_EL0	BIT(2)
#define HDFG2_nPMICFILTR_EL0	BIT(3)
#define HDFG2_nPMUACR_EL1	BIT(4)
#define HDFG2_nPMSDSFR_EL1	BIT(19)

#define ICH_HCR_En		BIT(0)
#define ICH_HFG_ICC_APR_EL1	BIT(0)
#define ICH_HFG_ICC_IDRn_EL1	BIT(1)
#define ICH_HFG_ICC_CR0_EL1	BIT(2)
#define ICH_HFG_ICC_HAPR_EL1	BIT(3)
#define ICH_HFG_ICC_HPPIR_EL1	BIT(4)
#define ICH_HFG_ICC_PCR_EL1	BIT(5)
#define ICH_HFG_ICC_ICSR_EL1	BIT(6)
#define ICH_HFG_ICC_IAFFIDR_EL1	BIT(7)
#define ICH_HFG_ICC_PPI_HMRn_EL1	BIT(16)
#define ICH_HFG_ICC_PPI_ENABLERn_EL1	BIT(17)
#define ICH_HFG_ICC_PPI_PENDRn_EL1	BIT(18)
#define ICH_HFG_ICC_PPI_PRIORITYRn_EL1	BIT(19)
#define ICH_HFG_ICC_PPI_ACTIVERn_EL1	BIT(20)
#define ICH_HFGITR_GICCDEN	BIT(0)
#define ICH_HFGITR_GICCDDIS	BIT(1)
#define ICH_HFGITR_GICCDPRI	BIT(2)
#define ICH_HFGITR_GICCDAFF	BIT(3)
#define ICH_HFGITR_GICCDPEND	BIT(4)
#define ICH_HFGITR_GICCDRCFG	BIT(5)
#define ICH_HFGITR_GICCDHM	BIT(6)
#define ICH_HFGITR_GICCDEOI	BIT(7)
#define ICH_HFGITR_GICCDDI	BIT(8)
#define ICH_HFGITR_GICRCDIA	BIT(9)
#define ICH_HFGITR_GICRCDNMIA	BIT(10)

#define CNTHCTL_EL1PCTEN	BIT(0)
#define CNTHCTL_EL1PCEN		BIT(1)
#define CNTHCTL_E2H_EL1PCTEN	BIT(10)
#define CNTHCTL_E2H_EL1PTEN	BIT(11)

#define ICC_SRE_SRE		BIT(0)
#define ICC_SRE_DFB		BIT(1)
#define ICC_SRE_DIB		BIT(2)
#define ICC_SRE_Enable		BIT(3)

#define MPAM3_TRAPLOWER		BIT(62)

#define SPSR_SP			BIT(0)
#define SPSR_MODE		FIELD(0xf, 0)
#define SPSR_A32		BIT(4)
#define SPSR_SSBS		BIT(12)
#define SPSR_ALLINT		BIT(13)
#define SPSR_A32_DIT		BIT(21)
#define SPSR_PAN		BIT(22)
#define SPSR_DIT		BIT(24)
#define SPSR_TCO		BIT(25)
#define SPSR_NZCV		FIELD(0xf, 28)
#define SPSR_DAIF		FIELD(0xf, 6)
#define SPSR_A			BIT(8)
#define SPSR_EL1h		UL(0x5)
#define SPSR_EL2h		UL(0x9)

#define MPIDR_AFFINITY		UL(0xff00ffffff)

#define ESR_EC_SHIFT		26
#define ESR_EC(esr)		(((esr) >> ESR_EC_SHIFT) & 0x3f)
#define ESR_IL			BIT(25)
#define ESR_EC_UNKNOWN		0x00
#define ESR_EC_SMC64		0x17

#ifndef __ASSEMBLER__
#include "types.h"

#define SYSREG_STRING_(name)	#name
#define SYSREG_STRING(name)	SYSREG_STRING_(name)

#define sysreg_read(name) ({						\
	uint64_t value_;						\
	__asm__ volatile("mrs %0, " SYSREG_STRING(name)			\
			 : "=r"(value_) : : "memory");			\
	value_;								\
})

#define sysreg_write(name, value)					\
	__asm__ volatile("msr " SYSREG_STRING(name) ", %x0"		\
			 : : "rZ"((uint64_t)(value)) : "memory")

static inline void isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

static inline void dsb_sy(void)
{
	__asm__ volatile("dsb sy" : : : "memory");
}

/* The exception level that runs this code. */
static inline unsigned int current_el(void)
{
	return (sysreg_read(CurrentEL) >> 2) & 3;
}

#endif
#endif
