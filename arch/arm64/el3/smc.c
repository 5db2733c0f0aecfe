/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What comes up from below: an SMC is answered by the rules of SMCCC (DEN
 * 0028), anything else becomes UNDEFINED at the level that did it.
 */

#include "monitor.h"
#include "asm/guard.h"
#include "asm/sysreg.h"

#define SMCCC_VERSION		0x80000000u
#define SMCCC_ARCH_FEATURES	0x80000001u
#define SMCCC_VERSION_1_1	0x10001
#define SMCCC_NOT_SUPPORTED	(-1)
#define SMC_OWNER_STANDARD	4
#define SMC_IS_64(function)	((function) & BIT(30))
#define SMC_OWNER(function)	(((function) >> 24) & 0x3f)
#define PSCI_NUMBER(function)	((function) & 0xffff)
#define PSCI_LAST		0x1f

/* VBAR_ELx offsets of a synchronous exception (Arm ARM D1.3.1). */
#define VECTOR_SP0		0x000
#define VECTOR_SPX		0x200
#define VECTOR_LOWER_A64	0x400
#define VECTOR_LOWER_A32	0x600

#define SPSR_SP			BIT(0)
#define SPSR_EL(spsr)		(((spsr) >> 2) & 3)
#define SPSR_A32		BIT(4)

static int64_t smccc_arch_features(uint32_t function)
{
	return function == SMCCC_VERSION || function == SMCCC_ARCH_FEATURES ?
	       0 : SMCCC_NOT_SUPPORTED;
}

/* SM-01, SM-02, PSCI; -1 for the rest (boot-protocol 4.2). */
static void smc_call(struct smc_frame *frame)
{
	const uint32_t function = frame->x[0];
	uint64_t args[3] = { frame->x[1], frame->x[2], frame->x[3] };
	unsigned int i;

	/* An SMC32 call sees only the lower halves (DEN 0028, 3.1). */
	for (i = 0; !SMC_IS_64(function) && i < ARRAY_SIZE(args); i++)
		args[i] = (uint32_t)args[i];

	if (function == SMCCC_VERSION)
		frame->x[0] = SMCCC_VERSION_1_1;
	else if (function == SMCCC_ARCH_FEATURES)
		frame->x[0] = smccc_arch_features(args[0]);
	else if (SMC_OWNER(function) == SMC_OWNER_STANDARD &&
		 PSCI_NUMBER(function) <= PSCI_LAST)
		frame->x[0] = psci_call(function, args);
	else
		frame->x[0] = (uint64_t)SMCCC_NOT_SUPPORTED;
}

static uint64_t undef_vector(uint64_t spsr, unsigned int target_el)
{
	if (spsr & SPSR_A32)
		return VECTOR_LOWER_A32;
	if (SPSR_EL(spsr) != target_el)
		return VECTOR_LOWER_A64;
	return spsr & SPSR_SP ? VECTOR_SPX : VECTOR_SP0;
}

/*
 * Hand the exception to the level that caused it, or to the one that takes
 * EL0's, as if the instruction were UNDEFINED (boot-protocol 2.3).
 */
static void undef_inject(void)
{
	const uint64_t spsr = sysreg_read(SPSR_EL3);
	const uint64_t elr = sysreg_read(ELR_EL3);
	const uint64_t esr = ((uint64_t)ESR_EC_UNKNOWN << ESR_EC_SHIFT) |
			     (sysreg_read(ESR_EL3) & ESR_IL);
	const bool el2 = SPSR_EL(spsr) == 2 ||
			 (SPSR_EL(spsr) == 0 && IS_ENABLED(CONFIG_EL2_PRESENT) &&
			  (sysreg_read(HCR_EL2) & HCR_TGE));
	uint64_t vbar;

	if (el2) {
		vbar = sysreg_read(VBAR_EL2);
		sysreg_write(ESR_EL2, esr);
		sysreg_write(ELR_EL2, elr);
		sysreg_write(SPSR_EL2, spsr);
	} else {
		vbar = sysreg_read(VBAR_EL1);
		sysreg_write(ESR_EL1, esr);
		sysreg_write(ELR_EL1, elr);
		sysreg_write(SPSR_EL1, spsr);
	}
	sysreg_write(ELR_EL3, vbar + undef_vector(spsr, el2 ? 2 : 1));
	sysreg_write(SPSR_EL3, SPSR_DAIF | (el2 ? SPSR_EL2h : SPSR_EL1h));
}

void monitor_trap(struct smc_frame *frame)
{
	if (ESR_EC(sysreg_read(ESR_EL3)) == ESR_EC_SMC64)
		smc_call(frame);
	else
		undef_inject();
	if (cpu_self()->bottom)
		__stack_chk_fail();
}
