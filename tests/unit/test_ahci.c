/* SPDX-License-Identifier: BSD-2-Clause */
/* Disks behind AHCI: what they bring, and controllers that do not play fair. */
#include "block.h"
#include "err.h"
#include "mock.h"
#include "test_ahci_rig.h"
#include "unit.h"
#include <string.h>

#define SECOND	arch_counter_freq()

static uint8_t to[AHCI_RIG_SIZE + 8192] __attribute__((aligned(4096)));

static bool is_right(uint64_t offset, uint64_t at, uint64_t size)
{
	return !memcmp(to + at, ahci_rig.bytes + offset, size);
}

static int read_one(unsigned int disk, uint64_t offset, uint64_t at,
		    uint64_t size)
{
	const struct disk_run run = { offset, size, to + at };

	return disk_read_runs(block_disk(disk), &run, 1);
}

TEST_APART(ahci_disk_is_read)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK(!strcmp(block_disk(0)->name, "ahci0"));
	CHECK_EQ(block_disk(0)->size, AHCI_RIG_SIZE);
	CHECK_EQ(block_disk(0)->block, 512);
	CHECK_EQ(ahci_rig.fetching, 1);
	CHECK_EQ(ahci_rig.commands, 1);
	CHECK_EQ(disk_read(block_disk(0), 0, to, SZ_1M), 0);
	CHECK(is_right(0, 0, SZ_1M));
	CHECK_EQ(ahci_rig.commands, 2);
	CHECK_EQ(disk_read(block_disk(0), 777, to, 99), 0);
	CHECK(is_right(777, 0, 99));
	CHECK_EQ(mock.cleaned, 0);
	CHECK(!ahci_rig.broken);
}

/* Nothing is written any more, and nobody can ask for it. */
TEST_APART(ahci_disk_is_stopped)
{
	const struct disk *disk;
	struct disk_run run = { 0, 512, to };

	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK_EQ(ahci_rig.receiving, 1);
	disk = block_disk(0);
	block_stop_all();
	CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);
	CHECK_EQ(disk_read_runs(disk, &run, 1), -EIO);
	CHECK_EQ(ahci_rig.commands, 1);
	CHECK(!ahci_rig.broken);
}

TEST_APART(ahci_disk_does_not_stop)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	ahci_rig.list_runs = ahci_rig.fis_runs = 1;
	block_stop_all();
	CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);
	CHECK(mock.counter < 2 * SECOND);
}

/* Eight pieces of 4 MiB are a command; 65536 blocks are counted as 0. */
TEST_APART(ahci_command_has_its_limits)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK_EQ(read_one(0, 0, 0, 32 * SZ_1M), 0);
	CHECK_EQ(ahci_rig.commands, 2);
	CHECK_EQ(ahci_rig.pieces, 8);
	CHECK_EQ(read_one(0, SZ_1M, 512, 33 * SZ_1M), 0);
	CHECK(is_right(SZ_1M, 512, 33 * SZ_1M));
	CHECK_EQ(ahci_rig.commands, 4);
	CHECK_EQ(ahci_rig.pieces, 1);
	CHECK_EQ(ahci_rig.largest, 32 * SZ_1M);
	CHECK_EQ(read_one(0, 0, 0, 4 * SZ_1M + 512), 0);
	CHECK_EQ(ahci_rig.pieces, 2);
	CHECK(!ahci_rig.broken);
}

TEST_APART(ahci_disk_is_read_anywhere)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	for (unsigned int i = 0; i < 300; i++) {
		const uint64_t size = 512 * (1 + unit_random_below(200));
		const uint64_t in = 512 * (i % 8 + 1);
		const uint64_t at = AHCI_RIG_SIZE - size -
				    512 * unit_random_below(35000) * (i % 3);

		memset(to, 0xee, size + 16384);
		CHECK_EQ(read_one(0, at, in, size), 0);
		CHECK(is_right(at, in, size));
		CHECK_EQ(to[in - 1], 0xee);
		CHECK_EQ(to[in + size], 0xee);
	}
	CHECK(!ahci_rig.broken);
}

