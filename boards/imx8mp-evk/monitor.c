/* SPDX-License-Identifier: BSD-2-Clause */
/* i.MX 8M Plus for the monitor: CPUs out of reset, the machine's end. */

#include "board_monitor.h"
#include "err.h"
#include "io.h"

#define CPUS			4
#define PATIENCE		1000000

/* Reference manual, chapters SRC, GPC, WDOG, SNVS */
#define SRC_SCR			0x30390000ul
#define SRC_A53RCR1		0x30390008ul
#define A53_CORE_ENABLE(cpu)	(1u << (cpu))
/* SRC_GPR1 and on: a pair a CPU, its entry's bits [39:24] and [23:2]. */
#define SRC_ENTRY(cpu)		(0x30390074ul + 8 * (cpu))
#define GPC_CPU_PGC_SW_PUP_REQ	0x303a00d0ul
#define CORE_SW_PUP_REQ(cpu)	(1u << (cpu))
#define GPC_PGC_A53CORE_CTRL(cpu) (0x303a0800ul + 0x40 * (cpu))
#define PGC_PCR			(1u << 0)
#define WDOG1_WCR		0x30280000ul
#define WCR_WDE			(1u << 2)
#define SNVS_LPCR		0x30370038ul
#define LPCR_DP_EN		(1u << 5)
#define LPCR_TOP		(1u << 6)

/*
 * One cluster: Aff0 counts. QEMU has no reset controller (its SRC_SCR, never
 * 0 on the chip, reads as 0), and so no CPU but the first.
 */
bool board_cpu_possible(uint64_t mpidr)
{
	return mpidr == 0 || (mpidr < CPUS && io_read32(SRC_SCR));
}

static void set_bits(uintptr_t reg, uint32_t bits, bool on)
{
	const uint32_t now = io_read32(reg);

	io_write32(reg, on ? now | bits : now & ~bits);
}

/* The core's power domain: it may be gated while its reset is held. */
static int power_up(uint64_t cpu)
{
	int patience = PATIENCE;

	set_bits(GPC_PGC_A53CORE_CTRL(cpu), PGC_PCR, true);
	set_bits(GPC_CPU_PGC_SW_PUP_REQ, CORE_SW_PUP_REQ(cpu), true);
	while (io_read32(GPC_CPU_PGC_SW_PUP_REQ) & CORE_SW_PUP_REQ(cpu))
		if (!patience--)
			return -ETIMEDOUT;
	set_bits(GPC_PGC_A53CORE_CTRL(cpu), PGC_PCR, false);
	return 0;
}

/* One CPU at a time calls, so the shared registers are safe. */
int board_cpu_on(uint64_t mpidr, uint64_t entry)
{
	int err;

	if (io_read32(SRC_A53RCR1) & A53_CORE_ENABLE(mpidr))
		return 0;
	io_write32(SRC_ENTRY(mpidr), (uint32_t)(entry >> 24) & 0xffff);
	io_write32(SRC_ENTRY(mpidr) + 4, (uint32_t)(entry >> 2) & 0x3fffff);
	err = power_up(mpidr);
	if (!err)
		set_bits(SRC_A53RCR1, A53_CORE_ENABLE(mpidr), true);
	return err;
}

/* Dumb power mode: the PMIC is asked for power no longer. */
void board_system_off(void)
{
	set_bits(SNVS_LPCR, LPCR_DP_EN | LPCR_TOP, true);
	while (true)
		__asm__ volatile("wfi");
}

/*
 * A register of 16 bits. SRS = 0 resets the chip at once, WDA = 0 has the PMIC
 * take the power away and give it back (WDOG_B).
 */
void board_system_reset(void)
{
	io_write16(WDOG1_WCR, WCR_WDE);
	while (true)
		__asm__ volatile("wfi");
}
