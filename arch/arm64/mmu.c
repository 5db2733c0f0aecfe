/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Identity map with 4 KiB granule and 48-bit addresses (Arm ARM D8.2), so
 * that libraries may access memory as they like and caches work. Entries
 * only ever go from invalid to valid, which needs no TLB maintenance.
 */

#include "arch.h"
#include "asm/image.h"
#include "asm/mmu.h"
#include "asm/sysreg.h"
#include "err.h"

#define TABLE_POOL		24
#define ENTRIES			512
#define LEVEL_SHIFT(level)	(39 - 9 * (level))

#define PTE_VALID		BIT(0)
#define PTE_TABLE		BIT(1)		/* at levels 0 to 2 */
#define PTE_PAGE		BIT(1)		/* at level 3 */
#define PTE_ATTR(index)		FIELD(index, 2)
#define PTE_AP_EL1		BIT(6)		/* RES1 at EL2 */
#define PTE_RO			BIT(7)
#define PTE_INNER		FIELD(3, 8)
#define PTE_AF			BIT(10)
#define PTE_GP			BIT(50)
#define PTE_PXN			BIT(53)
#define PTE_XN			BIT(54)
#define PTE_ADDRESS		UL(0x0000fffffffff000)

#define MAIR_DEVICE_nGnRE	UL(0x04)
#define MAIR_NORMAL_WB		UL(0xff)
#define MAIR_VALUE		(MAIR_DEVICE_nGnRE | MAIR_NORMAL_WB << 8)

#define TCR_T0SZ_48		UL(16)
#define TCR_WB_INNER		(FIELD(1, 8) | FIELD(1, 10) | FIELD(3, 12))
#define TCR_EL1_EPD1		BIT(23)
#define TCR_EL1_IPS(ps)		FIELD(ps, 32)
#define TCR_EL2_RES1		(BIT(31) | BIT(23))
#define TCR_EL2_PS(ps)		FIELD(ps, 16)
#define PA_48_BIT		5

#define NORMAL	(PTE_ATTR(1) | PTE_INNER)
#define DEVICE	(PTE_ATTR(0))

static uint64_t root[ENTRIES] __attribute__((aligned(4096)));
static uint64_t pool[TABLE_POOL][ENTRIES] __attribute__((aligned(4096)));
static unsigned int pool_used;

/* ID_AA64MMFR0_EL1.PARange, capped at what 48 bits can say. */
static unsigned int pa_range(void)
{
	const unsigned int range = sysreg_read(ID_AA64MMFR0_EL1) & 0xf;

	return range > PA_48_BIT ? PA_48_BIT : range;
}

static uint64_t pa_limit(void)
{
	static const uint8_t bits[] = { 32, 36, 40, 42, 44, 48 };

	return BIT(bits[pa_range()]);
}

/* The table below @entry, made if there is none; NULL if the pool is used up. */
static uint64_t *table_below(uint64_t *entry)
{
	if (!(*entry & PTE_VALID)) {
		if (pool_used == TABLE_POOL)
			return NULL;
		*entry = (uint64_t)pool[pool_used++] | PTE_TABLE | PTE_VALID;
	}
	return (uint64_t *)(*entry & PTE_ADDRESS);
}

/* An entry that is there already stays: it is finer or the same. */
static int map_level(uint64_t *table, unsigned int level, uint64_t base,
		     uint64_t end, uint64_t attributes)
{
	const uint64_t step = BIT(LEVEL_SHIFT(level));

	while (base < end) {
		uint64_t *entry = &table[(base / step) % ENTRIES];
		uint64_t next = ALIGN_DOWN(base, step) + step;
		const bool table_entry = level < 3 && (*entry & PTE_TABLE);

		if (next > end)
			next = end;
		if (level > 0 && !*entry && next - base == step) {
			*entry = base | attributes | PTE_AF | PTE_VALID |
				 (level == 3 ? PTE_PAGE : 0);
		} else if (!*entry || table_entry) {
			uint64_t *below = table_below(entry);
			int err;

			if (!below)
				return -ENOMEM;
			err = map_level(below, level + 1, base, next,
					attributes);
			if (err)
				return err;
		}
		base = next;
	}
	return 0;
}

static int map(struct region r, uint64_t attributes)
{
	int err;

	r = region_grow(r, SZ_4K);
	if (region_end(r) > pa_limit())
		return -ERANGE;
	err = map_level(root, 0, r.base, region_end(r), attributes);
	dsb_sy();
	isb();
	return err;
}

