/* SPDX-License-Identifier: BSD-2-Clause */
/* Cards of each kind in a host without faults, and cards that make no sense. */
#include "block.h"
#include "err.h"
#include "mock.h"
#include "test_card_rig.h"
#include "unit.h"
#include "../../drivers/mmc/mmc.h"
#include <string.h>

#define SECOND	arch_counter_freq()

static uint8_t to[CARD_RIG_SIZE + 512] __attribute__((aligned(64)));

/* The host of the test: what it is told, and what it answers. */
static struct {
	uint32_t hz, hz_fails;
	bool wide;
	int error;		/* of a clock that is hz_fails */
	bool broken;
} slot;

static struct mmc_card card;

/* Table 4-22 and following: R2 and R3 are known by who asks for them. */
static bool is_right_response(const struct mmc_command *c)
{
	switch (c->index) {
	case 0:
		return c->response == MMC_NONE;
	case 1:
	case 41:
		return c->response == MMC_R3;
	case 2:
	case 9:
		return c->response == MMC_R2;
	case 7:
		return c->response == MMC_R1B;
	case 6:
		return c->response == (card.emmc ? MMC_R1B : MMC_R1);
	default:
		return c->response == MMC_R1;
	}
}

static int bring(const struct mmc_data *data)
{
	slot.broken |= slot.wide != card_rig.wide || slot.hz > 25000000 ||
		       !data->blocks || data->blocks > 8 ||
		       (uintptr_t)data->to % 64;
	for (uint32_t i = 0; i < data->blocks; i++) {
		const uint8_t *block = card_rig_block();

		if (!block)
			return -EIO;
		memcpy((uint8_t *)data->to + i * 512, block, 512);
	}
	return 0;
}

static int command(struct mmc_host *host, struct mmc_command *c,
		   const struct mmc_data *data)
{
	uint32_t answer[4];
	int err = card_rig_send(c->index, c->argument, answer);

	slot.broken |= !is_right_response(c) || !slot.hz ||
		       (!data && c->index <= 3 && slot.hz > 400000);
	for (unsigned int i = 0; i < 4; i++)
		c->answer[i] = c->response != MMC_R2 ? answer[i] :
			       answer[i] >> 8 |
			       (i < 3 ? answer[i + 1] << 24 : 0);
	if (!err && data)
		err = bring(data);
	if (data && data->blocks > 1)
		card_rig_send(12, 0, answer);
	return err;
}

static int set_clock(struct mmc_host *host, uint32_t hz)
{
	slot.hz = hz;
	return hz == slot.hz_fails ? slot.error : 0;
}

static void set_wide(struct mmc_host *host)
{
	slot.wide = true;
}

static struct mmc_host host = { command, set_clock, set_wide, 8 };

static void make(enum card_kind kind)
{
	mock_reset();
	mock.tick = 10000;
	memset(&slot, 0, sizeof(slot));
	card_rig_make(kind);
}

static int add(void)
{
	return mmc_add_card(&host, &card);
}

static int read_one(uint64_t offset, uint64_t at, uint64_t size)
{
	const struct disk_run run = { offset, size, to + at };

	return disk_read_runs(&card.block.disk, &run, 1);
}

TEST_APART(card_of_each_kind_is_read)
{
	for (unsigned int kind = CARD_OLD; kind <= CARD_EMMC; kind++) {
		const bool high = kind == CARD_HIGH || kind == CARD_EMMC;

		make(kind);
		CHECK_EQ(add(), 0);
		CHECK(!strcmp(block_disk(0)->name, "mmc0"));
		CHECK_EQ(card.block.disk.size, CARD_RIG_SIZE);
		CHECK_EQ(card.block.disk.block, 512);
		CHECK_EQ(card.by_block, high);
		CHECK_EQ(card.emmc, kind >= CARD_EMMC_SMALL);
		CHECK_EQ(read_one(0, 0, CARD_RIG_SIZE), 0);
		CHECK(!memcmp(to, card_rig.bytes, CARD_RIG_SIZE));
		CHECK_EQ(card_rig.reads, CARD_RIG_SIZE / 512 / 8);
		CHECK_EQ(read_one(5120, 64, 512), 0);
		CHECK_EQ(card_rig.argument, high ? 10 : 5120);
		CHECK(!memcmp(to + 64, card_rig.bytes + 5120, 512));
		CHECK(card_rig.wide && !card_rig.broken && !slot.broken);
		CHECK_EQ(slot.hz, 25000000);
		block_stop_all();
	}
}

