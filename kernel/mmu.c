/* SPDX-License-Identifier: BSD-2-Clause */
/* Page tables for the image alone; Arm ARM D8, 4 KiB granule, 48 bits. */
#include "cpu.h"
#include "machine.h"
#include "mmu.h"

#define PAGE		0x1000ul
#define ENTRIES		512

/* Root, then two of each lower level if the image lies across a border, and
 * as many for the UART. */
#define MAX_TABLES	10

#define TABLE		3ul
#define LEAF		3ul
#define ATTR_NORMAL	(0ul << 2)
#define ATTR_DEVICE	(1ul << 2)
#define AP1		(1ul << 6)	/* RES1 at EL2, "EL0 too" at EL1 */
#define INNER_SHAREABLE	(3ul << 8)
#define ACCESSED	(1ul << 10)
#define NO_EXECUTE	(3ul << 53)
#define ADDRESS		0xfffffffff000ul

#define MAIR		0x00fful	/* 0: write-back, 1: Device-nGnRnE */
#define T0SZ_48		16ul
#define WALK_CACHED	(1ul << 8 | 1ul << 10 | 3ul << 12)
#define EPD1		(1ul << 23)
#define TCR_EL2_RES1	(1ul << 31 | 1ul << 23)
#define IPS_SHIFT	32
#define PS_SHIFT	16
#define PA_48		5u

static uint64_t tables[MAX_TABLES][ENTRIES] __attribute__((aligned(4096)));
static unsigned int tables_used;

static struct mmu_setup {
	uint64_t mair, tcr, ttbr;
	uint64_t start, end;
} setup;

uint64_t mmu_call(uint64_t (*fn)(uint64_t arg), uint64_t arg,
		  const struct mmu_setup *with);

const char *no_mmu(void)
{
	if (id_field(ID_MMFR0, 28) == 15)
		return "the CPU has no pages of 4 KiB";
	return machine.image.base >> 48 ? "the image lies above 2^48" : NULL;
}

static bool like_el1(void)
{
	return current_el() == 1 || read_sysreg(hcr_el2) & HCR_E2H;
}

static uint64_t *next_table(uint64_t *entry)
{
	if (!*entry && tables_used < MAX_TABLES)
		*entry = (uint64_t)tables[tables_used++] | TABLE;
	return *entry ? (uint64_t *)(*entry & ADDRESS) : NULL;
}

static void map_page(uint64_t address, uint64_t attributes)
{
	uint64_t *table = tables[0];

	for (unsigned int shift = 39; shift > 12 && table; shift -= 9)
		table = next_table(&table[address >> shift & (ENTRIES - 1)]);
	if (table)
		table[address >> 12 & (ENTRIES - 1)] =
			(address & ADDRESS) | attributes | ACCESSED | LEAF |
			(like_el1() ? 0 : AP1);
}

static uint64_t tcr(void)
{
	uint64_t size = id_field(ID_MMFR0, 0);

	size = size < PA_48 ? size : PA_48;
	if (like_el1())
		return T0SZ_48 | WALK_CACHED | EPD1 | size << IPS_SHIFT;
	return T0SZ_48 | WALK_CACHED | TCR_EL2_RES1 | size << PS_SHIFT;
}

void mmu_prepare(void)
{
	uint64_t end = machine.image.base + machine.image.size, base, size;

	if (tables_used)
		return;
	tables_used = 1;
	for (uint64_t a = machine.image.base; a < end; a += PAGE)
		map_page(a, ATTR_NORMAL | INNER_SHAREABLE);
	if (machine.uart_node != FDT_NONE &&
	    fdt_reg(&machine.fdt, machine.uart_node, 0, &base, &size))
		map_page(base, ATTR_DEVICE | NO_EXECUTE);
	setup.mair = MAIR;
	setup.tcr = tcr();
	setup.ttbr = (uint64_t)tables[0];
	setup.start = machine.image.base;
	setup.end = end;
	dsb();
}

uint64_t with_mmu(uint64_t (*fn)(uint64_t arg), uint64_t arg)
{
	return mmu_call(fn, arg, &setup);
}
