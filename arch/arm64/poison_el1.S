/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CONFIG_POISON: the registers of EL1 and EL0 but those that EL1's own code
 * stands on. From any level; needs no stack; changes x9.
 */
#include "asm/poison.h"

	.section .text.poison_el1, "ax"
	.global	poison_el1
poison_el1:
	row	CPACR_EL1, CPACR_ALL
	isb
	row	TCR_EL1, POISON_JUNK
	row	TTBR0_EL1, POISON_JUNK
	row	TTBR1_EL1, POISON_JUNK
	row	MAIR_EL1, POISON_JUNK
	row	AMAIR_EL1, POISON_JUNK
	row	CONTEXTIDR_EL1, POISON_JUNK
	row	TPIDR_EL0, POISON_JUNK
	row	TPIDRRO_EL0, POISON_JUNK
	row	TPIDR_EL1, POISON_JUNK
	row	CSSELR_EL1, 0xf
	row	ESR_EL1, POISON_JUNK
	row	FAR_EL1, POISON_JUNK
	row	PAR_EL1, POISON_JUNK
	row	AFSR0_EL1, POISON_JUNK
	row	AFSR1_EL1, POISON_JUNK
	/* Timers that went off long ago (HO-28). */
	row	CNTKCTL_EL1, POISON_JUNK
	row	CNTP_CVAL_EL0, POISON_PAST
	row	CNTP_CTL_EL0, CNT_CTL_ENABLE
	row	CNTV_CVAL_EL0, POISON_PAST
	row	CNTV_CTL_EL0, CNT_CTL_ENABLE
	/* Debug and counters. SS would step every instruction from here on. */
	row	MDSCR_EL1, MDSCR_TDCC | MDSCR_KDE | MDSCR_MDE
	row	OSDLR_EL1, 1
	row	OSLAR_EL1, 1
	row	PMCR_EL0, PMCR_E | PMCR_D | PMCR_X | PMCR_DP, IF_PMUV3
	row	PMCCFILTR_EL0, POISON_JUNK, IF_PMUV3
	row	PMCCNTR_EL0, POISON_JUNK, IF_PMUV3
	row	PMSELR_EL0, 0x1f, IF_PMUV3
	row	PMUSERENR_EL0, 0xf, IF_PMUV3
	row	PMCNTENSET_EL0, 0xffffffff, IF_PMUV3
	row	PMINTENSET_EL1, 0xffffffff, IF_PMUV3
	row	PMOVSSET_EL0, 0xffffffff, IF_PMUV3
	row	SYS_TRFCR_EL1, 3, IF_TRF
	/* Features. */
	.irp	key, 1_0, 1_1, 1_2, 1_3, 2_0, 2_1, 2_2, 2_3, 3_0, 3_1
	row	S3_0_C2_C\key, POISON_JUNK, IF_APA
	row	S3_0_C2_C\key, POISON_JUNK, IF_API
	row	S3_0_C2_C\key, POISON_JUNK, IF_APA3
	.endr
	row	SYS_SCXTNUM_EL0, POISON_JUNK, IF_CSV2_2
	row	SYS_SCXTNUM_EL1, POISON_JUNK, IF_CSV2_2
	row	SYS_LORC_EL1, 1, IF_LOR
	row	SYS_RGSR_EL1, POISON_JUNK, IF_MTE2
	row	SYS_GCR_EL1, 0xffff, IF_MTE2
	row	SYS_TFSR_EL1, 3, IF_MTE2
	row	SYS_TFSRE0_EL1, 3, IF_MTE2
	row	SYS_ZCR_EL1, 0, IF_SVE
	row	SYS_SMCR_EL1, 0, IF_SME
	row	SYS_SMPRI_EL1, 0xf, IF_SME
	row	SYS_TPIDR2_EL0, POISON_JUNK, IF_SME
	row	CPACR_EL1, 0			/* behind what it traps */
	row	SYS_GCSCR_EL1, 1, IF_GCS
	row	SYS_GCSCRE0_EL1, 1, IF_GCS
	/* The CPU interface: groups on, nothing let through. */
	row	SYS_ICC_SRE_EL1, ICC_SRE_SRE, IF_GICV3
	isb
	row	SYS_ICC_PMR_EL1, 0, IF_GICV3
	row	SYS_ICC_IGRPEN1_EL1, 1, IF_GICV3
	ret
	.ltorg
