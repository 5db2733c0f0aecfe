/* SPDX-License-Identifier: BSD-2-Clause */
/* Versal for the monitor: the second CPU out of reset, the machine's end. */

#include "board_monitor.h"
#include "io.h"
#include "semihosting.h"

#define CPUS			2

/* AM012, modules FPD_APU and CRF */
#define APU_RVBARADDRL(cpu)	(0xfd5c0040ul + 8 * (cpu))
#define APU_RVBARADDRH(cpu)	(0xfd5c0044ul + 8 * (cpu))
#define CRF_RST_APU		0xfd1a0300ul
#define RESETS(cpu)		(1u << (cpu) | 1u << 8 | 1u << (10 + (cpu)))

/* One cluster: Aff0 counts, Aff1 to Aff3 are 0. */
bool board_cpu_possible(uint64_t mpidr)
{
	return mpidr < CPUS;
}

/* In QEMU, which has none of these registers, both CPUs have left reset. */
int board_cpu_on(uint64_t mpidr, uint64_t entry)
{
	const uint32_t now = io_read32(CRF_RST_APU);

	if (!(now & RESETS(mpidr)))
		return 0;
	io_write32(APU_RVBARADDRL(mpidr), (uint32_t)entry);
	io_write32(APU_RVBARADDRH(mpidr), (uint32_t)(entry >> 32));
	io_write32(CRF_RST_APU, now & ~RESETS(mpidr));
	return 0;
}

/* Rails and resets are the platform loader's; under QEMU the run ends. */
void board_system_off(void)
{
	semihosting_exit(0);
}

void board_system_reset(void)
{
	semihosting_exit(0);
}