/* Commands of eight blocks, and one of what is left; not a byte more. */
TEST_APART(card_is_read_by_parts)
{
	make(CARD_HIGH);
	CHECK_EQ(add(), 0);
	memset(to, 0xee, sizeof(to));
	CHECK_EQ(read_one(512, 64, 17 * 512), 0);
	CHECK_EQ(card_rig.reads, 3);
	CHECK(!memcmp(to + 64, card_rig.bytes + 512, 17 * 512));
	CHECK_EQ(to[63], 0xee);
	CHECK_EQ(to[64 + 17 * 512], 0xee);
	CHECK(!card_rig.broken && !slot.broken);
}

TEST_APART(card_is_sent_to_sleep)
{
	make(CARD_EMMC);
	CHECK_EQ(add(), 0);
	CHECK(!card_rig.is_idle);
	block_stop_all();
	CHECK(card_rig.is_idle);
	CHECK(!block_disk(0));
}

TEST_APART(card_has_any_address)
{
	static const uint16_t addresses[] = { 1, 0x7fff, 0x8000, 0xffff };

	for (unsigned int i = 0; i < ARRAY_SIZE(addresses); i++) {
		make(CARD_STANDARD);
		card_rig.address = addresses[i];
		CHECK_EQ(add(), 0);
		CHECK_EQ(card.address, addresses[i]);
		CHECK(!card_rig.broken);
	}
}

/* 0 is nobody's: who is selected by it is deselected. */
TEST_APART(card_has_no_address)
{
	make(CARD_HIGH);
	card_rig.address = 0;
	CHECK_EQ(add(), -ETIMEDOUT);
	CHECK(!block_disk(0));
}

static void check_size(uint32_t c_size, uint32_t multiplier, uint32_t length,
		       uint64_t want)
{
	make(CARD_STANDARD);
	card_rig_csd(62, 12, c_size);
	card_rig_csd(47, 3, multiplier);
	card_rig_csd(80, 4, length);
	CHECK_EQ(add(), want ? 0 : -EINVAL);
	CHECK_EQ(card.block.disk.size, want);
}

TEST_APART(card_has_a_size_by_its_first_csd)
{
	check_size(0, 0, 9, 2048);
	check_size(4095, 7, 9, SZ_1G);
	check_size(4095, 7, 10, 2ull * SZ_1G);
	check_size(4095, 7, 11, 4ull * SZ_1G);
	check_size(4095, 7, 15, 64ull * SZ_1G);
	check_size(4, 0, 6, 1024);
	check_size(1, 0, 6, 512);
	check_size(0, 0, 6, 0);
	check_size(0, 0, 0, 0);
}

TEST_APART(card_has_a_size_by_its_second_csd)
{
	make(CARD_HIGH);
	card_rig_csd(48, 22, 0);
	CHECK_EQ(add(), 0);
	CHECK_EQ(card.block.disk.size, 512 * SZ_1K);
	make(CARD_HIGH);
	card_rig_csd(48, 22, 0x3fffff);
	CHECK_EQ(add(), 0);
	CHECK_EQ(card.block.disk.size, 1ull << 41);
	/* The last block of such a one has a number, and no more than that. */
	CHECK_EQ(read_one((1ull << 41) - 512, 0, 512), -ETIMEDOUT);
	CHECK_EQ(card_rig.argument, UINT32_MAX);
}

/* SDUC, and what nobody has defined yet. */
TEST_APART(card_has_a_csd_that_nobody_knows)
{
	for (uint32_t version = 2; version < 4; version++) {
		make(CARD_HIGH);
		card_rig_csd(126, 2, version);
		CHECK_EQ(add(), -ENOTSUP);
	}
	CHECK(!block_disk(0));
}

TEST_APART(card_has_a_size_by_its_ext_csd)
{
	make(CARD_EMMC);
	card_rig.sectors = UINT32_MAX;
	CHECK_EQ(add(), 0);
	CHECK_EQ(card.block.disk.size, 512ull * UINT32_MAX);
	make(CARD_EMMC_SMALL);
	card_rig.sectors = 1;
	card_rig_csd(126, 2, 1);	/* which an SD card would mean */
	CHECK_EQ(add(), 0);
	CHECK_EQ(card.block.disk.size, CARD_RIG_SIZE);
	make(CARD_EMMC);
	card_rig.sectors = 0;
	CHECK_EQ(add(), -EINVAL);
	make(CARD_EMMC);
	card_rig.blocks = 0;
	CHECK_EQ(add(), -EIO);
	CHECK(!block_disk(2));
}

/* It counts bytes, and says that it has more than can be counted. */
TEST_APART(card_is_larger_than_its_addresses)
{
	make(CARD_STANDARD);
	card_rig_csd(126, 2, 1);
	card_rig_csd(48, 22, 0x3fffff);
	CHECK_EQ(add(), 0);
	CHECK_EQ(read_one(4ull * SZ_1G, 0, 512), -ERANGE);
	CHECK_EQ(card_rig.reads, 0);
	CHECK_EQ(read_one(SZ_1M, 0, 512), 0);
	CHECK(!memcmp(to, card_rig.bytes + SZ_1M, 512));
}

