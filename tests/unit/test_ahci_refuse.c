/* SPDX-License-Identifier: BSD-2-Clause */
/* AHCI: what fails, what is no disk, and what the driver says to it. */
#include "block.h"
#include "err.h"
#include "mock.h"
#include "test_ahci_rig.h"
#include "unit.h"
#include <string.h>

#define SECOND	arch_counter_freq()

static uint8_t to[8192] __attribute__((aligned(4096)));

static int read_block(void)
{
	const struct disk_run run = { 4096, 4096, to };

	return disk_read_runs(block_disk(0), &run, 1);
}

/* The disk is started anew, and goes on. */
static void check_fails(enum ahci_answer answer, uint32_t status, int want)
{
	ahci_rig.answer = answer;
	ahci_rig.status = status;
	CHECK_EQ(read_block(), want);
	CHECK_EQ(ahci_rig.fetching, 1);
	ahci_rig.answer = AHCI_WELL;
	ahci_rig.status = 0;
	CHECK_EQ(read_block(), 0);
	CHECK(!memcmp(to, ahci_rig.bytes + 4096, 4096));
	CHECK(!ahci_rig.broken);
}

TEST_APART(ahci_command_fails)
{
	static const uint32_t errors[] = { 1u << 27, 1u << 28, 1u << 29,
					   1u << 30, UINT32_MAX };

	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(errors); i++) {
		check_fails(AHCI_FAILED, errors[i], -EIO);
		check_fails(AHCI_FAILED_DONE, errors[i], -EIO);
		check_fails(AHCI_WELL, errors[i], -EIO);
	}
}

/* What came, what changed, and errors that were overcome. */
TEST_APART(ahci_command_has_other_bits)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	check_fails(AHCI_WELL, 0x84c000ff, 0);
}

TEST_APART(ahci_command_never_ends)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	check_fails(AHCI_NEVER, 0, -ETIMEDOUT);
	CHECK(mock.counter >= 30 * SECOND);
	CHECK(mock.counter < 32 * SECOND);
}

/* The port is at rest, and asked for nothing any more. */
static void check_lost(int want)
{
	const unsigned int commands = ahci_rig.commands;

	CHECK_EQ(read_block(), want);
	CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);
	CHECK_EQ(ahci_rig.commands, commands + 1);
	ahci_rig.answer = AHCI_WELL;
	CHECK_EQ(read_block(), -EIO);
	CHECK_EQ(ahci_rig.commands, commands + 1);
	CHECK(mock.counter < 50 * SECOND);
	CHECK(!ahci_rig.broken);
}

TEST_APART(ahci_disk_is_busy_after_it_failed)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	ahci_rig.answer = AHCI_FAILED;
	ahci_rig.status = 1u << 30;
	ahci_rig.sulks = true;
	check_lost(-EIO);
}

TEST_APART(ahci_disk_is_pulled_out)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	ahci_rig.answer = AHCI_NEVER;
	ahci_rig.linked = 0;
	check_lost(-ETIMEDOUT);
}

TEST_APART(ahci_disk_becomes_another_device)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	ahci_rig.answer = AHCI_NEVER;
	ahci_rig.strange = 1;
	ahci_rig.signature = 0xeb140101;
	check_lost(-ETIMEDOUT);
}

TEST_APART(ahci_port_does_not_stop_after_it_failed)
{
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	ahci_rig.answer = AHCI_NEVER;
	ahci_rig.list_runs = 1;
	check_lost(-ETIMEDOUT);
}

/* Runs in the middle: what follows is not asked for. */
TEST_APART(ahci_read_ends_at_the_first_failure)
{
	const struct disk_run runs[] = { { 0, 512, to }, { 0, 512, to } };
	unsigned int commands;

	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), 0);
	commands = ahci_rig.commands;
	ahci_rig.answer = AHCI_FAILED;
	ahci_rig.status = 1u << 30;
	CHECK_EQ(disk_read_runs(block_disk(0), runs, 2), -EIO);
	CHECK_EQ(ahci_rig.commands, commands + 1);
}

/* One fact of the good controller is another: what does the driver say? */
#define CHECK_PROBE(field, value, want)					\
	do {								\
		ahci_rig_make();					\
		ahci_rig.field = (value);				\
		CHECK_EQ(ahci_rig_probe(), want);			\
		CHECK(!block_disk(0));					\
		CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);	\
		CHECK(!ahci_rig.broken);				\
	} while (0)

