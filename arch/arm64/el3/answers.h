/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the monitor's answers follow from, as pure functions of register
 * values: the host's unit tests include this file, too.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "smccc.h"
#include "asm/sysreg.h"

#define ID_FIELD(value, shift)	(((value) >> (shift)) & 0xf)

/* The feature's trap bit as an enable bit, if the CPU has the feature. */
#define UNTRAPPED(reg, trap, present)	((present) ? ~(reg) & (trap) : 0)

/*
 * SMCCC_ARCH_FEATURE_AVAILABILITY (DEN 0028, 7.8): the bits of EL3's
 * registers by which a feature is given to lower levels, each 1 if it is. An
 * enable bit is set only for a feature that the CPU has (el3_duties.c).
 * SCR_EL3.API goes with APK and is not reported.
 */
static inline uint64_t scr_available(uint64_t scr, uint64_t pfr0,
				     uint64_t isar0, uint64_t mmfr1)
{
	const uint64_t enables =
		SCR_APK | SCR_EnSCXT | SCR_ATA | SCR_FGTEn | SCR_ECVEn |
		SCR_TWEDEn | SCR_AMVOFFEN | SCR_EnAS0 | SCR_ADEn | SCR_HXEn |
		SCR_GCSEn | SCR_EnTP2 | SCR_RCWMASKEn | SCR_TCR2En |
		SCR_SCTLR2En | SCR_PIEn | SCR_AIEn | SCR_D128En | SCR_MECEn |
		SCR_EnFPM | SCR_PFAREn | SCR_FGTEn2;

	return (scr & enables) |
	       UNTRAPPED(scr, SCR_TLOR, ID_FIELD(mmfr1, 16)) |	/* LOR */
	       UNTRAPPED(scr, SCR_TERR, ID_FIELD(pfr0, 28)) |	/* RAS */
	       UNTRAPPED(scr, SCR_TRNDR, ID_FIELD(isar0, 60));	/* RNDR */
}

static inline uint64_t cptr_available(uint64_t cptr, uint64_t pfr0,
				      uint64_t dfr0)
{
	return (cptr & (CPTR_EL3_EZ | CPTR_EL3_ESM)) |
	       UNTRAPPED(cptr, CPTR_EL3_TCPAC | CPTR_EL3_TFP, true) |
	       UNTRAPPED(cptr, CPTR_EL3_TAM, ID_FIELD(pfr0, 44)) |
	       UNTRAPPED(cptr, CPTR_EL3_TTA, ID_FIELD(dfr0, 4));
}

/* Of a field with the owner's state beside the enable, only the enable. */
static inline uint64_t mdcr_available(uint64_t mdcr, uint64_t dfr0,
				      uint64_t mmfr0)
{
	const uint64_t enables = MDCR_EL3_EnPM2 | MDCR_EL3_NSPB_EN |
				 MDCR_EL3_NSTB_EN | MDCR_EL3_SBRBE_NS |
				 MDCR_EL3_EBWE;
	const unsigned int pmu = ID_FIELD(dfr0, 8);

	return (mdcr & enables) |
	       UNTRAPPED(mdcr, MDCR_EL3_TDA, true) |
	       UNTRAPPED(mdcr, MDCR_EL3_TPM, pmu && pmu != 0xf) |
	       UNTRAPPED(mdcr, MDCR_EL3_TDOSA, !ID_FIELD(dfr0, 36)) |
	       UNTRAPPED(mdcr, MDCR_EL3_TTRF, ID_FIELD(dfr0, 40)) |
	       UNTRAPPED(mdcr, MDCR_EL3_TDCC, ID_FIELD(mmfr0, 56));
}

/* MPAM, or its version 0.1, which only the second field announces. */
static inline bool has_mpam(uint64_t pfr0, uint64_t pfr1)
{
	return ID_FIELD(pfr0, 40) || ID_FIELD(pfr1, 16);
}

/*
 * SMCCC_ARCH_FEATURES of the workarounds (DEN 0028, 7.5 to 7.7). We have no
 * mitigation to offer, so the answer is "this CPU needs none" where its ID
 * registers say so, else "not supported": the kernel then believes its own
 * lists.
 */
#define WORKAROUND_UNAFFECTED	1
#define WORKAROUND_NOT_REQUIRED	(-2)

/* CVE-2017-5715: CSV2, branch targets of one context do not steer another. */
static inline int workaround_1(uint64_t pfr0)
{
	return ID_FIELD(pfr0, 56) ? WORKAROUND_UNAFFECTED :
				    SMCCC_NOT_SUPPORTED;
}

/* CVE-2018-3639: with SSBS the kernel has its own switch. */
static inline int workaround_2(uint64_t pfr1)
{
	return ID_FIELD(pfr1, 4) ? WORKAROUND_NOT_REQUIRED :
				   SMCCC_NOT_SUPPORTED;
}

/*
 * CVE-2022-23960: CSV2_3, or ECBHB, with which an exception ends the history.
 * It may be claimed only together with workaround 1.
 */
static inline int workaround_3(uint64_t pfr0, uint64_t mmfr1)
{
	return ID_FIELD(pfr0, 56) >= 3 ||
	       (ID_FIELD(pfr0, 56) && ID_FIELD(mmfr1, 60)) ?
	       WORKAROUND_UNAFFECTED : SMCCC_NOT_SUPPORTED;
}

/*
 * TRNG_RND (DEN 0098): which bits of result word @word (0 is the lowest, in
 * x3) hold entropy when @bits were asked for, @width bits in a word.
 */
static inline uint64_t trng_mask(uint64_t bits, unsigned int width,
				 unsigned int word)
{
	const uint64_t before = (uint64_t)word * width;

	if (bits <= before)
		return 0;
	bits -= before;
	return ~0ull >> (64 - (bits < width ? bits : width));
}

/*
 * PSTATE as AArch64.TakeException() of the Arm ARM makes it for an exception
 * from @spsr to EL1 or EL2, whose SCTLR is @sctlr; with DAIF masked, on the
 * stack pointer of that level.
 */
static inline uint64_t undef_pstate(uint64_t spsr, uint64_t sctlr,
				    uint64_t pfr1, bool to_el2)
{
	uint64_t next = SPSR_DAIF | (to_el2 ? SPSR_EL2h : SPSR_EL1h) |
			(spsr & (SPSR_NZCV | SPSR_PAN));

	next |= spsr & SPSR_A32 ? (spsr & SPSR_A32_DIT) << 3 : spsr & SPSR_DIT;
	if (!(sctlr & SCTLR_SPAN))		/* RES1 without FEAT_PAN */
		next |= SPSR_PAN;
	if (sctlr & SCTLR_DSSBS)		/* RES0 without FEAT_SSBS */
		next |= SPSR_SSBS;
	if (ID_FIELD(pfr1, 8))			/* FEAT_MTE */
		next |= SPSR_TCO;
	if (ID_FIELD(pfr1, 36) && !(sctlr & SCTLR_SPINTMASK))	/* FEAT_NMI */
		next |= SPSR_ALLINT;
	return next;
}

#endif
