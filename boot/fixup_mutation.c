/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unsafe test builds: after all other fixups, one fault of the tree that is
 * handed over (mutation.h). Nodes are those of QEMU's virt machine.
 */
#include "dt_edit.h"
#include "err.h"
#include "fixup.h"
#include "mutation.h"

/* A property that is wrong; no data: it is missing. */
struct tree_fault {
	uint32_t number;
	const char *path, *name, *data;
	size_t size;
};

#define TEXT(text)	(text), sizeof(text)
#define BYTES(text)	(text), sizeof(text) - 1

static const struct tree_fault faults[] = {
	{ MUTATION_PSCI_METHOD, "/psci", "method", TEXT("none") },
	{ MUTATION_PSCI_COMPATIBLE, "/psci", "compatible", TEXT("arm,psci") },
	{ MUTATION_METHOD_MISSING, "/cpus/cpu@1", "enable-method", NULL, 0 },
	{ MUTATION_METHOD_UNKNOWN, "/cpus/cpu@1", "enable-method",
	  TEXT("none") },
	{ MUTATION_METHOD_MIXED, "/cpus/cpu@1", "enable-method",
	  TEXT("spin-table") },
	{ MUTATION_CPU_REG, "/cpus/cpu@1", "reg", BYTES("\0\0\0\0") },
	{ MUTATION_BOOTARGS, "/chosen", "bootargs", BYTES("quiet") },
	{ MUTATION_KASLR_SHORT, "/chosen", "kaslr-seed", BYTES("1234567") },
	{ MUTATION_KASLR_ZERO, "/chosen", "kaslr-seed",
	  BYTES("\0\0\0\0\0\0\0\0") },
	{ MUTATION_RNG_SHORT, "/chosen", "rng-seed", BYTES("1234567") },
	{ MUTATION_RNG_CONSTANT, "/chosen", "rng-seed",
	  BYTES("00000000" "00000000" "00000000" "00000000") },
	{ MUTATION_STDOUT, "/chosen", "stdout-path", TEXT("/nowhere") },
	{ MUTATION_RESERVED_RANGES, "/reserved-memory", "ranges", NULL, 0 },
	{ MUTATION_RESERVED_CELLS, "/reserved-memory", "#address-cells",
	  BYTES("\0\0\0\1") },
	{ MUTATION_TIMER_FREQUENCY, "/timer", "clock-frequency",
	  BYTES("\0\1\0\0") },
	{ MUTATION_LEFTOVER, "/chosen", "linux,elfcorehdr",
	  BYTES("00000000" "00000000") },
	{ MUTATION_GIC_COMPATIBLE, "/intc", "compatible",
	  TEXT("arm,gic-v1") },
	/* Nothing of virt is at 0x0b000000. */
	{ MUTATION_GIC_REG, "/intc", "reg",
	  BYTES("\0\0\0\0\x0b\0\0\0" "\0\0\0\0\0\1\0\0"
		"\0\0\0\0\x0b\1\0\0" "\0\0\0\0\0\1\0\0") },
	{ MUTATION_MEMORY_TYPE, "/memory", "device_type", NULL, 0 },
	{ MUTATION_INITRD_HALF, "/chosen", "linux,initrd-start",
	  BYTES("\0\0\0\0\x40\0\0\0") },
};

static int break_property(struct dt_edit *tree, const struct tree_fault *f)
{
	const int node = dt_edit_node(tree, f->path);

	return f->data ? dt_edit_set(tree, node, f->name, f->data, f->size) :
			 dt_edit_remove(tree, node, f->name);
}

/* Both ranges as reg of /memory, 2 cells each. */
static int set_memory(struct dt_edit *tree, struct region a, struct region b)
{
	const uint64_t numbers[] = { a.base, a.size, b.base, b.size };
	const size_t used = region_is_empty(b) ? 2 : 4;
	uint8_t reg[sizeof(numbers)];

	for (size_t i = 0; i < used * 8; i++)
		reg[i] = (uint8_t)(numbers[i / 8] >> (56 - i % 8 * 8));
	return dt_edit_set(tree, dt_edit_node(tree, "/memory"), "reg", reg,
			   used * 8);
}

/* Memory that must not be mapped, in a block that Linux maps for the tree. */
static int set_nomap(const struct boot *boot, struct dt_edit *tree)
{
	const struct region r = region_of(ALIGN_DOWN(boot->place.tree.base,
						     SZ_2M), SZ_4K);
	const int node = dt_edit_node(tree, "/reserved-memory/fault");
	const int err = dt_edit_set_reg(tree, node, 2, 2, r);

	return err ? err : dt_edit_set(tree, node, "no-map", "", 0);
}

