/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the state of a CPU at its first instruction (booting.rst 4). */
#include "check.h"
#include "machine.h"
#include "smp.h"

CHECK(10, bp_gpr_01, ON_BOOT, "BP-GPR-01", "x0 points to a device tree")
{
	return want(machine.fdt.base, "a device tree", cpu->entry.x[0]);
}

static struct verdict zero_register(struct cpu *cpu, const void *arg)
{
	return want_equal(0, cpu->entry.x[(uint64_t)(arg - here(0))]);
}

#define ZERO_ROW(name, in, id, text, index) \
	CHECK_ROW(10, name, in, id, text, zero_register, index)

ZERO_ROW(bp_gpr_02, ON_BOOT, "BP-GPR-02", "x1 is 0", 1);
ZERO_ROW(bp_gpr_03, ON_BOOT, "BP-GPR-03", "x2 is 0", 2);
ZERO_ROW(bp_gpr_04, ON_BOOT, "BP-GPR-04", "x3 is 0", 3);
ZERO_ROW(bp_sec_01, ON_SECONDARY, "BP-SEC-01", "x0 is the context id 0", 0);
ZERO_ROW(bp_sec_02, ON_SECONDARY, "BP-SEC-02", "x1 is 0", 1);
ZERO_ROW(bp_sec_03, ON_SECONDARY, "BP-SEC-03", "x2 is 0", 2);
ZERO_ROW(bp_sec_04, ON_SECONDARY, "BP-SEC-04", "x3 is 0", 3);

static struct verdict masked(struct cpu *cpu, const void *arg)
{
	uint64_t bit = (uint64_t)(arg - here(0));

	return want(cpu->entry.daif & bit, "masked in DAIF",
		    cpu->entry.daif);
}

#define MASK_ROW(name, id, text, bit) \
	CHECK_ROW(11, name, ON_CPU, id, text, masked, bit)

MASK_ROW(bp_cpu_01, "BP-CPU-01", "debug exceptions are masked", DAIF_D);
MASK_ROW(bp_cpu_02, "BP-CPU-02", "SError is masked", DAIF_A);
MASK_ROW(bp_cpu_03, "BP-CPU-03", "IRQ is masked", DAIF_I);
MASK_ROW(bp_cpu_04, "BP-CPU-04", "FIQ is masked", DAIF_F);

CHECK(11, bp_cpu_06, ON_CPU, "BP-CPU-06", "entered at EL2 or EL1")
{
	uint64_t el = cpu->entry.currentel >> 2;

	return want(el == 1 || el == 2, "EL1 or EL2", el);
}

CHECK(11, bp_cpu_07, ON_SECONDARY, "BP-CPU-07", "same EL as the boot CPU")
{
	return want_equal(boot_cpu()->entry.currentel >> 2,
			  cpu->entry.currentel >> 2);
}

CHECK(12, bp_cache_01, ON_CPU, "BP-CACHE-01", "MMU and data cache are off")
{
	return want(!(cpu->entry.sctlr & (SCTLR_M | SCTLR_C)),
		    "SCTLR.M = 0 and SCTLR.C = 0", cpu->entry.sctlr);
}

CHECK(12, bx_24, ON_CPU, "BX-24", "data accesses are little-endian")
{
	return want(!(cpu->entry.sctlr & SCTLR_EE), "SCTLR.EE = 0",
		    cpu->entry.sctlr);
}
