/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree that is handed over, read by libfdt as Linux would. */
#include "dt_edit.h"
#include "err.h"
#include "mock.h"
#include "unit.h"
#include <libfdt.h>
#include <string.h>

static struct boot boot;
static uint8_t image[SZ_64K];
static const void *tree;	/* handed over */

static void call(struct boot *b)
{
	boot_run(b);
}

/* Boot on @spec; false and a skip if this configuration edits nothing. */
static bool boots_with(struct tree_spec spec, const char *cmdline)
{
	if (!IS_ENABLED(CONFIG_DTB_FIXUP)) {
		unit_skip("the tree is passed on untouched");
		return false;
	}
	memset(&boot, 0, sizeof(boot));
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
	if (!spec.ram[0].size)
		spec.ram[0] = (struct tree_ram){ MOCK_RAM_BASE,
						 MOCK_RAM_SIZE };
	tree_make(&spec, (void *)MOCK_RAM_BASE, SZ_2M);
	image_make(image, 0, SZ_1M, 8);
	fake_count = 1;
	fake[0].kernel = (struct fake_file){ image, sizeof(image), 0, 0 };
	fake[0].cmdline = cmdline;
	if (!CHECK_EQ(mock_run(call, &boot), MOCK_HANDOFF))
		return false;
	tree = (const void *)mock.handed_dtb;
	return CHECK_EQ(fdt_check_full(tree, fdt_totalsize(tree)), 0);
}

static const void *prop(const char *path, const char *name, int *size)
{
	return fdt_getprop(tree, fdt_path_offset(tree, path), name, size);
}

static bool prop_is(const char *path, const char *name, const char *want)
{
	const char *is = prop(path, name, NULL);

	return is && !strcmp(is, want);
}

TEST(fixup_sets_the_command_line)
{
	mock_reset();
	if (!boots_with((struct tree_spec){ .pad = SZ_1M }, "root=/dev/vda"))
		return;
	CHECK(prop_is("/chosen", "bootargs", "root=/dev/vda"));
	CHECK(fdt_totalsize(tree) < 16 * SZ_1K);
}

TEST(fixup_keeps_the_command_line_of_the_tree)
{
	mock_reset();
	if (boots_with((struct tree_spec){ .cpus = 1 }, NULL))
		CHECK(!prop("/chosen", "bootargs", NULL));
}

TEST(fixup_removes_what_an_earlier_stage_left)
{
	mock_reset();
	if (!boots_with((struct tree_spec){ .initrd = true }, NULL))
		return;
	CHECK(!prop("/chosen", "linux,initrd-start", NULL));
	CHECK(!prop("/chosen", "linux,initrd-end", NULL));
	CHECK(!prop("/chosen", "linux,elfcorehdr", NULL));
}

TEST(fixup_names_the_initrd)
{
	static const uint8_t bytes[SZ_8K + 1] = { 7 };
	const fdt64_t *start, *end;
	int size;

	mock_reset();
	fake[0].initrd = (struct fake_file){ bytes, sizeof(bytes), 0, 0 };
	if (!boots_with((struct tree_spec){ .initrd = true }, NULL))
		return;
	start = prop("/chosen", "linux,initrd-start", &size);
	end = prop("/chosen", "linux,initrd-end", NULL);
	if (!CHECK(start && end && size == 8))
		return;
	CHECK_EQ(fdt64_ld(end) - fdt64_ld(start), sizeof(bytes));
	CHECK(!memcmp((void *)fdt64_ld(start), bytes, sizeof(bytes)));
}

TEST(fixup_seeds_are_random)
{
	uint8_t seed[8];
	int size;

	mock_reset();
	mock.random_error = 0;
	if (!boots_with((struct tree_spec){ .seeds = true }, NULL))
		return;
	CHECK(prop("/chosen", "kaslr-seed", &size) && size == 8);
	memcpy(seed, prop("/chosen", "kaslr-seed", NULL), 8);
	CHECK(prop("/chosen", "rng-seed", &size) && size >= 32);
	mock_reset();
	mock.random_error = 0;
	boots_with((struct tree_spec){ .seeds = true }, NULL);
	CHECK(memcmp(seed, prop("/chosen", "kaslr-seed", NULL), 8));
}

TEST(fixup_seeds_of_the_machine_are_kept_without_entropy)
{
	mock_reset();
	if (!boots_with((struct tree_spec){ .seeds = true }, NULL))
		return;
	CHECK(prop("/chosen", "kaslr-seed", NULL));
	CHECK(prop("/chosen", "rng-seed", NULL));
}

TEST(fixup_seeds_that_were_compiled_in_are_removed)
{
	static uint8_t blob[SZ_64K] __attribute__((aligned(16)));
	struct tree_spec spec = { .ram = { { MOCK_RAM_BASE, MOCK_RAM_SIZE } },
				  .seeds = true };

	mock_reset();
	mock.dtb = region_of((uintptr_t)blob,
			     tree_make(&spec, blob, sizeof(blob)));
	mock.random_error = -EAGAIN;
	if (!boots_with(spec, NULL))
		return;
	CHECK_EQ(boot.tree_origin, TREE_PAYLOAD);
	CHECK(!prop("/chosen", "kaslr-seed", NULL));
	CHECK(!prop("/chosen", "rng-seed", NULL));
}

