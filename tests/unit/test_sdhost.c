/* SPDX-License-Identifier: BSD-2-Clause */
/* The SDHOST: what it brings, counts that lie, what fails or never ends. */
#include "block.h"
#include "err.h"
#include "test_sdhost_rig.h"
#include "unit.h"
#include <string.h>

#define SECOND	arch_counter_freq()
#define BLOCK	512u

static uint8_t to[64 + CARD_RIG_SIZE + 64] __attribute__((aligned(64)));

/* Nothing changes around what comes. */
static int read_blocks(uint64_t first, unsigned int blocks)
{
	const struct disk_run run = { first * BLOCK, blocks * BLOCK, to + 64 };
	int err;

	memset(to, 0xee, blocks * BLOCK + 128);
	err = disk_read_runs(block_disk(0), &run, 1);
	CHECK_EQ(to[63], 0xee);
	CHECK_EQ(to[64 + blocks * BLOCK], 0xee);
	return err;
}

static bool is_right(uint64_t first, unsigned int blocks)
{
	return !memcmp(to + 64, card_rig.bytes + first * BLOCK,
		       blocks * BLOCK);
}

static void start(enum card_kind kind)
{
	sdhost_rig_make(kind);
	CHECK_EQ(sdhost_rig_probe(), 0);
	if (!CHECK(block_disk(0)))
		return;
	sdhost_rig.stops = 0;
}

/* 2048 blocks are a command; only several blocks must be stopped. */
static void check_kind(enum card_kind kind)
{
	start(kind);
	CHECK(!strcmp(block_disk(0)->name, "mmc0"));
	CHECK_EQ(block_disk(0)->size, CARD_RIG_SIZE);
	CHECK_EQ(sdhost_rig.hz, 25000000);
	CHECK_EQ(read_blocks(5, 1), 0);
	CHECK(is_right(5, 1));
	CHECK_EQ(sdhost_rig.stops, 0);
	CHECK_EQ(read_blocks(3, 4097), 0);
	CHECK(is_right(3, 4097));
	CHECK_EQ(sdhost_rig.stops, 2);
	CHECK_EQ(sdhost_rig.forced, 2);
	CHECK_EQ(sdhost_rig.config, 0x40e);
	CHECK(card_rig.wide && !card_rig.broken && !sdhost_rig.broken);
	block_stop_all();
	CHECK(card_rig.is_idle);
}

TEST_APART(sdhost_has_an_old_card)
{
	check_kind(CARD_OLD);
}

TEST_APART(sdhost_has_a_standard_card)
{
	check_kind(CARD_STANDARD);
}

TEST_APART(sdhost_has_a_card_of_high_capacity)
{
	check_kind(CARD_HIGH);
	CHECK(sdhost_rig.off >= SECOND / 50);
	CHECK(sdhost_rig.on >= SECOND / 50);
}

TEST_APART(sdhost_has_an_emmc)
{
	check_kind(CARD_EMMC);
}

/* The chip has one, also when there is nothing in it. */
TEST_APART(sdhost_is_empty)
{
	sdhost_rig_make(CARD_NONE);
	CHECK_EQ(sdhost_rig_probe(), 0);
	CHECK(!block_disk(0));
	CHECK(!sdhost_rig.broken);
	sdhost_rig_make(CARD_HIGH);
	CHECK_EQ(sdhost_rig_probe(), -ENOSPC);
	CHECK_EQ(sdhost_rig.sent, 0);
}

TEST_APART(sdhost_has_too_few_registers)
{
	static const uint64_t sizes[] = { 0, 0x53 };

	for (unsigned int i = 0; i < ARRAY_SIZE(sizes); i++) {
		sdhost_rig_make(CARD_HIGH);
		sdhost_rig.regs_size = sizes[i];
		CHECK_EQ(sdhost_rig_probe(), -EINVAL);
		CHECK_EQ(sdhost_rig.sent, 0);
	}
	start(CARD_HIGH);
}

TEST_APART(sdhost_has_no_registers)
{
	sdhost_rig_make(CARD_HIGH);
	sdhost_rig.no_regs = true;
	CHECK_EQ(sdhost_rig_probe(), -ENODEV);
	start(CARD_HIGH);
}

/* Each of them in a process of its own, since it is probed once. */
static void check_probe(int want, uint64_t seconds)
{
	CHECK_EQ(sdhost_rig_probe(), want);
	CHECK(!block_disk(0));
	CHECK(mock.counter >= seconds * SECOND);
	CHECK(mock.counter < (seconds + 1) * SECOND);
	CHECK(!sdhost_rig.broken);
}

TEST_APART(sdhost_is_never_free)
{
	sdhost_rig_make(CARD_HIGH);
	sdhost_rig.never_free = true;
	check_probe(-ETIMEDOUT, 5);
	CHECK_EQ(sdhost_rig.sent, 0);
}

TEST_APART(sdhost_card_is_always_busy)
{
	sdhost_rig_make(CARD_HIGH);
	sdhost_rig.never_idle = true;
	check_probe(-ETIMEDOUT, 5);
}

TEST_APART(sdhost_command_fails_at_the_start)
{
	sdhost_rig_make(CARD_HIGH);
	sdhost_rig.failing = 9;
	sdhost_rig.fails = true;
	sdhost_rig.status = 1u << 4;
	check_probe(-EIO, 0);
}