static int break_memory(const struct boot *boot, struct dt_edit *tree)
{
	const struct region ram = boot->map.ram[0], none = region_of(0, 0);

	switch (mutation_get()) {
	case MUTATION_MEMORY_SHORT:
		return set_memory(tree, region_of(ram.base,
				  boot->place.tree.base - ram.base), none);
	case MUTATION_MEMORY_LARGE:
		return set_memory(tree, region_of(ram.base, 2 * ram.size),
				  none);
	case MUTATION_MEMORY_TWICE:
		return set_memory(tree, ram, ram);
	case MUTATION_MEMORY_SECURE:
		return set_memory(tree, ram, boot_monitor_region());
	case MUTATION_RESERVE_ZERO:
		return dt_edit_reserve(tree, region_of(ram.base, 0));
	case MUTATION_RESERVE_KERNEL:
		return dt_edit_reserve(tree, boot->place.kernel);
	case MUTATION_NOMAP_TREE:
		return set_nomap(boot, tree);
	}
	return 0;
}

static int set_initrd(struct dt_edit *tree, uint64_t start, uint64_t end)
{
	const int err = dt_edit_set_u64(tree, dt_edit_node(tree, "/chosen"),
					"linux,initrd-start", start);

	return err ? err : dt_edit_set_u64(tree, dt_edit_node(tree, "/chosen"),
					   "linux,initrd-end", end);
}

static int break_initrd(const struct boot *boot, struct dt_edit *tree)
{
	/* Free memory: all other things lie as high as possible. */
	const uint64_t page = ALIGN_UP(region_end(boot->place.kernel), SZ_2M);
	int err;

	switch (mutation_get()) {
	case MUTATION_INITRD_REVERSED:
		return set_initrd(tree, page + SZ_4K, page);
	case MUTATION_INITRD_PAGE:	/* a neighbour in its page */
		err = dt_edit_reserve(tree, region_of(page, 64));
		return err ? err : set_initrd(tree, page + 64, page + 128);
	case MUTATION_INITRD_FAR:	/* the registers of PCI Express */
		return set_initrd(tree, 0x4010000000, 0x4010000040);
	case MUTATION_INITRD_LOW:	/* the UART */
		return set_initrd(tree, CONFIG_UART_BASE + 0xfe0,
				  CONFIG_UART_BASE + SZ_4K);
	case MUTATION_INITRD_BYTES:
		err = set_initrd(tree, page, page + SZ_4K);
		return err ? err : dt_edit_set_string(tree,
				dt_edit_node(tree, "/chosen"), "bootargs",
				"aglet.initrd=0");
	}
	return 0;
}

/* CPU 1 spins already: to ask where changes nothing. */
static int break_spin(struct dt_edit *tree)
{
	static const char name[] = "cpu-release-addr";
	const int node = dt_edit_node(tree, "/cpus/cpu@1");
	uint64_t release;
	int err;

	if (mutation_get() < MUTATION_SPIN_HALF ||
	    mutation_get() > MUTATION_SPIN_NODE)
		return 0;
	err = arch_spin_park(1, &release);
	if (err)
		return err;
	switch (mutation_get()) {
	case MUTATION_SPIN_HALF:
		return dt_edit_set_u32(tree, node, name, (uint32_t)release);
	case MUTATION_SPIN_MISALIGNED:
		return dt_edit_set_u64(tree, node, name, release + 4);
	case MUTATION_SPIN_NOT_ZERO:	/* the word before it says PARKED */
		return dt_edit_set_u64(tree, node, name, release - 8);
	case MUTATION_SPIN_NODE:
		return dt_edit_set_reg(tree, dt_edit_node(tree,
				       "/reserved-memory/fault"), 2, 2,
				       arch_spin_region());
	}
	return 0;
}

static int apply(struct boot *boot, struct dt_edit *tree)
{
	int err = break_memory(boot, tree);

	if (IS_ENABLED(CONFIG_SPIN_TABLE) && !err)
		err = break_spin(tree);

	for (size_t i = 0; i < ARRAY_SIZE(faults) && !err; i++)
		if (mutation_is(faults[i].number))
			err = break_property(tree, &faults[i]);
	return err ? err : break_initrd(boot, tree);
}

static const struct fixup fixup_mutation = { "mutation", apply };
TABLE_ADD(fixup, 90, fixup_mutation);