/* What is beyond the first 28 bits is in other bytes of the command. */
TEST_APART(ahci_disk_has_long_blocks)
{
	ahci_rig_make();
	ahci_rig.kind = 0x5000;
	ahci_rig.block_words = 2048;
	ahci_rig.blocks = 1ull << 48;
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK_EQ(block_disk(0)->block, 4096);
	CHECK_EQ(block_disk(0)->size, 1ull << 60);
	CHECK_EQ(read_one(0, SZ_1M, 4096, 33 * SZ_1M), 0);
	CHECK(is_right(SZ_1M, 4096, 33 * SZ_1M));
	CHECK(!ahci_rig.broken);
}

TEST_APART(ahci_disk_has_many_blocks)
{
	static const uint64_t at[] = {
		0x1000000, 0x100000000, 0x10000000000, 0xffffffffffff };

	for (unsigned int i = 0; i < ARRAY_SIZE(at); i++) {
		ahci_rig_make();
		ahci_rig.blocks = 1ull << 48;
		CHECK_EQ(ahci_rig_probe(), 0);
		ahci_rig.base = at[i];
		CHECK_EQ(read_one(i, at[i] * 512, 0, 512), 0);
		CHECK(is_right(0, 0, 512));
		CHECK(!ahci_rig.broken);
	}
}

/* The controller may see memory as it was before somebody wrote it. */
TEST_APART(ahci_memory_is_cleaned)
{
	ahci_rig_make();
	ahci_rig.coherent = false;
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK_EQ(ahci_rig.cleaned, 2);
	CHECK_EQ(mock.cleaned, 3);
	mock.cleaned = 0;
	CHECK_EQ(read_one(0, 0, 512, 1024), 0);
	CHECK_EQ(ahci_rig.cleaned, 2);
	CHECK_EQ(mock.cleaned, 3);
	CHECK(mock.clean[0].size >= 1024 + 256 + 128);
	for (unsigned int i = 1; i < 3; i++) {
		CHECK_EQ(mock.clean[i].base, (uintptr_t)to + 512);
		CHECK_EQ(mock.clean[i].size, 1024);
	}
}

TEST_APART(ahci_controller_has_several_disks)
{
	ahci_rig_make();
	ahci_rig.ports = 0xf000000f;
	ahci_rig.linked = 0x90000006;
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK_EQ(ahci_rig.fetching, 0x90000006);
	CHECK(!strcmp(block_disk(3)->name, "ahci3"));
	CHECK(!block_disk(4));
	CHECK_EQ(read_one(3, 512, 0, 512), 0);
	CHECK_EQ(ahci_rig.port, 31);
	CHECK_EQ(read_one(0, 0, 0, 512), 0);
	CHECK_EQ(ahci_rig.port, 1);
	block_stop_all();
	CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);
	CHECK(!ahci_rig.broken);
}

/* No port is waited for while another one's link comes up. */
TEST_APART(ahci_controller_has_empty_ports)
{
	ahci_rig_make();
	ahci_rig.ports = UINT32_MAX;
	ahci_rig.linked = 0;
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK(!block_disk(0));
	CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);
	CHECK_EQ(ahci_rig.commands, 0);
	CHECK(mock.counter < SECOND / 5);
	CHECK(!ahci_rig.broken);
}

/* Registers that are not there are not touched: the rig would end. */
TEST_APART(ahci_controller_has_more_ports_than_registers)
{
	ahci_rig_make();
	ahci_rig.ports = ahci_rig.linked = UINT32_MAX;
	ahci_rig.regs_size = 0x27f;
	CHECK_EQ(ahci_rig_probe(), 0);
	CHECK_EQ(ahci_rig.fetching, 3);
	CHECK(!block_disk(2));
}

TEST_APART(ahci_disks_are_too_many)
{
	ahci_rig_make();
	ahci_rig.ports = ahci_rig.linked = UINT32_MAX;
	CHECK_EQ(ahci_rig_probe(), -ENOSPC);
	CHECK(!strcmp(block_disk(7)->name, "ahci7"));
	CHECK(!block_disk(8));
	CHECK_EQ(ahci_rig.fetching, 0xff);
	CHECK_EQ(read_one(7, 0, 0, 512), 0);
	CHECK(is_right(0, 0, 512));
}
