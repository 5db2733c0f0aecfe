/* SPDX-License-Identifier: BSD-2-Clause */
/* What an entry names comes to the kernel: bytes, words, tree and order. */
#include "disk/bytes.h"
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <string.h>

TEST_APART(disk_boots_the_default_of_loader_conf)
{
	rig_machine(0);
	rig_disk("bls");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("find: disk: ram0 /loader/entries/like-5.conf: "));
	CHECK(rig_said("\rmenu: starting in 7 s, a key shows the list"));
	CHECK(rig_said("\rmenu: starting in 1 s, a key shows the list"));
	CHECK_EQ(rig_stopped(), 1);
}

static void check_uart(const struct dt *tree)
{
	const int uart = dt_path(tree, "/soc/uart");
	struct dt_prop speed;

	CHECK(dt_prop_is(tree, dt_root(tree), "compatible", "own,board"));
	CHECK(dt_prop_is(tree, uart, "status", "okay"));
	CHECK(dt_prop(tree, uart, "speed", &speed));
	CHECK_EQ(dt_cell(speed, 0), 9600);
}

/* The tree's own memory is forgotten: it cannot know this machine. */
static void check_memory(const struct dt *tree)
{
	struct region r;
	int depth = 0, count = 0, node = dt_root(tree);

	for (; node >= 0; node = dt_next(tree, node, &depth)) {
		if (!dt_prop_is(tree, node, "device_type", "memory"))
			continue;
		count++;
		CHECK_EQ(dt_reg(tree, node, 0, &r), 0);
		CHECK_EQ(r.base, MOCK_RAM_BASE);
		CHECK_EQ(r.size, MOCK_RAM_SIZE);
		CHECK_EQ(dt_reg(tree, node, 1, &r), -ENOENT);
	}
	CHECK_EQ(count, 1);
}

/* Two initrds, the second behind zeroes at a multiple of 4. */
static void check_initrd(const struct dt *tree)
{
	const int chosen = dt_path(tree, "/chosen");
	struct dt_prop prop;
	uint64_t start = 0, end = 0;

	CHECK(dt_prop(tree, chosen, "linux,initrd-start", &prop));
	CHECK_EQ(dt_number(prop, &start), 0);
	CHECK(dt_prop(tree, chosen, "linux,initrd-end", &prop));
	CHECK_EQ(dt_number(prop, &end), 0);
	CHECK_EQ(end - start, 14);
	CHECK_EQ(start, rig.place.initrd.base);
	CHECK(!memcmp((void *)start, "first\0\0\0second", 14));
}

static void check_all(const char *disk)
{
	struct dt tree;

	rig_machine(0);
	rig_disk(disk);
	memset((void *)(MOCK_RAM_BASE + 56 * SZ_1M), 0xee, 8 * SZ_1M);
	CHECK(rig_boots("kernel-b", "root=/dev/vda1 quiet"));
	tree = rig_tree();
	check_uart(&tree);
	check_memory(&tree);
	check_initrd(&tree);
	CHECK(rig_said("load: dtb: /boot/own.dtb, "));
	CHECK(rig_said("load: overlay: /boot/over.dtbo, "));
}

TEST_APART(disk_brings_all_that_a_label_names_from_fat)
{
	check_all("extlinux");
	CHECK(rig_said("\rmenu: starting in 2 s"));
}

TEST_APART(disk_brings_all_that_a_label_names_from_ext4)
{
	check_all("linux");
}

TEST_APART(disk_finds_the_tree_of_the_board)
{
	rig_machine(0);
	rig_disk("extlinux");
	rig_list();
	/* Labels three and four name its folder, without and with a slash. */
	for (unsigned int i = 2; i < 4; i++) {
		struct bytes want = bytes_load("boot/own.dtb");
		uint8_t got[4096];

		rig.source_index = 4;
		rig.candidate_index = i;
		CHECK(find_next(&rig, true));
		CHECK_EQ(rig.candidate.devicetree.size, want.size);
		CHECK(!strcmp(rig.candidate.devicetree.name,
			      "/boot/dtbs/acme/board.dtb"));
		CHECK_EQ(file_read(&rig.candidate.devicetree, 0, got,
				   want.size), 0);
		CHECK(!memcmp(got, want.at, want.size));
		bytes_free(&want);
	}
}

TEST_APART(disk_takes_the_initrd_beside_a_kernel)
{
	rig_machine(0);
	rig_disk("kinds");
	rig_list();
	rig.source_index = 4;
	rig.candidate_index = 6;
	CHECK(find_next(&rig, true));
	CHECK(rig_same(rig.candidate.name, "ram0 /vmlinuz"));
	CHECK_EQ(rig.candidate.initrd_count, 1);
	CHECK_EQ(rig.candidate.initrd[0].size, 6);
	CHECK(find_next(&rig, true));
	CHECK(rig_same(rig.candidate.name, "ram0 /boot/Image"));
	CHECK_EQ(rig.candidate.initrd_count, 0);
}

TEST_APART(disk_joins_the_options_of_an_entry)
{
	rig_machine(0);
	rig_disk("bls");
	rig_list();
	rig.source_index = 4;
	rig.candidate_index = 9;
	CHECK(find_next(&rig, true));
	CHECK(rig_same(rig.candidate.cmdline, "a=1 b=2"));
}

/* loader.conf wants years; the next one that wants to wait is heard. */
TEST_APART(disk_does_not_wait_for_years)
{
	rig_machine(0);
	rig_disk("long-wait");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("menu: starting in 4 s"));
}

TEST_APART(disk_boots_when_memory_is_scarce)
{
	rig_machine(49 * SZ_1M);
	mock.loader = region_of(MOCK_RAM_BASE + 48 * SZ_1M, SZ_1M);
	rig_disk("paths");
	CHECK(rig_boots("kernel-a", NULL));
}
