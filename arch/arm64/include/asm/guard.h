/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The compiler's own guards: stack canary, pointer authentication, branch
 * targets. Inline, because a function that is itself protected would be
 * checked on return against a state that it has not begun with.
 */
#ifndef ASM_GUARD_H
#define ASM_GUARD_H

#include "arch.h"
#include "asm/sysreg.h"

extern uintptr_t __stack_chk_guard;
noreturn void __stack_chk_fail(void);
noreturn void __chk_fail(void);

#define guard_inline	static inline __attribute__((always_inline))

/* As Linux: who has failed so often has nothing to give. */
#define GUARD_TRIES		16

/* RNDR, which may run dry for a moment and then sets NZCV.Z. */
guard_inline bool guard_random(uint64_t *value)
{
	unsigned int tries;
	uint64_t number, failed;

	if (!((sysreg_read(ID_AA64ISAR0_EL1) >> 60) & 0xf))
		return false;
	for (tries = 0; tries < GUARD_TRIES; tries++) {
		__asm__ volatile("mrs %0, " SYSREG_STRING(SYS_RNDR) "\n"
				 "cset %1, eq"
				 : "=r"(number), "=r"(failed) : : "cc");
		if (!failed) {
			*value = number;
			return true;
		}
	}
	return false;
}

/* Random, else only another one at each boot. *@random: is it? */
guard_inline uint64_t guard_number(bool *random)
{
	uint64_t value = 0;

	*random = guard_random(&value);
	return value ^ sysreg_read(CNTPCT_EL0) * UL(0x9e3779b97f4a7c15);
}

/* A NUL byte stops a string that overruns. */
guard_inline uint64_t guard_canary(uint64_t number)
{
	return number & ~UL(0xff);
}

/*
 * What the compiler signs return addresses with, any of the three algorithms:
 * ID_AA64ISAR1_EL1.{APA, API}, ID_AA64ISAR2_EL1.APA3.
 */
guard_inline bool guard_has_pac(void)
{
	return ((sysreg_read(ID_AA64ISAR1_EL1) >> 4) & 0xff) ||
	       ((sysreg_read(SYS_ID_AA64ISAR2_EL1) >> 12) & 0xf);
}

/* Key A for instructions: -mbranch-protection uses no other. */
guard_inline uint64_t guard_pac(void)
{
	bool random;

	if (!guard_has_pac())
		return 0;
	sysreg_write(SYS_APIAKeyLo_EL1, guard_number(&random));
	sysreg_write(SYS_APIAKeyHi_EL1, guard_number(&random));
	return SCTLR_EnIA;
}

/* Set by guard_enable(): the canary came from a true source. */
extern bool guard_is_random;

guard_inline void guard_enable(void)
{
	uint64_t protect;

	if (IS_ENABLED(CONFIG_STACK_PROTECTOR))
		__stack_chk_guard =
			guard_canary(guard_number(&guard_is_random));
	if (!IS_ENABLED(CONFIG_BRANCH_PROTECTION))
		return;
	protect = guard_pac();
	if (sysreg_read(ID_AA64PFR1_EL1) & 0xf)		/* BT */
		protect |= SCTLR_BT;
	if (current_el() == 2)
		sysreg_write(SCTLR_EL2, sysreg_read(SCTLR_EL2) | protect);
	else
		sysreg_write(SCTLR_EL1, sysreg_read(SCTLR_EL1) | protect);
	isb();
}

#endif
