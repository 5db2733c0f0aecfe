/* SPDX-License-Identifier: BSD-2-Clause */
/* SD hosts: each kind of controller, by the CPU and by ADMA2. */
#include "block.h"
#include "err.h"
#include "test_sdhci_rig.h"
#include "unit.h"
#include <stddef.h>
#include <string.h>

#define MODE_DMA	1u

static const struct sdhci_kind standard = { .dma = true };
static const struct sdhci_kind usdhc = { .usdhc = true, .dma = true,
					 .clock = 200000000 };

static struct sdhci host;
static uint8_t far[SZ_1M + 64] __attribute__((aligned(64)));
static uint8_t *const near = (uint8_t *)SDHCI_RIG_DATA;

static int read_to(uint8_t *to, uint64_t offset, uint64_t size)
{
	const struct disk_run run = { offset, size, to };

	memset(to - 64, 0xee, size + 128);
	return disk_read_runs(&host.card.block.disk, &run, 1);
}

static bool is_right(const uint8_t *to, uint64_t offset, uint64_t size)
{
	return !memcmp(to, card_rig.bytes + offset, size) &&
	       to[-1] == 0xee && to[size] == 0xee;
}

/* Who has become disk @number. */
static const struct sdhci *host_of(unsigned int number)
{
	const uint8_t *card = block_disk(number)->device;

	return (const void *)(card - offsetof(struct sdhci, card));
}

/* As the tree names it; its table is where it cannot reach it. */
static void check_kind(const char *compatible, enum card_kind kind,
		       unsigned int number)
{
	sdhci_rig_make(compatible, kind);
	CHECK_EQ(sdhci_rig_probe(), 0);
	if (!CHECK(block_disk(number)))
		return;
	CHECK_EQ(block_disk(number)->size, CARD_RIG_SIZE);
	CHECK_EQ(disk_read(block_disk(number), 0, far, SZ_1M), 0);
	CHECK(!memcmp(far, card_rig.bytes, SZ_1M));
	CHECK(sdhci_rig.words >= SZ_1M / 4);
	CHECK_EQ(sdhci_rig.hz, 25000000);
	CHECK_EQ(sdhci_rig.moved, 0);
	CHECK(card_rig.wide && !card_rig.broken && !sdhci_rig.broken);
}

TEST_APART(sdhci_of_arasan_is_found)
{
	check_kind("xlnx,zynqmp-8.9a", CARD_OLD, 0);
	check_kind("xlnx,versal-8.9a", CARD_HIGH, 1);
	check_kind("arasan,sdhci-8.9a", CARD_EMMC, 2);
	CHECK_EQ(sdhci_rig.control, 0xf02);	/* power, four lines */
	CHECK(host_of(0)->coherent);
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	sdhci_rig.coherent = false;
	CHECK_EQ(sdhci_rig_probe(), 0);
	CHECK(!host_of(3)->coherent);
}

TEST_APART(sdhci_of_broadcom_is_found)
{
	check_kind("brcm,bcm2835-sdhci", CARD_HIGH, 0);
	CHECK_EQ(sdhci_rig.control, 0xf02);
	CHECK(host_of(0)->kind->slow_writes);
	check_kind("brcm,bcm2711-emmc2", CARD_STANDARD, 1);
	check_kind("brcm,bcm2711-emmc2", CARD_EMMC_SMALL, 2);
}

TEST_APART(sdhci_of_nxp_is_found)
{
	check_kind("fsl,imx8mp-usdhc", CARD_HIGH, 0);
	check_kind("fsl,imx8mp-usdhc", CARD_EMMC, 1);
	CHECK_EQ(sdhci_rig.control, 0x22);
}

TEST_APART(sdhci_slots_are_empty)
{
	for (unsigned int i = 0; i < 6; i++) {
		sdhci_rig_make("xlnx,zynqmp-8.9a", CARD_NONE);
		CHECK_EQ(sdhci_rig_probe(), 0);
	}
	CHECK(!block_disk(0));
	CHECK(!sdhci_rig.broken);
}

