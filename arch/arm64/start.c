/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's first C: is this the machine it was built for? Then the MMU. */

#include "arch.h"
#include "asm/crash_test.h"
#include "asm/guard.h"
#include "asm/image.h"
#include "asm/mmu.h"
#include "asm/narrate.h"
#include "asm/quiet.h"
#include "asm/reset.h"
#include "asm/sysreg.h"
#include "mutation.h"
#include "print.h"
#include "uart.h"

#ifdef CONFIG_EL2_PRESENT
#define LOADER_EL	2
#else
#define LOADER_EL	1
#endif
#define ENTRY_EL	(IS_ENABLED(CONFIG_EL3_PRESENT) ? 3 : LOADER_EL)

static uint64_t boot_args[4];
static uint64_t image_base;

uint64_t arch_boot_arg(unsigned int index)
{
	return boot_args[index];
}

uint64_t arch_image_base(void)
{
	return image_base;
}

static const char *machine_remedy(void)
{
	if (IS_ENABLED(CONFIG_EL3_PRESENT))
		return IS_ENABLED(CONFIG_EL2_PRESENT) ?
		       "secure=on,virtualization=on" :
		       "secure=on,virtualization=off";
	return IS_ENABLED(CONFIG_EL2_PRESENT) ?
	       "secure=off,virtualization=on" : "secure=off,virtualization=off";
}

/* An image with a monitor must have come through it. */
static void entry_check(unsigned int el, bool from_monitor)
{
	static const char *const fragment[] = { "", "el1", "el2", "el3" };

	if (el == LOADER_EL && from_monitor == IS_ENABLED(CONFIG_EL3_PRESENT))
		return;
	print("start: machine: entered at EL%u; this image is built for entry at EL%u: start QEMU with -M %s, or build with %s.config\n",
	      el, ENTRY_EL, machine_remedy(), fragment[el]);
	arch_fail();
}

/*
 * With HCR_EL2.E2H = 1 the names of EL1's registers mean EL2's, and TCR_EL2
 * and CPTR_EL2 look otherwise. reset.S has cleared E2H; where it stays 1 (no
 * FEAT_E2H0; an older CPU may not say so in its ID register) the loader can
 * only run at EL1. The duty tables know what such an EL2 must hold.
 */
static void e2h_check(void)
{
	const uint64_t mmfr4 = sysreg_read(SYS_ID_AA64MMFR4_EL1);

	if (!(sysreg_read(HCR_EL2) & HCR_E2H) &&
	    ((mmfr4 >> ID_MMFR4_E2H0) & 0xf) < 8)
		return;
	print("start: machine: HCR_EL2.E2H of this CPU is fixed at 1 (no FEAT_E2H0), and the loader needs it 0 at EL2: %s\n",
	      IS_ENABLED(CONFIG_EL3_PRESENT) ? "build with el3-no-el2.config" :
	      "build with el1.config and enter at EL1");
	arch_fail();
}

/*
 * Vectors, and alignment checking until the MMU is on: memory is Device till
 * then, where real CPUs fault on what QEMU 7.2 lets pass.
 */
static void cpu_prepare(unsigned int el)
{
	const uint64_t vectors = (uint64_t)__loader_start;
	const uint64_t checks = SCTLR_A | SCTLR_SA | SCTLR_I;

	if (el == 3) {
		sysreg_write(VBAR_EL3, vectors);
	} else if (el == 2) {
		sysreg_write(VBAR_EL2, vectors);
		sysreg_write(SCTLR_EL2, SCTLR_EL2_RES1 | checks);
	} else {
		sysreg_write(VBAR_EL1, vectors);
		sysreg_write(SCTLR_EL1, SCTLR_EL1_RES1 | checks);
	}
	isb();
}

/* The libraries use FP registers (dependencies of memcpy, for one). */
static void fp_enable(unsigned int el)
{
	sysreg_write(CPACR_EL1, CPACR_FPEN | CPACR_SMEN);
	if (el == 2)
		sysreg_write(CPTR_EL2, CPTR_EL2_RES1);
	isb();
}

void loader_start(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3,
		  uint64_t image)
{
	const unsigned int el = current_el();

	cpu_prepare(el);
	boot_args[0] = x0;
	boot_args[1] = x1;
	boot_args[2] = x2;
	boot_args[3] = x3;
	image_base = image & ~(uint64_t)LOADER_FROM_MONITOR;
	uart_init();
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD))
		print("unsafe test build: mutation %u\n", mutation_get());
	if (IS_ENABLED(CONFIG_POISON))
		print("poison: all registers and the RAM held junk before reset: for tests only (CONFIG_POISON)\n");
	entry_check(el, image & LOADER_FROM_MONITOR);
	if (IS_ENABLED(CONFIG_NARRATE))
		narrate_entry(el, image & LOADER_FROM_MONITOR);
	if (el == 2)
		e2h_check();
	fp_enable(el);
	cpu_quiet();
	mmu_start();
	if (IS_ENABLED(CONFIG_NARRATE))
		narrate_mmu();
	guard_enable();
	if (CRASH_TEST_ANY)
		crash_test(CRASH_TEST_NAME);
	boot_main();
}
