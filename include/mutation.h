/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faults on purpose, for unsafe test builds only: the one whose number stands
 * in the word `mutation` is in what is handed over to the kernel, so that a
 * test can see which row of the report turns red. Loader and monitor have a
 * copy of the word each; a host tool may patch both in aglet.bin.
 */
#ifndef MUTATION_H
#define MUTATION_H

/*
 * The loader's last SMC: the monitor puts the fault into this CPU's EL3 and
 * EL2. Of the range that SMCCC leaves to the maker of the machine (owner 3).
 */
#define MUTATION_CALL	0xc300ff00

/* Faults of the spin loop, by the numbers below. */
#define SPIN_DEAF	175
#define SPIN_SWAPPED	176
#define SPIN_X0		177
#define SPIN_EARLY	178

#ifndef __ASSEMBLER__
#include "kconfig.h"
#include "types.h"

/* Faults outside the duty tables come first; 0 is none. */
enum mutation_number {
	MUTATION_NONE,

	/* The jump: arch/arm64/handoff.c, boot/mutate.c */
	MUTATION_X1,
	MUTATION_X2,
	MUTATION_X3,
	MUTATION_PSTATE_F,
	MUTATION_PSTATE_I,
	MUTATION_PSTATE_A,
	MUTATION_PSTATE_D,
	MUTATION_SCTLR_C,
	MUTATION_SCTLR_EE,
	MUTATION_TIMER_ON,
	MUTATION_ENTRY,
	MUTATION_KERNEL_OFFSET,
	MUTATION_KERNEL_HIGH,
	MUTATION_KERNEL_BYTE,
	MUTATION_UART_IRQ,
	MUTATION_UART_OFF,

	/* The tree as a whole: boot/mutate.c */
	MUTATION_TREE_NONE = 20,
	MUTATION_TREE_MISALIGNED,
	MUTATION_TREE_IN_IMAGE,
	MUTATION_TREE_SIZE,
	MUTATION_TREE_VERSION,
	MUTATION_TREE_TOKEN,

	/* What is in it: boot/fixup_mutation.c */
	MUTATION_PSCI_METHOD = 30,
	MUTATION_PSCI_COMPATIBLE,
	MUTATION_METHOD_MISSING,
	MUTATION_METHOD_UNKNOWN,
	MUTATION_METHOD_MIXED,
	MUTATION_CPU_REG,
	MUTATION_BOOTARGS,
	MUTATION_KASLR_SHORT,
	MUTATION_KASLR_ZERO,
	MUTATION_RNG_SHORT,
	MUTATION_RNG_CONSTANT,
	MUTATION_STDOUT,
	MUTATION_RESERVED_RANGES,
	MUTATION_RESERVED_CELLS,
	MUTATION_TIMER_FREQUENCY,
	MUTATION_LEFTOVER,
	MUTATION_GIC_COMPATIBLE,
	MUTATION_GIC_REG,
	MUTATION_MEMORY_TYPE,
	MUTATION_MEMORY_SHORT,
	MUTATION_MEMORY_LARGE,
	MUTATION_MEMORY_TWICE,
	MUTATION_MEMORY_SECURE,
	MUTATION_RESERVE_ZERO,
	MUTATION_RESERVE_KERNEL,
	MUTATION_NOMAP_TREE,
	MUTATION_INITRD_HALF,
	MUTATION_INITRD_REVERSED,
	MUTATION_INITRD_PAGE,
	MUTATION_INITRD_FAR,
	MUTATION_INITRD_LOW,
	MUTATION_INITRD_BYTES,

	/* Secondary CPUs: el3/monitor.c */
	MUTATION_SECONDARY_X0 = 70,
	MUTATION_SECONDARY_X1,
	MUTATION_SECONDARY_X2,
	MUTATION_SECONDARY_X3,
	MUTATION_SECONDARY_EL,
	MUTATION_SECONDARY_CNTFRQ,
	MUTATION_SECONDARY_ONCE,
	MUTATION_SECONDARY_AGAIN,
	MUTATION_SECONDARY_TIMER,

	/* PSCI: el3/psci.c */
	MUTATION_PSCI_VERSION = 80,
	MUTATION_PSCI_VERSION_OLD,
	MUTATION_FEATURES_MORE,
	MUTATION_FEATURES_LESS,
	MUTATION_FEATURES_ALL,
	MUTATION_CPU_ON_TWICE,
	MUTATION_CPU_ON_NOBODY,
	MUTATION_CPU_ON_ADDRESS,
	MUTATION_CPU_ON_LOST,
	MUTATION_CPU_OFF_RETURNS,
	MUTATION_AFFINITY_OFF,
	MUTATION_AFFINITY_ON,
	MUTATION_AFFINITY_NOBODY,
	MUTATION_MIGRATE_TYPE,
	MUTATION_MIGRATE_BOUND,
	MUTATION_SUSPEND_ERROR,
	MUTATION_SUSPEND_RESERVED,
	MUTATION_SUSPEND_X5,
	MUTATION_SCR_FIQ,

