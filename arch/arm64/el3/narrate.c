/* SPDX-License-Identifier: BSD-2-Clause */
/* CONFIG_NARRATE: what EL3 has set up, once, on the primary CPU. */

#include "gic.h"
#include "monitor.h"
#include "asm/narrate.h"
#include "asm/sysreg.h"
#include "narrate.h"
#include "uart.h"

#define SPSR_EL(spsr)		(((spsr) >> 2) & 3)

static void narrate_features(void)
{
	const uint64_t scr = sysreg_read(SCR_EL3);
	const uint64_t cptr = sysreg_read(CPTR_EL3);
	const uint64_t mdcr = sysreg_read(MDCR_EL3);

	narrate("el3: SCR_EL3 = 0x%lx:%s%s%s.", scr,
		narrate_if(scr, SCR_NS, " the levels below are Non-secure (NS, BP-CPU-05)"),
		narrate_if(scr, SCR_RW, ", AArch64 (RW, BX-01)"),
		narrate_if(scr, SCR_HCE, " and may use HVC (HCE, BP-SCR-03)"));
	narrate("el3: CPTR_EL3 = 0x%lx: FP and SIMD %s%s%s.", cptr,
		cptr & CPTR_EL3_TFP ? "trap" : "do not trap (TFP = 0, BP-FP-01)",
		narrate_if(cptr, CPTR_EL3_EZ, ", SVE may be used (EZ, BP-SVE-01)"),
		narrate_if(cptr, CPTR_EL3_ESM, ", SME too (ESM, BP-SME-01)"));
	narrate("el3: MDCR_EL3 = 0x%lx: debug registers %s, performance counters %s.",
		mdcr, mdcr & MDCR_EL3_TDA ? "trap" : "do not trap (TDA = 0, BP-DBG-01)",
		mdcr & MDCR_EL3_TPM ? "trap" : "do not trap (TPM = 0, BP-PMU-01)");
	narrate("el3: CNTFRQ_EL0 = %lu: ticks of the counter in a second, the same on every CPU (BP-TMR-01).",
		sysreg_read(CNTFRQ_EL0));
}

#ifdef CONFIG_GICD_BASE
static void narrate_gic(void)
{
	narrate("gic: GICD_IGROUPR1 = 0x%x: interrupts 32 to 63, and all others, are Group 1 and so the kernel's (%s); the monitor keeps SGI %u, to wake a CPU.",
		io_read32(CONFIG_GICD_BASE + GICD_IGROUPR(1)),
		IS_ENABLED(CONFIG_GICV3) ? "BX-21" : "BX-22", GIC_WAKE_SGI);
	if (IS_ENABLED(CONFIG_GICV3))
		narrate("gic: ICC_SRE_EL3 = 0x%lx: the GIC's system registers are on (SRE, BP-GIC3-02), also for the levels below (Enable, BP-GIC3-01).",
			sysreg_read(SYS_ICC_SRE_EL3));
}
#else
static void narrate_gic(void)
{
	narrate("gic: this image knows of none; a CPU is woken by SEV.");
}
#endif

/* Other CPUs come in their own time: the number is that of now. */
static void narrate_cpus(void)
{
	unsigned int i, others = 0;

	for (i = 0; i < CONFIG_NR_CPUS; i++)
		others += &cpus[i] != cpu_self() &&
			  (cpus[i].hold == HOLD_HERE ||
			   cpus[i].hold == HOLD_GO || cpus[i].hold == HOLD_IN);
	if (IS_ENABLED(CONFIG_CPUS_HELD_IN_RESET))
		narrate("psci: the other CPUs are held in reset until the kernel asks for them by CPU_ON.");
	else
		narrate("psci: %u other CPU(s) have said so far that they wait; each does until the kernel asks for it by CPU_ON.",
			others);
}

void narrate_monitor(uint64_t image)
{
	const uint64_t spsr = sysreg_read(SPSR_EL3);

	narrate("reset: CPU 0x%lx came out of reset at EL%u; the image lies at 0x%lx.",
		(uint64_t)(sysreg_read(MPIDR_EL1) & MPIDR_AFFINITY),
		current_el(), image);
	narrate("reset: the monitor was copied to 0x%lx, memory of its own; there it stays, with its MMU off (SCTLR_EL3 = 0x%lx).",
		(uint64_t)CONFIG_MONITOR_ADDR, sysreg_read(SCTLR_EL3));
	narrate_features();
	narrate_gic();
	narrate_cpus();
	if (IS_ENABLED(CONFIG_EL2_PRESENT))
		narrate_el2();
	narrate("el3: ERET with ELR_EL3 = 0x%lx, SPSR_EL3 = 0x%lx: down to the loader at EL%lu; an SMC comes back up.",
		sysreg_read(ELR_EL3), spsr, SPSR_EL(spsr));
	uart_flush();
}
