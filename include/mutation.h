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

#ifndef __ASSEMBLER__
#include "kconfig.h"
#include "types.h"

/* Faults outside the duty tables come first; 0 is none. */
enum mutation_number {
	MUTATION_NONE,

	/* + index of a row of el3_duties or el2_duties, see asm/duty.h */
	MUTATION_EL3 = 1000,
	MUTATION_EL2 = 2000,
};

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

#endif
#endif