TEST_APART(ahci_controller_is_refused)
{
	CHECK_PROBE(regs_size, 0x17f, -EINVAL);
	CHECK_PROBE(never_resets, true, -ETIMEDOUT);
	CHECK(mock.counter < 2 * SECOND);
	CHECK_PROBE(cap, 31, -ENOTSUP);
	CHECK_PROBE(list_runs, 1, -ETIMEDOUT);
	CHECK_PROBE(fis_runs, 1, -ETIMEDOUT);
	CHECK(mock.counter < 3 * SECOND);
	CHECK_PROBE(busy, 1, -ETIMEDOUT);
	CHECK(mock.counter > 9 * SECOND);
	CHECK(mock.counter < 12 * SECOND);
	CHECK_PROBE(answer, AHCI_NEVER, -ETIMEDOUT);
	CHECK_PROBE(status, 1u << 30, -EIO);
}

TEST_APART(ahci_port_has_no_disk)
{
	static const uint32_t others[] = { 0xeb140101, 0x96690101, 0xc33c0101,
					   0, 0xffffffff, 0x01010000 };

	CHECK_PROBE(ports, 0, 0);
	CHECK_PROBE(linked, 0, 0);
	CHECK_PROBE(linked, 2, 0);
	CHECK_PROBE(link_ticks, SECOND, 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(others); i++) {
		ahci_rig_make();
		ahci_rig.strange = 1;
		ahci_rig.signature = others[i];
		CHECK_EQ(ahci_rig_probe(), 0);
		CHECK_EQ(ahci_rig.commands, 0);
	}
	CHECK(!block_disk(0));
}

TEST_APART(ahci_disk_says_what_makes_no_sense)
{
	CHECK_PROBE(features, 0, -ENOTSUP);
	CHECK_PROBE(features, (uint16_t)~(1u << 10), -ENOTSUP);
	CHECK_PROBE(blocks, 0, -ENOTSUP);
	CHECK_PROBE(blocks, (1ull << 48) + 1, -ENOTSUP);
	CHECK_PROBE(blocks, UINT64_MAX, -ENOTSUP);
}

TEST_APART(ahci_disk_has_blocks_that_make_no_sense)
{
	static const uint32_t words[] = { 0, 1, 255, 257, 384, 4096, 32768,
					  1u << 31, (1u << 31) | 256,
					  UINT32_MAX };

	for (unsigned int i = 0; i < ARRAY_SIZE(words); i++) {
		ahci_rig_make();
		ahci_rig.kind = 0x5000;
		ahci_rig.block_words = words[i];
		CHECK_EQ(ahci_rig_probe(), -ENOTSUP);
		CHECK_EQ(ahci_rig.fetching, 0);
	}
	CHECK(!block_disk(0));
}

/* Words 117 and 118 count only if word 106 says so, and can say so. */
TEST_APART(ahci_disk_has_words_that_do_not_count)
{
	static const uint16_t kinds[] = { 0, 0x4000, 0x1000, 0x9000, 0xd000,
					  0xffff, 0x6000 };

	for (unsigned int i = 0; i < ARRAY_SIZE(kinds); i++) {
		ahci_rig_make();
		ahci_rig.kind = kinds[i];
		ahci_rig.block_words = 2048;
		CHECK_EQ(ahci_rig_probe(), 0);
		CHECK_EQ(block_disk(i)->block, 512);
		CHECK_EQ(block_disk(i)->size, AHCI_RIG_SIZE);
	}
}

/* It stands between two good ones, which stay; its place is free again. */
TEST_APART(ahci_disk_is_left_out)
{
	ahci_rig_make();
	ahci_rig.ports = ahci_rig.linked = 7;
	ahci_rig.busy = 2;
	CHECK_EQ(ahci_rig_probe(), -ETIMEDOUT);
	CHECK_EQ(ahci_rig.fetching, 5);
	CHECK(!strcmp(block_disk(1)->name, "ahci1"));
	CHECK(!block_disk(2));
	CHECK_EQ(read_block(), 0);
	CHECK_EQ(ahci_rig.port, 0);
}

static int read_nothing(const struct disk *disk, const struct disk_run *runs,
			unsigned int count)
{
	return -EIO;
}

/* Somebody else's disks are all that there is room for. */
TEST_APART(ahci_disk_is_one_too_many)
{
	static struct block others[BLOCK_DISKS];

	for (unsigned int i = 0; i < BLOCK_DISKS; i++) {
		others[i].disk.read = read_nothing;
		CHECK_EQ(block_add(&others[i], "other"), 0);
	}
	ahci_rig_make();
	CHECK_EQ(ahci_rig_probe(), -ENOSPC);
	CHECK_EQ(ahci_rig.fetching | ahci_rig.receiving, 0);
}
