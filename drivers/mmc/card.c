/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cards as disks: identification (Physical Layer 4.2, eMMC 6.4), capacity,
 * reads of many blocks at once.
 */
#include "mmc.h"
#include "arch.h"
#include "err.h"
#include <string.h>

#define IDENTIFY_HZ		400000u
#define TRANSFER_HZ		25000000u
#define POWER_UP_SECONDS	2

/* Table 4-22 and following; eMMC 6.10.4 */
#define GO_IDLE_STATE		0u
#define SEND_OP_COND		1u	/* eMMC */
#define ALL_SEND_CID		2u
#define SEND_RELATIVE_ADDR	3u	/* eMMC: SET_ */
#define SWITCH			6u	/* eMMC */
#define SET_BUS_WIDTH		6u	/* SD, ACMD */
#define SELECT_CARD		7u
#define SEND_IF_COND		8u	/* SD */
#define SEND_EXT_CSD		8u	/* eMMC */
#define SEND_CSD		9u
#define SET_BLOCKLEN		16u
#define READ_SINGLE_BLOCK	17u
#define READ_MULTIPLE_BLOCK	18u
#define SD_SEND_OP_COND		41u	/* ACMD */
#define APP_CMD			55u

/* SEND_IF_COND: 2.7 to 3.6 V, and a pattern that comes back (4.3.13) */
#define IF_COND			0x1aau
/* OCR, 5.1 */
#define OCR_VOLTAGES		0x00ff8000u
#define OCR_HIGH_CAPACITY	(1u << 30)
#define OCR_READY		(1u << 31)

#define EMMC_ADDRESS		1u
/* SWITCH: write a byte of EXT_CSD; 183 is BUS_WIDTH, 1 four lines */
#define SWITCH_WIDE		(3u << 24 | 183u << 16 | 1u << 8)
#define EXT_CSD_SEC_COUNT	212
/* Of an SD card's CSD: a structure that is not yet known here (5.3.1) */
#define CSD_IS_LATER(csd)	((csd)->answer[3] >> 23 & 1)

/* What does not come straight to its place. */
static uint8_t ext_csd[MMC_BLOCK] __attribute__((aligned(64)));

static int send(struct mmc_host *host, unsigned int index, uint32_t argument,
		enum mmc_response response, uint32_t *answer)
{
	struct mmc_command c = { index, argument, response, { 0 } };
	int err = host->command(host, &c, NULL);

	if (answer)
		*answer = c.answer[0];
	return err;
}

/* 4.3.9: the next command is one of the application. */
static int send_app(const struct mmc_card *card, unsigned int index,
		    uint32_t argument, enum mmc_response response,
		    uint32_t *answer)
{
	int err = send(card->host, APP_CMD, (uint32_t)card->address << 16,
		       MMC_R1, NULL);

	return err ? err : send(card->host, index, argument, response, answer);
}

static int ask_power(const struct mmc_card *card, uint32_t wanted,
		     uint32_t *ocr)
{
	if (card->emmc)
		return send(card->host, SEND_OP_COND, wanted, MMC_R3, ocr);
	return send_app(card, SD_SEND_OP_COND, wanted, MMC_R3, ocr);
}

/* The card says when it has power and is ready (4.2.3, eMMC 6.4.2). */
static int wait_ready(struct mmc_card *card, uint32_t wanted)
{
	const uint64_t limit = arch_counter() +
			       POWER_UP_SECONDS * arch_counter_freq();
	uint32_t ocr;
	int err;

	do {
		err = ask_power(card, wanted, &ocr);
		if (err)
			return err;
		card->heard = true;
		if (ocr & OCR_READY) {
			card->by_block = ocr & OCR_HIGH_CAPACITY;
			return 0;
		}
	} while (arch_counter() < limit);
	return -ETIMEDOUT;
}

/* An SD card answers first; what does not know its question is an eMMC. */
static int wake(struct mmc_card *card)
{
	uint32_t answer, wanted = OCR_VOLTAGES;
	int err = send(card->host, GO_IDLE_STATE, 0, MMC_NONE, NULL);

	if (err)
		return err;
	if (!send(card->host, SEND_IF_COND, IF_COND, MMC_R1, &answer) &&
	    (answer & 0xfff) == IF_COND)
		wanted |= OCR_HIGH_CAPACITY;
	err = wait_ready(card, wanted);
	if (!err || card->heard)
		return err;
	err = send(card->host, GO_IDLE_STATE, 0, MMC_NONE, NULL);
	card->emmc = true;
	if (!err)
		err = wait_ready(card, OCR_VOLTAGES | OCR_HIGH_CAPACITY);
	return err && !card->heard ? -ENODEV : err;
}

/* Both kinds give and take an address of 16 bits, each its own way. */
static int set_address(struct mmc_card *card)
{
	uint32_t answer;
	int err = send(card->host, ALL_SEND_CID, 0, MMC_R2, NULL);

	if (err)
		return err;
	err = send(card->host, SEND_RELATIVE_ADDR,
		   card->emmc ? EMMC_ADDRESS << 16 : 0, MMC_R1, &answer);
	card->address = card->emmc ? EMMC_ADDRESS : (uint16_t)(answer >> 16);
	return err;
}

