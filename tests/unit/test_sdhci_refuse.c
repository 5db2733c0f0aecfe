/* SPDX-License-Identifier: BSD-2-Clause */
/* SD hosts: what fails, what never ends, and what the driver says to it. */
#include "block.h"
#include "driver.h"
#include "err.h"
#include "test_disk_rig.h"
#include "test_sdhci_rig.h"
#include "unit.h"
#include <string.h>

#define SECOND	arch_counter_freq()

static const struct sdhci_kind standard = { .dma = true };

static struct sdhci host;
static uint8_t far[64 + 8192] __attribute__((aligned(64)));
static uint8_t *const near = (uint8_t *)SDHCI_RIG_DATA;

static void start(void)
{
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
}

/* A command of eight blocks, or of one; nothing changes around them. */
static int read_to(uint8_t *to, unsigned int blocks)
{
	const struct disk_run run = { 4096, 512 * blocks, to + 64 };
	int err;

	memset(to, 0xee, 8192);
	err = disk_read_runs(&host.card.block.disk, &run, 1);
	CHECK_EQ(to[63], 0xee);
	CHECK_EQ(to[64 + 512 * blocks], 0xee);
	return err;
}

/* It fails, its lines are reset, and then it works. */
static void check_fails(uint8_t *to, unsigned int blocks, int want)
{
	const unsigned int resets = sdhci_rig.line_resets;

	sdhci_rig.failing = blocks > 1 ? 18 : 17;
	CHECK_EQ(read_to(to, blocks), want);
	CHECK_EQ(sdhci_rig.line_resets, resets + 1);
	sdhci_rig.failing = CARD_FAILS_NEVER;
	CHECK(!sdhci_rig.broken);
}

/* The card has not seen the end of a command that failed in the middle. */
static void check_works(uint8_t *to)
{
	uint32_t answer[4];

	card_rig_send(12, 0, answer);
	CHECK_EQ(read_to(to, 8), 0);
	CHECK(!memcmp(to + 64, card_rig.bytes + 4096, 4096));
	CHECK(!sdhci_rig.broken);
}

/* 2.2.18: no answer, CRC, end bit, index. */
TEST_APART(sdhci_command_fails)
{
	static const uint32_t bits[] = { 1u << 17, 1u << 18, 1u << 19 };

	start();
	for (unsigned int i = 0; i < ARRAY_SIZE(bits); i++) {
		sdhci_rig.command_status = bits[i];
		check_fails(near, 1, -EIO);
		check_fails(far, 8, -EIO);
		sdhci_rig.command_status |= SDHCI_STATUS_COMMAND;
		check_fails(near, 1, -EIO);
	}
	sdhci_rig.command_status = 1u << 16;
	check_fails(near, 1, -ETIMEDOUT);
	sdhci_rig.command_status = 1u << 16 | 1u << 17;
	check_fails(near, 1, -ETIMEDOUT);
	check_works(near);
}

/* No data, CRC, end bit, the end by CMD12, ADMA; NXP's DMA. */
static void check_data(uint8_t *to)
{
	static const uint32_t bits[] = { 1u << 20, 1u << 21, 1u << 22,
					 1u << 24, 1u << 25, 1u << 28 };
	static const unsigned int after[] = { 0, 1, 7, 8 };

	start();
	for (unsigned int i = 0; i < ARRAY_SIZE(bits); i++)
		for (unsigned int n = 0; n < ARRAY_SIZE(after); n++) {
			sdhci_rig.data_status = bits[i];
			sdhci_rig.after = after[n];
			check_fails(to, 8, -EIO);
			check_works(to);
		}
	sdhci_rig.after = 0;
	check_fails(to, 1, -EIO);
	check_works(to);
	/* A good sign beside the bad one. */
	sdhci_rig.data_status |= SDHCI_STATUS_TRANSFER;
	check_fails(to, 1, -EIO);
}

TEST_APART(sdhci_data_fail)
{
	check_data(near);
	CHECK_EQ(sdhci_rig.words, 0);
	check_data(far);
	CHECK(sdhci_rig.words > 0);
}

TEST_APART(sdhci_data_never_come)
{
	static const unsigned int after[] = { 0, 1, 8 };

	for (unsigned int i = 0; i < ARRAY_SIZE(after); i++) {
		start();
		sdhci_rig.stalls = true;
		sdhci_rig.after = after[i];
		check_fails(near, 8, -ETIMEDOUT);
		check_works(near);
		check_fails(far, 8, -ETIMEDOUT);
		check_works(far);
		CHECK(mock.counter >= 10 * SECOND);
		CHECK(mock.counter < 11 * SECOND);
	}
}