TEST_APART(sdhci_hosts_are_too_many)
{
	sdhci_rig_make("xlnx,zynqmp-8.9a", CARD_HIGH);
	for (unsigned int i = 0; i < 4; i++)
		check_kind("xlnx,zynqmp-8.9a", CARD_HIGH, i);
	sdhci_rig_make("xlnx,zynqmp-8.9a", CARD_HIGH);
	CHECK_EQ(sdhci_rig_probe(), -ENOSPC);
	CHECK_EQ(sdhci_rig.resets, 0);
	CHECK(!strcmp(block_disk(3)->name, "mmc3"));
	CHECK(!block_disk(4));
}

static void check_dma(const struct sdhci_kind *kind, uint64_t size,
		      unsigned int descriptors)
{
	sdhci_rig.moved = 0;
	CHECK_EQ(read_to(near + 64, 1024, size), 0);
	CHECK(is_right(near + 64, 1024, size));
	CHECK_EQ(sdhci_rig.descriptors, descriptors);
	CHECK_EQ(sdhci_rig.moved, size);
	CHECK_EQ(sdhci_rig.words, 0);
	CHECK(!card_rig.broken && !sdhci_rig.broken);
}

/* A command has 16 pieces of 64 KiB at most. */
static void check_all_dma(const char *compatible,
			  const struct sdhci_kind *kind)
{
	sdhci_rig_make(compatible, CARD_EMMC);
	sdhci_rig.capabilities &= ~(1u << (kind->usdhc ? 19 : 20));
	CHECK_EQ(sdhci_rig_start(&host, kind), 0);
	CHECK_EQ(sdhci_rig.words, 128);	/* EXT_CSD, to where it is out of reach */
	sdhci_rig.words = 0;
	check_dma(kind, 512, 1);
	check_dma(kind, SZ_64K, 1);
	check_dma(kind, SZ_64K + 512, 2);
	check_dma(kind, SZ_1M, 16);
	check_dma(kind, SZ_1M + 1024, 1);
	check_dma(kind, 3 * SZ_1M, 16);
	CHECK_EQ(mock.cleaned, 0);
}

TEST_APART(sdhci_brings_data)
{
	check_all_dma("arasan,sdhci-8.9a", &standard);
	check_all_dma("fsl,imx8mp-usdhc", &usdhc);
}

/* Whoever sees no caches gets what is meant, and so do we. */
TEST_APART(sdhci_memory_is_cleaned)
{
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	sdhci_rig.coherent = false;
	CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
	CHECK_EQ(mock.cleaned, 0);
	CHECK_EQ(read_to(near, 0, SZ_64K + 512), 0);
	CHECK_EQ(sdhci_rig.cleaned, 2);
	CHECK_EQ(mock.cleaned, 3);
	CHECK_EQ(mock.clean[0].base, SDHCI_RIG_TABLE);
	CHECK_EQ(mock.clean[0].size, 16);
	for (unsigned int i = 1; i < 3; i++) {
		CHECK_EQ(mock.clean[i].base, SDHCI_RIG_DATA);
		CHECK_EQ(mock.clean[i].size, SZ_64K + 512);
	}
	CHECK_EQ(read_to(far + 64, 0, 512), 0);
	CHECK_EQ(mock.cleaned, 3);
}

/* Word by word, where the controller does not reach or has no DMA. */
static void check_words(uint8_t *to, uint64_t size)
{
	sdhci_rig.words = 0;
	CHECK_EQ(read_to(to, 512, size), 0);
	CHECK(is_right(to, 512, size));
	CHECK_EQ(sdhci_rig.words, size / 4);
	CHECK_EQ(sdhci_rig.mode & MODE_DMA, 0);
	CHECK(!card_rig.broken && !sdhci_rig.broken);
}

