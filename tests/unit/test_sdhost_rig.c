/* SPDX-License-Identifier: BSD-2-Clause */
/* The SDHOST's side, as far as Linux's driver shows what it does. */
#include "test_sdhost_rig.h"
#include "err.h"
#include "test_node_rig.h"
#include <stdlib.h>
#include <string.h>

#define REGS		0x3f202000ul
#define CORE_HZ		400000000u
#define FIFO		16u
#define WORDS		128u		/* of a block */

#define CMD_NEW		(1u << 15)
#define CMD_FAIL	(1u << 14)
#define CMD_BUSY	(1u << 11)
#define CMD_SILENT	(1u << 10)
#define CMD_LONG	(1u << 9)
#define CMD_READ	(1u << 6)
#define STATUS_NO_DATA	(1u << 7)
#define STATUS_SILENT	(1u << 6)
#define STATUS_CRC7	(1u << 4)
#define STATUS_IDLE	(1u << 10)
#define STATE_DATA	1u
#define STATE_READ	2u
#define STATE_WAIT	4u
#define FORCE_DATA	(1u << 19)

struct sdhost_rig sdhost_rig;

static uint32_t command, argument, status, answers[4];
static uint32_t block_size, block_count;
static uint64_t power_at;	/* counter when it was switched */
static bool powered, is_app;
static unsigned int state;

/* Words that are still to come, those that stand in the FIFO, and whence. */
static struct {
	uint32_t left, shown;
	const uint8_t *block;
	unsigned int at;
} fifo;

static void start_data(void)
{
	sdhost_rig.broken |= block_size != 512 || !block_count ||
			     (sdhost_rig.config >> 2 & 1) != card_rig.wide;
	fifo.left = block_count * WORDS;
	fifo.shown = fifo.at = 0;
	sdhost_rig.taken = 0;
	state = STATE_READ;
}

/* What is wrong with the data is told when all that is good was taken. */
static bool is_dry(void)
{
	if (sdhost_rig.taken < sdhost_rig.words)
		return false;
	status |= sdhost_rig.data_status;
	return true;
}

static uint32_t count_words(void)
{
	const uint32_t good = sdhost_rig.words - sdhost_rig.taken;

	if (!fifo.left || is_dry())
		return sdhost_rig.count;
	/* Now more, now less; never more than there will be. */
	fifo.shown = 1 + (fifo.left * 7 + sdhost_rig.sent) % FIFO;
	if (fifo.shown > fifo.left)
		fifo.shown = fifo.left;
	if (fifo.shown > good)
		fifo.shown = good;
	return sdhost_rig.count ? sdhost_rig.count : fifo.shown;
}

static void end_data(void)
{
	is_dry();
	state = sdhost_rig.end;
	if (state == STATE_WAIT && block_count == 1)
		state = STATE_DATA;
}

static uint32_t take_word(void)
{
	uint32_t word = 0xdeadbeef;

	if (!fifo.shown || !fifo.left) {
		sdhost_rig.broken |= !sdhost_rig.count;
		return word;
	}
	if (!fifo.at)
		fifo.block = card_rig_block();
	if (fifo.block)
		memcpy(&word, fifo.block + 4 * fifo.at, 4);
	else
		status |= STATUS_NO_DATA;
	fifo.at = (fifo.at + 1) % WORDS;
	fifo.left--;
	if (!sdhost_rig.count)
		fifo.shown--;
	sdhost_rig.taken++;
	if (!fifo.left)
		end_data();
	return word;
}

/* R3, which has no CRC, is told to be wrong each time. */
static bool has_crc(unsigned int index)
{
	return index != 1 && !(is_app && index == 41);
}

static uint32_t flags_of(unsigned int index)
{
	const bool emmc = card_rig.kind >= CARD_EMMC_SMALL;

	switch (index) {
	case 0:
		return CMD_SILENT;
	case 2:
	case 9:
		return CMD_LONG;
	case 6:
		return emmc ? CMD_BUSY : 0;
	case 7:
	case 12:
		return CMD_BUSY;
	default:
		return 0;
	}
}