TEST(fixup_tells_of_our_psci)
{
	static const char want[] = "arm,psci-1.0\0arm,psci-0.2";
	const char *is;
	int size;

	if (IS_ENABLED(CONFIG_SPIN_TABLE))
		return unit_skip("there is no PSCI");
	mock_reset();
	if (!boots_with((struct tree_spec){ .cpus = 64, .spin_table = true,
					    .psci = "hvc" }, NULL))
		return;
	is = prop("/psci", "compatible", &size);
	CHECK(is && size == sizeof(want) && !memcmp(is, want, sizeof(want)));
	CHECK(prop_is("/psci", "method", "smc"));
	CHECK(!prop("/psci", "cpu_on", NULL));
	CHECK(prop_is("/cpus/cpu@0", "enable-method", "psci"));
	CHECK(prop_is("/cpus/cpu@3f", "enable-method", "psci"));
	CHECK(!prop("/cpus/cpu@3f", "cpu-release-addr", NULL));
}

TEST(fixup_marks_a_cpu_that_our_monitor_cannot_start)
{
	if (!IS_ENABLED(CONFIG_EL3_PRESENT))
		return unit_skip("EL3 is not ours");
	mock_reset();
	mock.late[1] = 50000000;	/* 0.8 s */
	mock.late[2] = UINT64_MAX;
	mock.tick = 1000;
	if (!boots_with((struct tree_spec){ .cpus = 3 }, NULL))
		return;
	CHECK(!prop("/cpus/cpu@0", "status", NULL));
	CHECK(!prop("/cpus/cpu@1", "status", NULL));
	CHECK(prop_is("/cpus/cpu@2", "status", "fail"));
	CHECK(mock_said("cpu@2: warning: this CPU has not come out of reset"));
}

/* The release address of a CPU, 0 if it has none of 64 bits. */
static uint64_t release_of(const char *cpu)
{
	int size;
	const fdt64_t *address = prop(cpu, "cpu-release-addr", &size);

	return address && size == 8 ? fdt64_ld(address) : 0;
}

TEST(fixup_tells_of_the_spin_table)
{
	uint64_t base, size;

	if (!IS_ENABLED(CONFIG_SPIN_TABLE))
		return unit_skip("CPUs are started by PSCI");
	mock_reset();
	mock.spinning = 3;
	if (!boots_with((struct tree_spec){ .cpus = 3, .psci = "smc" }, NULL))
		return;
	CHECK(fdt_path_offset(tree, "/psci") < 0);
	CHECK_EQ(mock.parked, 7);
	CHECK_EQ(boot.conduit, PSCI_NONE);
	CHECK(prop_is("/cpus/cpu@0", "enable-method", "spin-table"));
	CHECK(prop_is("/cpus/cpu@2", "enable-method", "spin-table"));
	CHECK(!prop("/cpus/cpu@2", "status", NULL));
	CHECK_EQ(fdt_num_mem_rsv(tree), 1);
	CHECK_EQ(fdt_get_mem_rsv(tree, 0, &base, &size), 0);
	CHECK_EQ(base, arch_spin_region().base);
	CHECK_EQ(size, arch_spin_region().size);
	CHECK_EQ(release_of("/cpus/cpu@0"), base);
	CHECK_EQ(release_of("/cpus/cpu@2"), base + 256);
}

TEST(fixup_says_which_cpu_does_not_spin)
{
	if (!IS_ENABLED(CONFIG_SPIN_TABLE))
		return unit_skip("CPUs are started by PSCI");
	mock_reset();
	mock.spinning = 2;
	if (!boots_with((struct tree_spec){ .cpus = 6, .spin_table = true },
			NULL))
		return;
	CHECK(release_of("/cpus/cpu@1") && !prop("/cpus/cpu@1", "status", NULL));
	CHECK(prop_is("/cpus/cpu@2", "status", "fail"));
	CHECK(!prop("/cpus/cpu@2", "cpu-release-addr", NULL));
	CHECK(prop_is("/cpus/cpu@5", "status", "fail"));
	CHECK(prop_is("/cpus/cpu@5", "enable-method", "spin-table"));
	CHECK(mock_said("cpu@2: warning: this CPU has not come out of reset"));
	CHECK(mock_said("cpu@4: warning: there is no record for this CPU"));
}

TEST(fixup_fetches_cpus_from_an_earlier_spin_table)
{
	if (!IS_ENABLED(CONFIG_SPIN_TABLE))
		return unit_skip("CPUs are started by PSCI");
	mock_reset();
	mock.spinning = 3;
	if (!boots_with((struct tree_spec){ .cpus = 3, .spin_table = true },
			NULL))
		return;
	CHECK_EQ(mock.fetched_count, 2);
	CHECK_EQ(mock.fetched[0], 0x1008);
	CHECK_EQ(mock.fetched[1], 0x1010);
	CHECK(release_of("/cpus/cpu@1") == arch_spin_region().base + 128);
}