/* A CRC that is wrong is right for R3 only, and no other fault is. */
TEST_APART(sdhost_has_a_card_that_does_not_say_its_power)
{
	sdhost_rig_make(CARD_EMMC);
	sdhost_rig.failing = 1;
	sdhost_rig.fails = true;
	sdhost_rig.status = 1u << 5;
	check_probe(0, 0);
}

static void check_fails(unsigned int blocks, int want)
{
	uint32_t answer[4];

	CHECK_EQ(read_blocks(8, blocks), want);
	CHECK_EQ(sdhost_rig.stops, 1);
	CHECK(!sdhost_rig.broken);
	sdhost_rig.failing = CARD_FAILS_NEVER;
	sdhost_rig.words = SDHOST_RIG_ALL;
	sdhost_rig.count = 0;
	sdhost_rig.end = 4;
	card_rig_send(12, 0, answer);
	CHECK_EQ(read_blocks(8, 4), 0);
	CHECK(is_right(8, 4));
	sdhost_rig.stops = 0;
}

TEST_APART(sdhost_command_fails)
{
	static const struct {
		uint32_t status;
		int want;
	} faults[] = {
		{ 1u << 4, -EIO }, { 1u << 5, -EIO }, { 0, -EIO },
		{ 1u << 6, -ETIMEDOUT }, { 1u << 6 | 1u << 4, -ETIMEDOUT },
	};

	start(CARD_HIGH);
	for (unsigned int i = 0; i < ARRAY_SIZE(faults); i++)
		for (unsigned int blocks = 1; blocks < 3; blocks++) {
			sdhost_rig.failing = blocks > 1 ? 18 : 17;
			sdhost_rig.fails = true;
			sdhost_rig.status = faults[i].status;
			check_fails(blocks, faults[i].want);
		}
}

TEST_APART(sdhost_command_never_ends)
{
	start(CARD_HIGH);
	sdhost_rig.failing = 18;
	sdhost_rig.mute = true;
	/* The one that would stop it waits for it as well. */
	CHECK_EQ(read_blocks(8, 2), -ETIMEDOUT);
	CHECK_EQ(sdhost_rig.stops, 0);
	CHECK(mock.counter < 11 * SECOND);
}

/* Wherever the data end: nothing, a word, a block, all but the last, all. */
TEST_APART(sdhost_data_fail)
{
	static const uint32_t bits[] = { 1u << 3, 1u << 5, 1u << 7 };
	static const uint32_t words[] = { 0, 1, 127, 128, 300, 511, 512 };

	start(CARD_HIGH);
	for (unsigned int i = 0; i < ARRAY_SIZE(bits); i++)
		for (unsigned int n = 0; n < ARRAY_SIZE(words); n++) {
			sdhost_rig.words = words[n];
			sdhost_rig.data_status = bits[i];
			check_fails(4, -EIO);
		}
	CHECK(mock.counter < SECOND);
	sdhost_rig.words = 0;
	check_fails(1, -EIO);
}

TEST_APART(sdhost_data_never_come)
{
	static const uint32_t words[] = { 0, 1, 128, 511 };

	start(CARD_HIGH);
	for (unsigned int n = 0; n < ARRAY_SIZE(words); n++) {
		sdhost_rig.words = words[n];
		check_fails(4, -EIO);
	}
	CHECK(mock.counter >= 20 * SECOND);
	CHECK(mock.counter < 21 * SECOND);
}

/* More than it can hold, and more than is left of what was asked for. */
TEST_APART(sdhost_fifo_counts_too_many)
{
	static const unsigned int counts[] = { 1, 3, 17, 31 };

	start(CARD_HIGH);
	for (unsigned int i = 0; i < ARRAY_SIZE(counts); i++) {
		sdhost_rig.count = counts[i];
		CHECK_EQ(read_blocks(2, 3), 0);
		CHECK(is_right(2, 3));
	}
	/* Words that are none, and the host knows. */
	sdhost_rig.stops = 0;
	sdhost_rig.words = 200;
	sdhost_rig.data_status = 1u << 3;
	check_fails(2, -EIO);
}

TEST_APART(sdhost_machine_never_settles)
{
	start(CARD_HIGH);
	sdhost_rig.end = 7;
	check_fails(4, -ETIMEDOUT);
	CHECK(mock.counter >= 5 * SECOND);
	CHECK(mock.counter < 6 * SECOND);
}

TEST_APART(sdhost_machine_has_settled_before)
{
	start(CARD_HIGH);
	for (sdhost_rig.end = 0; sdhost_rig.end < 2; sdhost_rig.end++) {
		CHECK_EQ(read_blocks(0, 2), 0);
		CHECK(is_right(0, 2));
	}
	CHECK_EQ(sdhost_rig.forced, 0);
	CHECK_EQ(sdhost_rig.stops, 2);
}

/* All data are there; that the card goes on sending is an error. */
TEST_APART(sdhost_card_cannot_be_stopped)
{
	start(CARD_HIGH);
	sdhost_rig.failing = 12;
	sdhost_rig.fails = true;
	sdhost_rig.status = 1u << 4;
	check_fails(2, -EIO);
	sdhost_rig.failing = 12;
	sdhost_rig.status = 1u << 6;
	check_fails(2, -ETIMEDOUT);
}