/* All of it came, it says, and there are blocks that it has not brought. */
TEST_APART(sdhci_data_end_early)
{
	start();
	sdhci_rig.data_status = SDHCI_STATUS_TRANSFER;
	sdhci_rig.after = 3;
	check_fails(far, 8, -ETIMEDOUT);
	check_works(far);
}

TEST_APART(sdhci_command_never_ends)
{
	start();
	sdhci_rig.mute = true;
	check_fails(near, 1, -ETIMEDOUT);
	check_fails(far, 8, -ETIMEDOUT);
	CHECK(mock.counter >= 10 * SECOND);
	CHECK(mock.counter < 11 * SECOND);
	check_works(near);
}

/* The error stays an error where even the lines are not given back. */
TEST_APART(sdhci_lines_are_never_reset)
{
	start();
	sdhci_rig.lines_never_reset = true;
	sdhci_rig.command_status = 1u << 17;
	check_fails(near, 1, -EIO);
	CHECK(mock.counter >= 5 * SECOND);
	CHECK(mock.counter < 6 * SECOND);
}

/* Nothing is sent while it says that it cannot be. */
TEST_APART(sdhci_lines_are_never_free)
{
	for (uint32_t bits = 1; bits < 4; bits++) {
		unsigned int sent;

		start();
		sent = sdhci_rig.sent;
		sdhci_rig.inhibits = bits;
		CHECK_EQ(read_to(near, 1), -ETIMEDOUT);
		CHECK_EQ(sdhci_rig.sent, sent);
		sdhci_rig.inhibits = 0xfffffff4;
		CHECK_EQ(read_to(near, 1), 0);
	}
}

/* One fact of the good controller is another: what does the driver say? */
#define CHECK_PROBE(field, value, want)					\
	do {								\
		sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);		\
		sdhci_rig.field = (value);				\
		CHECK_EQ(sdhci_rig_probe(), want);			\
		CHECK(!block_disk(0));					\
		CHECK(mock.counter < 6 * SECOND);			\
		CHECK(!sdhci_rig.broken);				\
	} while (0)

TEST_APART(sdhci_is_refused)
{
	CHECK_PROBE(no_regs, true, -ENODEV);
	CHECK_PROBE(regs_size, 0, -EINVAL);
	CHECK_PROBE(regs_size, 0x5b, -EINVAL);
	CHECK_EQ(sdhci_rig.resets, 0);
	CHECK_PROBE(never_resets, true, -ETIMEDOUT);
	CHECK_PROBE(never_stable, true, -ETIMEDOUT);
	CHECK_EQ(sdhci_rig.sent, 0);
	CHECK_PROBE(inhibits, 1, -ETIMEDOUT);
	CHECK_PROBE(inhibits, 2, -ETIMEDOUT);
	CHECK_PROBE(capabilities, 1u << 19, -EINVAL);
	CHECK_EQ(sdhci_rig.sent, 0);
	CHECK_PROBE(busy, SDHCI_RIG_NEVER, -ETIMEDOUT);
}

TEST_APART(sdhci_of_nxp_is_refused)
{
	sdhci_rig_make("fsl,imx8mp-usdhc", CARD_HIGH);
	sdhci_rig.never_stable = true;
	CHECK_EQ(sdhci_rig_probe(), -ETIMEDOUT);
	CHECK_EQ(sdhci_rig.sent, 0);
	CHECK(!block_disk(0));
}

/* The card's own refusals come through; the host's place is free again. */
TEST_APART(sdhci_card_is_refused)
{
	for (unsigned int i = 0; i < 5; i++) {
		sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
		sdhci_rig.failing = 2;
		sdhci_rig.command_status = 1u << 17;
		CHECK_EQ(sdhci_rig_probe(), -EIO);
		CHECK_EQ(sdhci_rig.line_resets, 1);
	}
	CHECK(!block_disk(0));
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	CHECK_EQ(sdhci_rig_probe(), 0);
	CHECK(block_disk(0));
}

/* Who adds a name for the driver must tell what it is. */
TEST_APART(sdhci_has_a_name_without_a_kind)
{
	struct dt tree;
	const struct device device = {
		.tree = &tree, .compatible = "none,such",
		.regs = region_of(0x1000, 0x100) };
	const struct driver *const *it;
	const char *why;
	int err = 0;

	rig_machine(0);
	CHECK_EQ(dt_open(&tree, (void *)MOCK_RAM_BASE, SZ_64K, &why), 0);
	table_for_each(driver, it)
		if (!strcmp((*it)->name, "sdhci"))
			err = (*it)->probe(&device);
	CHECK_EQ(err, -ENODEV);
}
