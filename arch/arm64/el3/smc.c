/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What comes up from below: an SMC is answered by the rules of SMCCC (DEN
 * 0028), anything else becomes UNDEFINED at the level that did it.
 */

#include "monitor.h"
#include "answers.h"
#include "asm/crash_test.h"
#include "asm/guard.h"
#include "asm/sysreg.h"
#include "mutation.h"

/* The standard service's ranges (DEN 0028, table 6-4), less the 64-bit bit. */
#define PSCI_FIRST		0x84000000u
#define PSCI_LAST		0x8400001fu
#define TRNG_FIRST		0x84000050u
#define TRNG_LAST		0x8400005fu
/* The range of the machine's maker. */
#define OEM_FIRST		0x83000000u
#define OEM_LAST		0x8300ffffu

/* "No live SVE state": a hint in the function number since SMCCC 1.3. */
#define SMC_SVE_HINT		BIT(16)

/* VBAR_ELx offsets of a synchronous exception (Arm ARM D1.3.1). */
#define VECTOR_SP0		0x000
#define VECTOR_SPX		0x200
#define VECTOR_LOWER_A64	0x400
#define VECTOR_LOWER_A32	0x600

#define SPSR_EL(spsr)		(((spsr) >> 2) & 3)

/* The service of @function answers, or nobody: -1 (boot-protocol 4.2). */
static int64_t smc_answer(uint32_t function, const uint64_t *args, uint64_t *x)
{
	const uint32_t number = function & ~SMC_64;

	if (number >= PSCI_FIRST && number <= PSCI_LAST)
		return psci_call(function, args);
	if (number >= TRNG_FIRST && number <= TRNG_LAST)
		return trng_call(function, args, x);
	if (IS_ENABLED(CONFIG_ROLLBACK) && number >= OEM_FIRST &&
	    number <= OEM_LAST)
		return rollback_call(function, args, x);
	return arch_call(function, args, x);
}

#define AFFINITY_INFO		0xc4000004u
#define CPU_SUSPEND		0xc4000001u
#define CPU_OFF			0x84000002u
#define VERSION			0x84000000u
#define OWNER(function)		((function) >> 24 & 0x3f)
#define OWNER_OEM		3

/* What a call must leave alone (HO-32), in unsafe test builds. */
static void smc_mutate(uint32_t function, struct smc_frame *frame)
{
	if (function == CPU_SUSPEND)
		frame->x[5] += mutation_is(MUTATION_SUSPEND_X5);
	if (function != AFFINITY_INFO)
		return;
	frame->x[4] += mutation_is(MUTATION_SMC_X4);
	frame->x[18] += mutation_is(MUTATION_SMC_X18);
	if (mutation_is(MUTATION_SMC_FP))
		__asm__ volatile(".arch_extension fp\n\tfmov d8, xzr");
	if (mutation_is(MUTATION_SMC_NZCV))
		sysreg_write(SPSR_EL3, sysreg_read(SPSR_EL3) ^ SPSR_NZCV);
	if (mutation_is(MUTATION_SMC_STREAMING))
		sysreg_write(SYS_SVCR, sysreg_read(SYS_SVCR) & ~SVCR_SM);
	if (mutation_is(MUTATION_SMC_ZA))
		sysreg_write(SYS_SVCR, sysreg_read(SYS_SVCR) & ~SVCR_ZA);
}

/* Calls that are not announced, and no answer that one of them may give. */
static const struct {
	uint32_t number, function;
	int64_t answer;
} unserved[] = {
	{ MUTATION_SOC_NAME, 0xc0000002u, 1 },
	{ MUTATION_PV_TIME, 0xc5000020u, UINT32_MAX },
	{ MUTATION_RSI, 0xc4000190u, UINT32_MAX },
	{ MUTATION_MIGRATE, 0xc4000005u, 0 },
	{ MUTATION_FREEZE, 0x8400000bu, 0 },
	{ MUTATION_NODE_STATE, 0xc400000du, 0 },
};

/* What a call that nobody serves must not answer. */
static int64_t unknown_mutate(uint32_t function, int64_t answer, uint64_t *x)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(unserved); i++)
		if (mutation_is(unserved[i].number) &&
		    function == unserved[i].function)
			return unserved[i].answer;
	if (OWNER(function) != OWNER_OEM)
		return answer;
	x[1] += mutation_is(MUTATION_SMC_UNKNOWN_X1);
	return mutation_is(MUTATION_SMC_UNKNOWN_0) ? 0 :
	       mutation_is(MUTATION_SMC_UNKNOWN_32) ? (uint32_t)answer : answer;
}

#define OWNER_NOBODY		17