	/* Any call: el3/smc.c */
	/* An OEM call, of which there is none; and AFFINITY_INFO */
	MUTATION_SMC_UNKNOWN_0 = 110,
	MUTATION_SMC_UNKNOWN_32,
	MUTATION_SMC_UNKNOWN_X1,
	MUTATION_SMC_HALVES,
	MUTATION_SMC_X4,
	MUTATION_SMC_X18,
	MUTATION_SMC_FP,
	MUTATION_SMC_NZCV,
	MUTATION_SMC_STREAMING,
	MUTATION_SMC_ZA,

	/* The Arm Architecture service and TRNG: el3/arch_call.c, el3/trng.c */
	MUTATION_SMCCC_VERSION = 130,
	MUTATION_ARCH_ITSELF,
	MUTATION_ARCH_UNKNOWN,
	MUTATION_ARCH_SOC_ID,
	MUTATION_WORKAROUND_1,
	MUTATION_WORKAROUND_2,
	MUTATION_WORKAROUND_3,
	MUTATION_WORKAROUND_4,
	MUTATION_AVAILABILITY,
	MUTATION_AVAILABILITY_ANY,
	MUTATION_TRNG_VERSION,
	MUTATION_TRNG_FEATURES,
	MUTATION_TRNG_UUID,
	MUTATION_TRNG_CONSTANT,
	MUTATION_TRNG_BEYOND,
	MUTATION_TRNG_LIMIT,
	MUTATION_TRNG_WIDTH,

	/* The interrupt controller: el3/gicv2.c, el3/gicv3.c */
	MUTATION_GIC_PPI = 150,
	MUTATION_GIC_SGI,
	MUTATION_GIC_SPI,
	MUTATION_GIC_LAST_SPI,
	MUTATION_GIC_ACTIVE,
	MUTATION_GIC_PMR,
	MUTATION_GIC_ASLEEP,

	/* The spin table: boot/fixup_mutation.c, fixup_spin.c, spin_table.S */
	MUTATION_SPIN_HALF = 170,
	MUTATION_SPIN_MISALIGNED,
	MUTATION_SPIN_NOT_ZERO,
	MUTATION_SPIN_FREE,
	MUTATION_SPIN_NODE,
	MUTATION_SPIN_DEAF,
	MUTATION_SPIN_SWAPPED,
	MUTATION_SPIN_X0,
	MUTATION_SPIN_EARLY,

	/* Calls that nobody serves and that answer all the same: el3/smc.c */
	MUTATION_SOC_NAME = 190,
	MUTATION_PV_TIME,
	MUTATION_RSI,
	MUTATION_MIGRATE,
	MUTATION_FREEZE,
	MUTATION_NODE_STATE,
	MUTATION_NO_OFF,
	MUTATION_NO_RESET,

	/* Memory that firmware uses behind the kernel's back: el3/smc.c */
	MUTATION_STACK_USED = 200,
	MUTATION_BSS_USED,
	MUTATION_MONITOR_FREE,

	/* arch/arm64/el2.c, boot/mutate.c */
	MUTATION_VPIDR = 210,
	MUTATION_VMPIDR,
	MUTATION_PCI_MASTER,

	/* What must not come out of the monitor: el3/psci.c, el3/smc.c */
	MUTATION_CPU_ON_MONITOR = 220,
	MUTATION_CPU_ON_HUGE,
	MUTATION_SUSPEND_ENTRY,
	MUTATION_OWNER_0,
	MUTATION_OWNER_X2,
	MUTATION_OWNER_X17,
	MUTATION_LEAK_X3,
	MUTATION_WORN,

	/* + index of a row of el3_duties or el2_duties, see asm/duty.h */
	MUTATION_EL3 = 1000,
	MUTATION_EL2 = 2000,
};

_Static_assert(SPIN_DEAF == MUTATION_SPIN_DEAF &&
	       SPIN_SWAPPED == MUTATION_SPIN_SWAPPED &&
	       SPIN_X0 == MUTATION_SPIN_X0 &&
	       SPIN_EARLY == MUTATION_SPIN_EARLY, "for spin_table.S");

/* Written by nobody but the build and that tool, hence const. */
extern const uint32_t mutation;

/* The number to mutate, read afresh; 0 in every normal build. */
static inline uint32_t mutation_get(void)
{
	return IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD) ?
	       *(const volatile uint32_t *)&mutation : MUTATION_NONE;
}

/* Is fault @number wanted? Constant false in a normal build. */
static inline bool mutation_is(uint32_t number)
{
	return IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD) && mutation_get() == number;
}

/* The flags of @spsr, or all but the one that fault MUTATION_PSTATE_* wants. */
static inline uint64_t mutation_pstate(uint64_t spsr)
{
	const uint32_t bit = mutation_get() - MUTATION_PSTATE_F;

	return bit < 4 ? spsr & ~((uint64_t)1 << (6 + bit)) : spsr;
}

#endif
#endif