static void check_command(unsigned int index, uint32_t value)
{
	const uint32_t flags = CMD_BUSY | CMD_SILENT | CMD_LONG;

	if (!sdhost_rig.sent)
		sdhost_rig.on = mock.counter - power_at;
	sdhost_rig.broken |= (value & flags) != flags_of(index) || !powered ||
			     status || (!(value & CMD_READ) &&
					(block_size || block_count)) ||
			     (index == 2 && sdhost_rig.hz > 400000) ||
			     sdhost_rig.hz > 25000000;
	sdhost_rig.sent++;
	sdhost_rig.stops += index == 12;
}

/* Return: false if it ended without an answer, or not at all. */
static bool answer(unsigned int index)
{
	const bool failing = index == sdhost_rig.failing;

	if (failing && sdhost_rig.mute)
		return false;
	command &= ~CMD_NEW;
	if (failing && sdhost_rig.fails) {
		command |= CMD_FAIL;
		status |= sdhost_rig.status;
		return false;
	}
	if (card_rig_send(index, argument, answers)) {
		command |= CMD_FAIL;
		status |= STATUS_SILENT;
		return false;
	}
	if (!has_crc(index)) {
		command |= CMD_FAIL;
		status |= STATUS_CRC7;
	}
	return true;
}

static void send(uint32_t value)
{
	const unsigned int index = value & 0x3f;

	command = value;
	if (!(value & CMD_NEW))
		return;
	check_command(index, value);
	if (answer(index)) {
		if (value & CMD_BUSY && !sdhost_rig.never_idle)
			status |= STATUS_IDLE;
		if (value & CMD_READ)
			start_data();
	}
	is_app = index == 55;
}

static uint64_t read_reg(uint64_t offset, unsigned int size)
{
	switch (offset) {
	case 0x00:
		return command | (sdhost_rig.never_free ? CMD_NEW : 0);
	case 0x10:
	case 0x14:
	case 0x18:
	case 0x1c:
		return answers[(offset - 0x10) / 4];
	case 0x20:
		return status;
	case 0x34:
		return count_words() << 4 | state;
	case 0x40:
		return take_word();
	default:
		abort();	/* nothing that a driver has to read */
	}
}

static void set_power(bool on)
{
	if (on)
		sdhost_rig.off = mock.counter - power_at;
	power_at = mock.counter;
	powered = on;
}

static void set_machine(uint32_t value)
{
	if (!(value & FORCE_DATA))
		return;
	sdhost_rig.broken |= state != STATE_WAIT;
	sdhost_rig.forced++;
	state = STATE_DATA;
}

static void write_reg(uint64_t offset, unsigned int size, uint64_t value)
{
	switch (offset) {
	case 0x00:
		send((uint32_t)value);
		break;
	case 0x04:
		argument = (uint32_t)value;
		break;
	case 0x0c:
		sdhost_rig.broken |= value > 0x7ff;
		sdhost_rig.hz = CORE_HZ / ((uint32_t)value + 2);
		break;
	case 0x20:
		status &= ~(uint32_t)value;
		break;
	case 0x30:
		set_power(value);
		break;
	case 0x34:
		set_machine((uint32_t)value);
		break;
	case 0x38:
		sdhost_rig.config = (uint32_t)value;
		break;
	case 0x3c:
		block_size = (uint32_t)value;
		break;
	case 0x50:
		block_count = (uint32_t)value;
		break;
	}
}

void sdhost_rig_make(enum card_kind card)
{
	command = status = 0;
	powered = is_app = false;
	state = 0;
	card_rig_make(card);
	sdhost_rig = (struct sdhost_rig){
		.regs_size = 0x100, .failing = CARD_FAILS_NEVER,
		.words = SDHOST_RIG_ALL, .end = STATE_WAIT,
	};
}

int sdhost_rig_probe(void)
{
	const struct node_rig node = {
		.compatible = "brcm,bcm2835-sdhost",
		.regs = region_of(sdhost_rig.no_regs ? 0 : REGS,
				  sdhost_rig.regs_size),
		.read = read_reg, .write = write_reg,
	};

	return node_rig_probe(&node);
}