/* What must not come back from a call of nobody's, nor from any other. */
static void isolation_mutate(uint32_t function, struct smc_frame *frame)
{
	static bool worn;

	if (function == AFFINITY_INFO && mutation_is(MUTATION_LEAK_X3))
		frame->x[3] = (uint64_t)cpu_self();
	if (function == VERSION && worn && mutation_is(MUTATION_WORN))
		frame->x[0]++;
	if (OWNER(function) != OWNER_NOBODY)
		return;
	worn = true;
	if (mutation_is(MUTATION_OWNER_0))
		frame->x[0] = 0;
	frame->x[2] += mutation_is(MUTATION_OWNER_X2);
	frame->x[17] += mutation_is(MUTATION_OWNER_X17);
}

/*
 * Memory that is the kernel's: the loader's stack, as SP was at its last call,
 * and the BSS of the kernel, which starts a CPU at the start of its file.
 */
#define KERNEL_BSS		0x90000
static void memory_mutate(uint32_t function)
{
	static uint64_t loader_sp;

	if (function == MUTATION_CALL && IS_ENABLED(CONFIG_EL2_PRESENT))
		loader_sp = sysreg_read(SP_EL2);
	if (function != CPU_OFF)
		return;
	if (mutation_is(MUTATION_STACK_USED))
		*(volatile uint64_t *)ALIGN_DOWN(loader_sp, 64) = 0;
	if (mutation_is(MUTATION_BSS_USED))
		*(volatile uint64_t *)(ALIGN_DOWN(cpu_self()->entry, SZ_2M) +
				       KERNEL_BSS) = 0;
}

static void smc_call(struct smc_frame *frame)
{
	const uint32_t function = frame->x[0] & ~SMC_SVE_HINT;
	uint64_t args[3] = { frame->x[1], frame->x[2], frame->x[3] };
	unsigned int i;

	/* An SMC32 call sees only the lower halves (DEN 0028, 3.1). */
	for (i = 0; !(function & SMC_64) && i < ARRAY_SIZE(args); i++)
		args[i] = (uint32_t)args[i];
	if (mutation_is(MUTATION_SMC_HALVES))
		args[0] = frame->x[1];
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD))
		memory_mutate(function);
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD) && function == MUTATION_CALL)
		features_mutate(false);
	else
		frame->x[0] = smc_answer(function, args, frame->x);
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD)) {
		frame->x[0] = unknown_mutate(function, frame->x[0], frame->x);
		smc_mutate(function, frame);
		isolation_mutate(function, frame);
	}
}

/* AArch32 modes are all but User's at EL1: no EL2 or EL3 is AArch32 here. */
static unsigned int spsr_el(uint64_t spsr)
{
	if (spsr & SPSR_A32)
		return spsr & SPSR_MODE ? 1 : 0;
	return SPSR_EL(spsr);
}

/*
 * Who takes an exception of the level @el. An AArch32 EL1 cannot take one
 * in AArch64: it goes to EL2, without which there would be no such EL1.
 */
static bool undef_to_el2(uint64_t spsr, unsigned int el)
{
	if (!IS_ENABLED(CONFIG_EL2_PRESENT))
		return false;
	return el == 2 || (el == 1 && (spsr & SPSR_A32)) ||
	       (el == 0 && (sysreg_read(HCR_EL2) & HCR_TGE));
}

static uint64_t undef_vector(uint64_t spsr, bool from_lower)
{
	if (spsr & SPSR_A32)
		return VECTOR_LOWER_A32;
	if (from_lower)
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
	const unsigned int el = spsr_el(spsr);
	const bool el2 = undef_to_el2(spsr, el);
	uint64_t vbar, sctlr;

	if (el2) {
		vbar = sysreg_read(VBAR_EL2);
		sctlr = sysreg_read(SCTLR_EL2);
		sysreg_write(ESR_EL2, esr);
		sysreg_write(ELR_EL2, elr);
		sysreg_write(SPSR_EL2, spsr);
	} else {
		vbar = sysreg_read(VBAR_EL1);
		sctlr = sysreg_read(SCTLR_EL1);
		sysreg_write(ESR_EL1, esr);
		sysreg_write(ELR_EL1, elr);
		sysreg_write(SPSR_EL1, spsr);
	}
	sysreg_write(ELR_EL3, vbar + undef_vector(spsr, el < (el2 ? 2 : 1)));
	sysreg_write(SPSR_EL3, undef_pstate(spsr, sctlr,
					    sysreg_read(ID_AA64PFR1_EL1), el2));
}

/* For the suite: a call that needs more stack than a CPU has. */
static void crash_too_deep(struct smc_frame *frame)
{
	volatile uint64_t *at = (volatile uint64_t *)frame;

	while (at > &cpu_self()->bottom)
		*--at = (uint64_t)frame;
}

void monitor_trap(struct smc_frame *frame)
{
	if (ESR_EC(sysreg_read(ESR_EL3)) == ESR_EC_SMC64)
		smc_call(frame);
	else
		undef_inject();
	if (CRASH_TEST_IS("mon-stack"))
		crash_too_deep(frame);
	if (cpu_self()->bottom)
		__stack_chk_fail();
}
