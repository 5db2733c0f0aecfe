/* SPDX-License-Identifier: BSD-2-Clause */
/* CONFIG_NARRATE: the loader's start, its memory map, the hand-off. */

#include "arch.h"
#include "asm/image.h"
#include "asm/narrate.h"
#include "asm/sysreg.h"
#include "narrate.h"
#include "uart.h"

#define TCR_T0SZ(tcr)		((tcr) & 0x3f)
#define TCR_TG0(tcr)		(((tcr) >> 14) & 3)
#define SPSR_EL(spsr)		(((spsr) >> 2) & 3)

struct mmu_regs {
	uint64_t ttbr0;
	uint64_t tcr;
	uint64_t mair;
	uint64_t sctlr;
};

static struct mmu_regs mmu_read(unsigned int el)
{
	if (el == 2)
		return (struct mmu_regs){ sysreg_read(TTBR0_EL2),
					  sysreg_read(TCR_EL2),
					  sysreg_read(MAIR_EL2),
					  sysreg_read(SCTLR_EL2) };
	return (struct mmu_regs){ sysreg_read(TTBR0_EL1),
				  sysreg_read(TCR_EL1), sysreg_read(MAIR_EL1),
				  sysreg_read(SCTLR_EL1) };
}

void narrate_entry(unsigned int el, bool from_monitor)
{
	const struct mmu_regs now = mmu_read(el);

	if (from_monitor)
		narrate("start: the loader runs at EL%u, never at EL3: all that comes from outside is read here, where it can do less harm.",
			el);
	else
		narrate("reset: CPU 0x%lx entered the image at EL%u; EL3, if there is one, and its PSCI belong to somebody else.",
			arch_mpidr(), el);
	narrate("start: the image lies at 0x%lx and runs from 0x%lx; x0 was 0x%lx at reset: %s.",
		arch_image_base(), arch_loader_region().base, arch_boot_arg(0),
		arch_boot_arg(0) ? "perhaps where a device tree is" :
				   "it tells of no device tree");
	narrate("start: SCTLR_EL%u = 0x%lx: %s%s, so all memory is Device memory, where an access must be aligned.",
		el, now.sctlr, now.sctlr & SCTLR_M ? "MMU on" : "MMU off (M = 0)",
		narrate_if(now.sctlr, SCTLR_A, ", alignment is checked (A = 1)"));
}

/* A page that text and constants share is mapped as text. */
static void narrate_map(void)
{
	const uint64_t constants = ALIGN_UP((uint64_t)__loader_rodata_start,
					    SZ_4K);

	narrate("mmu: 0x%lx..0x%lx is our text: it can be executed, but not written.",
		(uint64_t)__loader_start, constants);
	narrate("mmu: 0x%lx..0x%lx are constants: neither.",
		constants, (uint64_t)__loader_rodata_end);
	narrate("mmu: 0x%lx..0x%lx are data and stacks: they can be written, but not executed.",
		(uint64_t)__loader_data_start, (uint64_t)__loader_end);
	narrate("mmu: the pages at 0x%lx and 0x%lx, below the stacks, are not mapped: an overflow faults at once.",
		(uint64_t)__loader_guard0_start,
		(uint64_t)__loader_guard1_start);
	narrate("mmu: 0x%lx is the UART: Device memory, so no write is merged or delayed.",
		(uint64_t)CONFIG_UART_BASE);
}

void narrate_mmu(void)
{
	const unsigned int el = current_el();
	const struct mmu_regs now = mmu_read(el);

	narrate("mmu: TTBR0_EL%u = 0x%lx, TCR_EL%u = 0x%lx: tables for %lu bits of address (64 - T0SZ) in %s; every address means itself.",
		el, now.ttbr0, el, now.tcr, 64 - TCR_T0SZ(now.tcr),
		TCR_TG0(now.tcr) ? "large pages" : "pages of 4 KiB (TG0 = 0)");
	narrate("mmu: MAIR_EL%u = 0x%lx: attribute 0 (0x%lx) is Device memory, attribute 1 (0x%lx) is RAM with caches.",
		el, now.mair, now.mair & 0xff, now.mair >> 8 & 0xff);
	narrate_map();
	narrate("mmu: SCTLR_EL%u = 0x%lx:%s%s%s.", el, now.sctlr,
		narrate_if(now.sctlr, SCTLR_M, " the MMU is on (M),"),
		narrate_if(now.sctlr, SCTLR_C, " so are the data cache (C)"),
		narrate_if(now.sctlr, SCTLR_I, " and the instruction cache (I)"));
}

void narrate_handoff(uint64_t entry, uint64_t dtb, uint64_t sctlr,
		     uint64_t spsr)
{
	const unsigned int el = current_el();

	if (el == 2)
		narrate_el2();
	narrate("handoff: SCTLR_EL%u becomes 0x%lx: MMU and data cache go off, %s (BP-CACHE-01).",
		el, sctlr, sctlr & (SCTLR_M | SCTLR_C) ? "or should" :
		"M = 0 and C = 0");
	narrate("handoff: x0 = 0x%lx is the device tree (BP-GPR-01); x1, x2 and x3 are 0 (BP-GPR-02, -03, -04).",
		dtb);
	narrate("handoff: ERET with ELR_EL%u = 0x%lx, SPSR_EL%u = 0x%lx: the kernel starts with its first byte (BP-IMG-05) at EL%lu (BP-CPU-06)%s.",
		el, entry, el, spsr, SPSR_EL(spsr),
		(spsr & SPSR_DAIF) == SPSR_DAIF ?
		", D, A, I and F masked (BP-CPU-01 to -04)" : "");
	uart_flush();
}
