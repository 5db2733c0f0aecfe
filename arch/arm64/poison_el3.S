/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CONFIG_POISON: EL3's registers, then those below (boot-protocol rows of SCR
 * and the features). In: nothing; needs no stack; changes x9 and x10.
 */
#include "asm/poison.h"

/* Traps on, enables off. NS comes last: some rows below need it as 1. */
#define SCR_HOSTILE	(SCR_IRQ | SCR_FIQ | SCR_EA | SCR_SMD | SCR_TWI | \
			 SCR_TWE | SCR_TLOR | SCR_TERR | SCR_TRNDR)
#define CPTR_HOSTILE	(CPTR_EL3_TFP | CPTR_EL3_TTA | CPTR_EL3_TAM | \
			 CPTR_EL3_TCPAC)
#define MDCR_HOSTILE	(MDCR_EL3_TPM | MDCR_EL3_TDA | MDCR_EL3_TDOSA | \
			 MDCR_EL3_SPD32 | MDCR_EL3_SDD | MDCR_EL3_TTRF)

	.section .text.poison_el3, "ax"
	.global	poison_el3
poison_el3:
	mov	x10, x30
	row	SCR_EL3, SCR_NS | SCR_RES1 | SCR_RW
	row	CPTR_EL3, CPTR_EL3_EZ | CPTR_EL3_ESM
	isb
	row	SYS_ICC_SRE_EL3, ICC_SRE_SRE | ICC_SRE_Enable, IF_GICV3
	isb
	unless	1f, IF_EL2
	row	HCR_EL2, HCR_RW
	row	CPTR_EL2, CPTR_EL2_RES1
1:	bl	poison_el1
	row	SCTLR_EL1, POISON_SCTLR_LOWER
	row	VBAR_EL1, POISON_JUNK
	row	SP_EL1, POISON_JUNK
	row	ELR_EL1, POISON_JUNK
	row	SPSR_EL1, SPSR_EL1h
	unless	2f, IF_EL2
	bl	poison_el2
	row	ELR_EL2, POISON_JUNK
	row	SPSR_EL2, SPSR_EL2h
	row	SP_EL2, POISON_JUNK
	row	VBAR_EL2, POISON_JUNK
	/* Whoever enters EL2 next has to say where data lie and how. */
	row	SCTLR_EL2, POISON_SCTLR_LOWER
	row	HCR_EL2, POISON_HCR
2:	row	CNTFRQ_EL0, 1
	row	SYS_ZCR_EL3, 0, IF_SVE
	row	SYS_SMCR_EL3, 0, IF_SME
	row	CPTR_EL3, CPTR_HOSTILE		/* behind what it traps */
	row	MDCR_EL3, MDCR_HOSTILE
	row	SYS_MPAM3_EL3, MPAM3_TRAPLOWER, IF_MPAM
	row	CNTPS_CVAL_EL1, POISON_PAST
	row	CNTPS_CTL_EL1, CNT_CTL_ENABLE
	row	TCR_EL3, POISON_JUNK
	row	TTBR0_EL3, POISON_JUNK
	row	MAIR_EL3, POISON_JUNK
	row	AMAIR_EL3, POISON_JUNK
	row	TPIDR_EL3, POISON_JUNK
	row	ELR_EL3, POISON_JUNK
	row	SPSR_EL3, SPSR_EL1h
	row	ESR_EL3, POISON_JUNK
	row	FAR_EL3, POISON_JUNK
	row	AFSR0_EL3, POISON_JUNK
	row	AFSR1_EL3, POISON_JUNK
	row	SYS_ICC_CTLR_EL3, ICC_CTLR_EL3_PMHE, IF_GICV3
	row	SYS_ICC_IGRPEN1_EL3, 3, IF_GICV3
	row	SYS_ICC_SRE_EL3, ICC_SRE_SRE, IF_GICV3
	row	SCR_EL3, SCR_HOSTILE | SCR_RES1
	isb
	ret	x10
	.ltorg
