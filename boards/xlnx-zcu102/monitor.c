/* SPDX-License-Identifier: BSD-2-Clause */
/* Zynq UltraScale+ for the monitor: CPUs out of reset, the machine's end. */

#include "board_monitor.h"
#include "io.h"
#include "semihosting.h"

#define CPUS			4

/* UG1087, modules APU, CRF_APB and CRL_APB */
#define APU_RVBARADDRL(cpu)	(0xfd5c0040ul + 8 * (cpu))
#define APU_RVBARADDRH(cpu)	(0xfd5c0044ul + 8 * (cpu))
#define CRF_APB_RST_FPD_APU	0xfd1a0104ul
#define ACPU_RESET(cpu)		(1u << (cpu))
#define APU_L2_RESET		(1u << 8)
#define ACPU_PWRON_RESET(cpu)	(1u << (10 + (cpu)))
#define CRL_APB_RESET_CTRL	0xff5e0218ul
#define SOFT_RESET		(1u << 4)

/* One cluster: Aff0 counts, Aff1 to Aff3 are 0. */
bool board_cpu_possible(uint64_t mpidr)
{
	return mpidr < CPUS;
}

/* One CPU at a time calls, so the shared reset register is safe. */
int board_cpu_on(uint64_t mpidr, uint64_t entry)
{
	const uint32_t reset = ACPU_RESET(mpidr) | ACPU_PWRON_RESET(mpidr) |
			       APU_L2_RESET;
	const uint32_t now = io_read32(CRF_APB_RST_FPD_APU);

	if (!(now & reset))
		return 0;
	io_write32(APU_RVBARADDRL(mpidr), (uint32_t)entry);
	io_write32(APU_RVBARADDRH(mpidr), (uint32_t)(entry >> 32));
	io_write32(CRF_APB_RST_FPD_APU, now & ~reset);
	return 0;
}

/*
 * The rails are switched by the power management unit's firmware, which is
 * not ours. Under a debugger or QEMU the run ends instead.
 */
void board_system_off(void)
{
	semihosting_exit(0);
}

/* QEMU does not model the reset controller; there the run ends. */
void board_system_reset(void)
{
	io_write32(CRL_APB_RESET_CTRL,
		   io_read32(CRL_APB_RESET_CTRL) | SOFT_RESET);
	semihosting_exit(0);
}
