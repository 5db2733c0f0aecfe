/* SPDX-License-Identifier: BSD-2-Clause */
/* The card's side of SD 6.00 (4.2, 4.7) and eMMC 5.1 (6.4), as far as needed. */
#include "test_card_rig.h"
#include "err.h"
#include <string.h>

#define OCR_VOLTAGES	0x00ff8000u
#define OCR_HIGH	(1u << 30)
#define OCR_READY	(1u << 31)
#define OUT_OF_RANGE	(1u << 31)
#define APP_CMD		55u

struct card_rig card_rig;

static uint8_t bytes[CARD_RIG_SIZE], ext_csd[512];

/* 4.1, table 4-1; eMMC 6.1 */
static enum { IDLE, READY, IDENT, STANDBY, TRANSFER, DATA } state;
static bool app;		/* the next command is the application's */
static uint16_t address;
static struct {
	const uint8_t *at;
	unsigned int blocks;
} sent;

static bool is_emmc(void)
{
	return card_rig.kind == CARD_EMMC || card_rig.kind == CARD_EMMC_SMALL;
}

static bool is_high(void)
{
	return card_rig.kind == CARD_EMMC || card_rig.kind == CARD_HIGH;
}

/* A card that counts blocks becomes ready only for who knows that. */
static int tell_ocr(uint32_t wanted, uint32_t *answer)
{
	if (state != IDLE)
		return -ETIMEDOUT;
	*answer = OCR_VOLTAGES;
	if (!(wanted & OCR_VOLTAGES) || (is_high() && !(wanted & OCR_HIGH)))
		return 0;
	if (card_rig.busy) {
		card_rig.busy--;
		return 0;
	}
	*answer |= OCR_READY | (is_high() ? OCR_HIGH : 0);
	state = READY;
	return 0;
}

/* From one state into another, if it is in the first one. */
static int step(unsigned int from, unsigned int to)
{
	if (state != from)
		return -ETIMEDOUT;
	state = to;
	return 0;
}

static int send_blocks(uint32_t argument, unsigned int blocks)
{
	const uint64_t at = (uint64_t)argument * (is_high() ? 512 : 1);

	card_rig.reads++;
	card_rig.argument = argument;
	if (at % 512 || at >= CARD_RIG_SIZE) {
		card_rig.broken = true;
		return -ETIMEDOUT;
	}
	sent.at = card_rig.bytes + at;
	sent.blocks = blocks;
	return step(TRANSFER, DATA);
}

static int send_ext_csd(void)
{
	memset(ext_csd, 0xa5, sizeof(ext_csd));
	memcpy(ext_csd + 212, &card_rig.sectors, 4);
	sent.at = ext_csd;
	sent.blocks = 1;
	return step(TRANSFER, DATA);
}

static int set_wide(bool right)
{
	if (state != TRANSFER)
		return -ETIMEDOUT;
	card_rig.broken |= !right;
	card_rig.wide = true;
	return 0;
}

/* 4.3.9, table 4-30 */
static int serve_app(unsigned int index, uint32_t argument, uint32_t *answer)
{
	switch (index) {
	case 6:
		return set_wide(argument == 2);
	case 41:
		return tell_ocr(argument, answer);
	default:
		card_rig.broken = true;
		return -ETIMEDOUT;
	}
}

static int serve_emmc(unsigned int index, uint32_t argument, uint32_t *answer)
{
	switch (index) {
	case 1:
		return tell_ocr(argument, answer);
	case 3:
		address = (uint16_t)(argument >> 16);
		return step(IDENT, STANDBY);
	case 6:
		return set_wide(argument == 0x03b70100);
	case 8:
		return send_ext_csd();
	default:
		return -ETIMEDOUT;
	}
}