/* Neither EL may execute what is not the loader's text. */
static uint64_t never_execute(void)
{
	return current_el() == 1 ? PTE_XN | PTE_PXN : PTE_XN;
}

static uint64_t privileged(void)
{
	return current_el() == 1 ? 0 : PTE_AP_EL1;
}

/* All of @r but the loader, whose own map has guard pages. */
int arch_map_ram(struct region r)
{
	const struct region self = arch_loader_region();
	const uint64_t attributes = NORMAL | never_execute() | privileged();
	int err;

	if (!region_overlaps(r, self))
		return map(r, attributes);
	if (r.base < self.base) {
		err = map(region_of(r.base, self.base - r.base), attributes);
		if (err)
			return err;
	}
	if (region_end(r) <= region_end(self))
		return 0;
	return map(region_of(region_end(self),
			     region_end(r) - region_end(self)), attributes);
}

int arch_map_io(struct region r)
{
	return map(r, DEVICE | never_execute() | privileged());
}

static int map_part(const char *start, const char *end, uint64_t attributes)
{
	return map(region_of((uint64_t)start, end - start),
		   attributes | privileged());
}

/*
 * BTI: our text has landing pads only if it was compiled with them, and that
 * of the libraries never.
 */
static int map_text(void)
{
	const uint64_t text = NORMAL | PTE_RO |
			      (current_el() == 1 ? PTE_XN : 0);
	const uint64_t guarded =
		IS_ENABLED(CONFIG_BRANCH_PROTECTION) ? PTE_GP : 0;
	int err;

	err = map_part(__loader_start, __loader_library_start, text | guarded);
	if (!err)
		err = map_part(__loader_library_start, __loader_rodata_start,
			       text);
	return err;
}

/* W^X: nothing is both writable and executable; SCTLR.WXN holds us to it. */
static int map_self(void)
{
	const uint64_t xn = never_execute();
	int err;

	err = map_text();
	if (!err)
		err = map_part(__loader_rodata_start, __loader_rodata_end,
			       NORMAL | PTE_RO | xn);
	if (!err)
		err = map_part(__loader_data_start, __loader_guard0_start,
			       NORMAL | xn);
	if (!err)
		err = map_part(__loader_guard0_start + SZ_4K,
			       __loader_guard1_start, NORMAL | xn);
	if (!err)
		err = map_part(__loader_guard1_start + SZ_4K, __loader_end,
			       NORMAL | xn);
	return err;
}

static void mmu_enable_el2(void)
{
	sysreg_write(MAIR_EL2, MAIR_VALUE);
	sysreg_write(TCR_EL2, TCR_EL2_RES1 | TCR_EL2_PS(pa_range()) |
		     TCR_WB_INNER | TCR_T0SZ_48);
	sysreg_write(TTBR0_EL2, (uint64_t)root);
	isb();
	__asm__ volatile("tlbi alle2");
	dsb_sy();
	isb();
	sysreg_write(SCTLR_EL2, SCTLR_EL2_RES1 | SCTLR_M | SCTLR_C | SCTLR_SA |
		     SCTLR_I | SCTLR_WXN);
	isb();
}

static void mmu_enable_el1(void)
{
	sysreg_write(MAIR_EL1, MAIR_VALUE);
	sysreg_write(TCR_EL1, TCR_EL1_EPD1 | TCR_EL1_IPS(pa_range()) |
		     TCR_WB_INNER | TCR_T0SZ_48);
	sysreg_write(TTBR0_EL1, (uint64_t)root);
	isb();
	__asm__ volatile("tlbi vmalle1");
	dsb_sy();
	isb();
	sysreg_write(SCTLR_EL1, SCTLR_EL1_RES1 | SCTLR_M | SCTLR_C | SCTLR_SA |
		     SCTLR_I | SCTLR_WXN);
	isb();
}

void mmu_start(void)
{
	int err = map_self();

	/* The embedded files, in ROM or where EL3 has copied them. */
	if (!err)
		err = map(arch_payload(), NORMAL | PTE_RO | never_execute() |
			  privileged());
	if (!err)
		err = arch_map_io(region_of(CONFIG_UART_BASE, SZ_4K));
	if (err)
		arch_panic("mmu: the page-table pool is too small");
	if (current_el() == 2)
		mmu_enable_el2();
	else
		mmu_enable_el1();
}