/* Bits [@low + @count - 1 : @low] of the 128 bits of a CSD. */
static uint32_t csd_bits(const uint32_t csd[4], unsigned int low,
			 unsigned int count)
{
	uint32_t value = 0;

	for (unsigned int i = 0; i < count; i++)
		value |= (csd[(low + i) / 32] >> (low + i) % 32 & 1) << i;
	return value;
}

/* 5.3.2 and 5.3.3; the host leaves out the 8 bits of the CRC. */
static uint64_t csd_size(const struct mmc_command *csd, bool emmc)
{
	uint32_t bits[4];
	uint64_t size;

	for (unsigned int i = 0; i < 4; i++)
		bits[i] = csd->answer[i] << 8 |
			  (i ? csd->answer[i - 1] >> 24 : 0);
	if (!emmc && csd_bits(bits, 126, 2) == 1)
		return ((uint64_t)csd_bits(bits, 48, 22) + 1) * (512 * SZ_1K);
	size = (uint64_t)csd_bits(bits, 62, 12) + 1;
	return size << (csd_bits(bits, 47, 3) + 2 + csd_bits(bits, 80, 4));
}

/* eMMC 7.4: large ones say in their EXT_CSD how large they are. */
static int read_ext_csd(const struct mmc_card *card, uint64_t *size)
{
	struct mmc_command c = { SEND_EXT_CSD, 0, MMC_R1, { 0 } };
	const struct mmc_data data = { ext_csd, 1 };
	const uint8_t *count = ext_csd + EXT_CSD_SEC_COUNT;
	int err = card->host->command(card->host, &c, &data);

	if (err)
		return err;
	*size = ((uint64_t)count[3] << 24 | (uint64_t)count[2] << 16 |
		 (uint64_t)count[1] << 8 | count[0]) * MMC_BLOCK;
	return 0;
}

static int select(struct mmc_card *card)
{
	const uint32_t address = (uint32_t)card->address << 16;
	int err = send(card->host, SELECT_CARD, address, MMC_R1B, NULL);

	if (err)
		return err;
	err = card->emmc ? send(card->host, SWITCH, SWITCH_WIDE, MMC_R1B, NULL)
			 : send_app(card, SET_BUS_WIDTH, 2, MMC_R1, NULL);
	if (!err)
		card->host->set_wide(card->host);
	return err ? err : card->host->set_clock(card->host, TRANSFER_HZ);
}

static int find_size(struct mmc_card *card)
{
	struct mmc_command c = { SEND_CSD, (uint32_t)card->address << 16,
				 MMC_R2, { 0 } };
	uint64_t size;
	int err = card->host->command(card->host, &c, NULL);

	if (err)
		return err;
	if (!card->emmc && CSD_IS_LATER(&c))
		return -ENOTSUP;
	size = csd_size(&c, card->emmc);
	err = select(card);
	if (!err && card->emmc && card->by_block)
		err = read_ext_csd(card, &size);
	if (!err && !card->by_block)
		err = send(card->host, SET_BLOCKLEN, MMC_BLOCK, MMC_R1, NULL);
	card->block.disk.size = ALIGN_DOWN(size, MMC_BLOCK);
	return err || card->block.disk.size ? err : -EINVAL;
}

static int read_blocks(const struct mmc_card *card, uint64_t offset, void *to,
		       uint32_t blocks)
{
	const uint64_t where = card->by_block ? offset / MMC_BLOCK : offset;
	struct mmc_command c = {
		blocks > 1 ? READ_MULTIPLE_BLOCK : READ_SINGLE_BLOCK,
		(uint32_t)where, MMC_R1, { 0 } };
	const struct mmc_data data = { to, blocks };

	return where >> 32 ? -ERANGE
			   : card->host->command(card->host, &c, &data);
}

/* One command after the other: a card does one thing at a time. */
static int read(const struct disk *disk, const struct disk_run *runs,
		unsigned int count)
{
	const struct mmc_card *card = disk->device;
	int err = 0;

	for (unsigned int i = 0; i < count && !err; i++) {
		const struct disk_run *run = &runs[i];
		uint64_t done = 0, left;

		while (!err && (left = (run->size - done) / MMC_BLOCK)) {
			uint32_t blocks = card->host->blocks_max;

			if (left < blocks)
				blocks = (uint32_t)left;
			err = read_blocks(card, run->offset + done,
					  (uint8_t *)run->to + done, blocks);
			done += (uint64_t)blocks * MMC_BLOCK;
		}
	}
	return err;
}

/* Nothing goes on by itself: each command has ended. */
static void stop(struct block *block)
{
	struct mmc_card *card = block->disk.device;

	send(card->host, GO_IDLE_STATE, 0, MMC_NONE, NULL);
}

int mmc_add_card(struct mmc_host *host, struct mmc_card *card)
{
	int err = host->set_clock(host, IDENTIFY_HZ);

	memset(card, 0, sizeof(*card));
	card->host = host;
	card->block.stop = stop;
	card->block.disk.block = MMC_BLOCK;
	card->block.disk.read = read;
	card->block.disk.device = card;
	if (!err)
		err = wake(card);
	if (!err)
		err = set_address(card);
	if (!err)
		err = find_size(card);
	return err ? err : block_add(&card->block, "mmc");
}