TEST_APART(card_is_ready_late)
{
	for (unsigned int kind = CARD_OLD; kind <= CARD_EMMC; kind++) {
		make(kind);
		card_rig.busy = 1000;
		CHECK_EQ(add(), 0);
		CHECK_EQ(card_rig.busy, 0);
	}
}

TEST_APART(card_is_never_ready)
{
	for (unsigned int kind = CARD_NONE; kind <= CARD_EMMC; kind++) {
		make(kind);
		card_rig.busy = UINT32_MAX;
		CHECK_EQ(add(), kind == CARD_NONE ? -ENODEV : -ETIMEDOUT);
		CHECK(mock.counter < 5 * SECOND);
	}
	CHECK(!block_disk(0));
}

/* What does not give the pattern back is asked as an old one. */
TEST_APART(card_has_another_pattern)
{
	make(CARD_STANDARD);
	card_rig.if_cond = 1;
	CHECK_EQ(add(), 0);
	make(CARD_HIGH);
	card_rig.if_cond = 0x100;
	CHECK_EQ(add(), -ETIMEDOUT);
	make(CARD_HIGH);
	card_rig.if_cond = 0xfffff000;
	CHECK_EQ(add(), 0);
}

/* One command is not answered, or wrongly: what does the driver say? */
static void check_fails(enum card_kind kind, unsigned int index, int want)
{
	static const int errors[] = { -ETIMEDOUT, -EIO };

	for (unsigned int i = 0; i < ARRAY_SIZE(errors); i++) {
		make(kind);
		card_rig.failing = index;
		card_rig.error = errors[i];
		CHECK_EQ(add(), want ? want : errors[i]);
		CHECK(!block_disk(0));
	}
}

TEST_APART(card_fails_while_it_is_found)
{
	check_fails(CARD_HIGH, 0, 0);
	check_fails(CARD_HIGH, 8, -ETIMEDOUT);
	check_fails(CARD_HIGH, 55, -ENODEV);
	check_fails(CARD_HIGH, CARD_APP(41), -ENODEV);
	check_fails(CARD_HIGH, 2, 0);
	check_fails(CARD_HIGH, 3, 0);
	check_fails(CARD_HIGH, 9, 0);
	check_fails(CARD_HIGH, 7, 0);
	check_fails(CARD_HIGH, CARD_APP(6), 0);
	check_fails(CARD_STANDARD, 16, 0);
	check_fails(CARD_EMMC, 1, -ENODEV);
	check_fails(CARD_EMMC, 3, 0);
	check_fails(CARD_EMMC, 6, 0);
	check_fails(CARD_EMMC_SMALL, 16, 0);
}

TEST_APART(card_fails_while_it_is_read)
{
	static const unsigned int reads[] = { 17, 18 };
	/* Commands of eight blocks, of one, of one. */
	const struct disk_run runs[] = { { 0, 4608, to }, { 0, 512, to } };

	make(CARD_HIGH);
	CHECK_EQ(add(), 0);
	for (unsigned int i = 0; i < ARRAY_SIZE(reads); i++) {
		card_rig.failing = reads[i];
		card_rig.error = -EIO;
		CHECK_EQ(read_one(0, 0, reads[i] == 17 ? 512 : 1024), -EIO);
	}
	card_rig.error = -ETIMEDOUT;
	card_rig.commands = 0;
	CHECK_EQ(disk_read_runs(&card.block.disk, runs, 2), -ETIMEDOUT);
	CHECK_EQ(card_rig.commands, 2);	/* and the end of the first */
	card_rig.failing = CARD_FAILS_NEVER;
	CHECK_EQ(disk_read_runs(&card.block.disk, runs, 2), 0);
	card_rig.blocks = 3;
	CHECK_EQ(read_one(0, 0, 4096), -EIO);
}

TEST_APART(card_is_in_a_host_without_a_clock)
{
	static const uint32_t clocks[] = { 400000, 25000000 };

	for (unsigned int i = 0; i < ARRAY_SIZE(clocks); i++) {
		make(CARD_HIGH);
		slot.hz_fails = clocks[i];
		slot.error = -ETIMEDOUT;
		CHECK_EQ(add(), -ETIMEDOUT);
		CHECK_EQ(card_rig.commands > 0, i);
	}
	CHECK(!block_disk(0));
}

TEST_APART(card_is_one_too_many)
{
	static struct block others[BLOCK_DISKS];

	for (unsigned int i = 0; i < BLOCK_DISKS; i++)
		CHECK_EQ(block_add(&others[i], "other"), 0);
	make(CARD_HIGH);
	CHECK_EQ(add(), -ENOSPC);
}