static int serve_sd(unsigned int index, uint32_t argument, uint32_t *answer)
{
	switch (index) {
	case 3:
		address = card_rig.address;
		*answer = (uint32_t)address << 16 | 0x500;
		return step(IDENT, STANDBY);
	case 8:
		if (card_rig.kind == CARD_OLD)
			return -ETIMEDOUT;
		*answer = argument ^ card_rig.if_cond;
		return step(IDLE, IDLE);
	case APP_CMD:
		app = true;
		return argument >> 16 == address ? 0 : -ETIMEDOUT;
	default:
		return -ETIMEDOUT;
	}
}

static int reset(void)
{
	state = IDLE;
	address = 0;
	app = card_rig.wide = false;
	card_rig.is_idle = true;
	card_rig.resets++;
	return 0;
}

/* Who is not meant does not answer; with address 0 nobody is. */
static int addressed(uint32_t argument, unsigned int to)
{
	return argument >> 16 == address && (address || to == STANDBY) ?
	       step(STANDBY, to) : -ETIMEDOUT;
}

/* What both kinds know. */
static int serve(unsigned int index, uint32_t argument, uint32_t answer[4])
{
	switch (index) {
	case 0:
		return reset();
	case 2:
		return step(READY, IDENT);
	case 7:
		return addressed(argument, TRANSFER);
	case 9:
		memcpy(answer, card_rig.csd, sizeof(card_rig.csd));
		return addressed(argument, STANDBY);
	case 12:
		return step(DATA, TRANSFER);
	case 16:
		card_rig.broken |= argument != 512;
		return step(TRANSFER, TRANSFER);
	case 17:
		return send_blocks(argument, 1);
	case 18:
		return send_blocks(argument, 0);
	}
	return is_emmc() ? serve_emmc(index, argument, answer)
			 : serve_sd(index, argument, answer);
}

int card_rig_send(unsigned int index, uint32_t argument, uint32_t answer[4])
{
	const bool was_app = app;

	card_rig.commands++;
	memset(answer, 0, 4 * sizeof(*answer));
	if (card_rig.kind == CARD_NONE)
		return index ? -ETIMEDOUT : 0;
	app = false;
	card_rig.is_idle = false;
	if (card_rig.failing == (was_app ? CARD_APP(index) : index))
		return card_rig.error;
	return was_app ? serve_app(index, argument, answer)
		       : serve(index, argument, answer);
}

const uint8_t *card_rig_block(void)
{
	const uint8_t *block = sent.at;

	if (state != DATA || !card_rig.blocks ||
	    block == bytes + CARD_RIG_SIZE)
		return NULL;
	card_rig.blocks--;
	sent.at += 512;
	if (sent.blocks && !--sent.blocks)
		state = TRANSFER;
	return block;
}

void card_rig_csd(unsigned int low, unsigned int count, uint32_t value)
{
	for (unsigned int i = 0; i < count; i++) {
		uint32_t *word = &card_rig.csd[(low + i) / 32];
		const uint32_t bit = 1u << (low + i) % 32;

		*word = value >> i & 1 ? *word | bit : *word & ~bit;
	}
}

/* 5.3.2: 16 units of 2^18 bytes; 5.3.3: 8 of 2^19; eMMC 7.3 */
static void make_csd(void)
{
	const bool high = card_rig.kind == CARD_HIGH;

	card_rig.csd[0] = 0x5b;		/* its CRC counts for nothing */
	card_rig_csd(126, 2, is_emmc() ? 3 : high);
	card_rig_csd(80, 4, 9);
	if (high) {
		card_rig_csd(48, 22, 7);
		return;
	}
	card_rig_csd(62, 12, card_rig.kind == CARD_EMMC ? 0xfff : 15);
	card_rig_csd(47, 3, 7);
}

void card_rig_make(enum card_kind kind)
{
	for (unsigned int i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 7 + i / 256);
	card_rig = (struct card_rig){
		.kind = kind, .sectors = CARD_RIG_SIZE / 512,
		.address = 0x1234, .busy = 3, .failing = CARD_FAILS_NEVER,
		.blocks = UINT32_MAX, .bytes = bytes,
	};
	state = IDLE;
	app = false;
	address = 0;
	make_csd();
}
