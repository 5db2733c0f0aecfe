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

/* A number that differs between boots: RNDR, else the counter, mixed. */
static inline __attribute__((always_inline)) uint64_t guard_value(void)
{
	uint64_t value = sysreg_read(CNTPCT_EL0) * UL(0x9e3779b97f4a7c15);

	if ((sysreg_read(ID_AA64ISAR0_EL1) >> 60) & 0xf)
		value ^= sysreg_read(SYS_RNDR);
	return value & ~UL(0xff);	/* a NUL byte stops a string overrun */
}

static inline __attribute__((always_inline)) void guard_enable(void)
{
	uint64_t protect = 0;

	if (IS_ENABLED(CONFIG_STACK_PROTECTOR))
		__stack_chk_guard = guard_value();
	if (!IS_ENABLED(CONFIG_BRANCH_PROTECTION))
		return;
	/* ID_AA64ISAR1_EL1.{APA, API}; ID_AA64PFR1_EL1.BT. */
	if ((sysreg_read(ID_AA64ISAR1_EL1) >> 4) & 0xff) {
		sysreg_write(SYS_APIAKeyLo_EL1, guard_value());
		sysreg_write(SYS_APIAKeyHi_EL1, guard_value());
		protect |= SCTLR_EnIA;
	}
	if (sysreg_read(ID_AA64PFR1_EL1) & 0xf)
		protect |= SCTLR_BT;
	if (current_el() == 2)
		sysreg_write(SCTLR_EL2, sysreg_read(SCTLR_EL2) | protect);
	else
		sysreg_write(SCTLR_EL1, sysreg_read(SCTLR_EL1) | protect);
	isb();
}

#endif
