/* SPDX-License-Identifier: BSD-2-Clause */
/* CONFIG_NARRATE: EL2's registers; for the monitor and for the loader. */

#include "asm/narrate.h"
#include "asm/sysreg.h"
#include "narrate.h"

/* TWI and TWE to TVM, TDZ, TRVM: all that would trap EL1's own work. */
#define HCR_TRAPS		(FIELD(0x3fff, 13) | BIT(28) | BIT(30))
#define CNTHCTL_EL1_ALL		(CNTHCTL_EL1PCTEN | CNTHCTL_EL1PCEN)

void narrate_el2(void)
{
	const uint64_t hcr = sysreg_read(HCR_EL2);
	const uint64_t cptr = sysreg_read(CPTR_EL2);
	const uint64_t cnthctl = sysreg_read(CNTHCTL_EL2);

	narrate("el2: HCR_EL2 = 0x%lx:%s%s%s.", hcr,
		narrate_if(hcr, HCR_RW, " EL1 is AArch64 (RW, BX-02),"),
		hcr & HCR_TRAPS ? " some of its instructions trap," :
				  " none of its instructions traps,",
		hcr & HCR_VM ? " its addresses are translated again (VM)" :
			       " and its addresses are real ones (VM = 0)");
	narrate("el2: CPTR_EL2 = 0x%lx:%s%s.", cptr, cptr & CPTR_EL2_TFP ?
		" FP and SIMD trap" :
		" FP and SIMD do not trap (TFP = 0, BP-FP-02)",
		narrate_if(~cptr, CPTR_EL2_TZ, ", nor does SVE (TZ = 0, BP-SVE-03)"));
	narrate("el2: CNTHCTL_EL2 = 0x%lx: %s; CNTVOFF_EL2 = 0x%lx is what virtual time is behind, the same on every CPU (BP-TMR-02).",
		cnthctl, (cnthctl & CNTHCTL_EL1_ALL) == CNTHCTL_EL1_ALL ?
		"EL1 may use the physical counter and timer (EL1PCTEN, BP-TMR-03; EL1PCEN, BX-16)" :
		"EL1's accesses to the physical counter or timer trap",
		sysreg_read(CNTVOFF_EL2));
	narrate("el2: VPIDR_EL2 = 0x%lx, VMPIDR_EL2 = 0x%lx: what EL1 reads as MIDR_EL1 and MPIDR_EL1 (BX-15).",
		sysreg_read(VPIDR_EL2), sysreg_read(VMPIDR_EL2));
}