TEST(fixup_says_which_word_is_none)
{
	if (!IS_ENABLED(CONFIG_SPIN_TABLE))
		return unit_skip("CPUs are started by PSCI");
	mock_reset();
	mock.spinning = 1;
	if (!boots_with((struct tree_spec){ .cpus = 2, .spin_table = true,
					    .odd_words = true }, NULL))
		return;
	CHECK_EQ(mock.fetched_count, 0);
	CHECK(mock_said("cpu@1: warning: its cpu-release-addr is no place"));
	CHECK(!mock_said("cpu@0: warning"));
}

TEST(fixup_names_a_console_that_exists)
{
	mock_reset();
	if (!boots_with((struct tree_spec){ .cpus = 1 }, NULL))
		return;
	CHECK(prop_is("/chosen", "stdout-path", "/soc/uart@0"));
	mock_reset();
	boots_with((struct tree_spec){ .stdout_path = true, .aliases = true },
		   NULL);
	CHECK(prop_is("/chosen", "stdout-path", "serial0:115200n8"));
	mock_reset();
	/* An alias that leads nowhere. */
	boots_with((struct tree_spec){ .stdout_path = true }, NULL);
	CHECK(prop_is("/chosen", "stdout-path", "/soc/uart@0"));
}

/* The ledger's node, as Linux would look for it. */
static int ledger_node(void)
{
	return fdt_node_offset_by_compatible(tree, -1, "aglet,ledger");
}

TEST(fixup_reserves_the_ledger)
{
	const struct ledger *left;
	const fdt64_t *reg;
	int size;

	mock_reset();
	if (!boots_with((struct tree_spec){ .cpus = 1 }, NULL))
		return;
	reg = fdt_getprop(tree, ledger_node(), "reg", &size);
	if (!CHECK(reg && size == 16))
		return;
	left = (const struct ledger *)fdt64_ld(reg);
	CHECK(!memcmp(left->magic, LEDGER_MAGIC, 8) && left->count > 5);
	CHECK(prop("/reserved-memory", "ranges", &size) && !size);
	CHECK_EQ(fdt_address_cells(tree,
		 fdt_path_offset(tree, "/reserved-memory")), 2);
}

TEST(fixup_reserves_with_one_cell_too)
{
	int size;

	mock_reset();
	if (!boots_with((struct tree_spec){ .address_cells = 1,
					    .size_cells = 1 }, NULL))
		return;
	CHECK(fdt_getprop(tree, ledger_node(), "reg", &size) && size == 8);
}

TEST(fixup_reserves_elsewhere_if_linux_would_not_look)
{
	mock_reset();
	if (!boots_with((struct tree_spec){ .wrong_reserved_cells = true },
			NULL))
		return;
	CHECK(ledger_node() < 0);
	CHECK_EQ(fdt_num_mem_rsv(tree),
		 IS_ENABLED(CONFIG_SPIN_TABLE) ? 2 : 1);
}

TEST(fixup_reserves_a_monitor_in_ram)
{
	int node;

	if (!IS_ENABLED(CONFIG_EL3_PRESENT))
		return unit_skip("there is no monitor");
	mock_reset();
	if (!boots_with((struct tree_spec){ .ram = {
				{ 0x0e000000, SZ_1M },
				{ MOCK_RAM_BASE, MOCK_RAM_SIZE } } }, NULL))
		return;
	node = fdt_node_offset_by_compatible(tree, -1, "aglet,monitor");
	CHECK(node > 0 && fdt_getprop(tree, node, "no-map", NULL));
}

TEST(fixup_untouched_trees_stay_as_they_are)
{
	static uint8_t before[SZ_64K];
	struct tree_spec spec = { .ram = { { MOCK_RAM_BASE, MOCK_RAM_SIZE } } };
	size_t size;

	if (IS_ENABLED(CONFIG_DTB_FIXUP))
		return unit_skip("the tree is edited");
	mock_reset();
	memset(&boot, 0, sizeof(boot));
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
	size = tree_make(&spec, (void *)MOCK_RAM_BASE, sizeof(before));
	memcpy(before, (void *)MOCK_RAM_BASE, size);
	image_make(image, 0, SZ_1M, 8);
	fake_count = 1;
	fake[0].kernel = (struct fake_file){ image, sizeof(image), 0, 0 };
	CHECK_EQ(mock_run(call, &boot), MOCK_HANDOFF);
	CHECK_EQ(mock.handed_dtb, MOCK_RAM_BASE);
	CHECK(!memcmp(before, (void *)mock.handed_dtb, size));
	CHECK_EQ(mock.entry, MOCK_RAM_BASE + SZ_2M);
}