TEST_APART(sdhci_has_no_dma)
{
	static const struct sdhci_kind plain = { .clock = 100000000 };

	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	sdhci_rig.capabilities &= ~(1u << 19);
	CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
	check_words(near, 4096);
	sdhci_rig_make("fsl,imx8mp-usdhc", CARD_HIGH);
	sdhci_rig.capabilities &= ~(1u << 20);
	CHECK_EQ(sdhci_rig_start(&host, &usdhc), 0);
	check_words(near, 4096);
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	CHECK_EQ(sdhci_rig_start(&host, &plain), 0);
	check_words(near, 512);
}

TEST_APART(sdhci_does_not_reach_what_is_far)
{
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
	CHECK_EQ(sdhci_rig.control, 0xf12);	/* with ADMA2 */
	CHECK((uintptr_t)far > UINT32_MAX);
	check_words(far + 64, SZ_1M - 128 - 384);
	check_words(far + 64, 512);
}

/* The loader may lie above 4 GiB, as this process does. */
TEST_APART(sdhci_does_not_reach_its_table)
{
	const uint64_t room = SDHCI_DESCRIPTORS *
			      sizeof(struct sdhci_descriptor);
	const uint64_t tables[] = { (1ull << 32) - room + 64, 1ull << 32,
				    (uintptr_t)far };

	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++) {
		sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
		sdhci_rig.table = tables[i];
		CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
		check_words(near + 64, 4096);
		CHECK_EQ(sdhci_rig.control, 0xf02);
	}
	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	sdhci_rig.table = (1ull << 32) - room;
	CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
	CHECK_EQ(sdhci_rig.control, 0xf12);
}

TEST_APART(sdhci_reaches_up_to_4_gib)
{
	const struct mmc_data below = { (void *)0xfffffc00, 2 };
	const struct mmc_data over = { (void *)0xfffffc00, 3 };
	const struct mmc_data above = { (void *)0x100000000, 1 };

	host = (struct sdhci){ .dma = true };
	CHECK(sdhci_reaches(&host, &below));
	CHECK(!sdhci_reaches(&host, &over));
	CHECK(!sdhci_reaches(&host, &above));
	host.dma = false;
	CHECK(!sdhci_reaches(&host, &below));
}

/* Two cycles of the slowest clock. */
TEST_APART(sdhci_is_written_slowly)
{
	static const struct sdhci_kind slow = { .clock = 100000000,
						.slow_writes = true };
	const uint64_t cycles = arch_counter_freq() / 200000;

	sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
	CHECK_EQ(sdhci_rig_start(&host, &slow), 0);
	mock.tick = 1;
	sdhci_rig.closest = UINT64_MAX;
	CHECK_EQ(read_to(far + 64, 0, 2048), 0);
	CHECK(sdhci_rig.closest > cycles);
	CHECK(sdhci_rig.closest < 2 * cycles);
}

/* Never faster than what the card may have, whatever feeds the controller. */
TEST_APART(sdhci_has_any_clock)
{
	for (uint32_t mhz = 1; mhz < 256; mhz++) {
		sdhci_rig_make("arasan,sdhci-8.9a", CARD_HIGH);
		sdhci_rig.capabilities = mhz << 8;
		CHECK_EQ(sdhci_rig_start(&host, &standard), 0);
		CHECK(sdhci_rig.hz <= 25000000);
		CHECK(sdhci_rig.hz >= (mhz <= 50 ? mhz * 500000 : 12500000));
		CHECK(!sdhci_rig.broken);
		block_stop_all();
	}
}

TEST_APART(sdhci_card_rests_at_the_end)
{
	sdhci_rig_make("xlnx,zynqmp-8.9a", CARD_EMMC);
	CHECK_EQ(sdhci_rig_probe(), 0);
	CHECK(!card_rig.is_idle);
	block_stop_all();
	CHECK(card_rig.is_idle);
	CHECK(!block_disk(0));
}
