/* SPDX-License-Identifier: BSD-2-Clause */
/* The controller's side of SDHC 3.00, and of NXP's, as far as needed. */
#include "test_sdhci_rig.h"
#include "err.h"
#include "test_node_rig.h"
#include <stdlib.h>
#include <string.h>

#define REGS		0x31000000ul
#define MODE_DMA	(1u << 0)
#define MODE_MULTI	0x26u		/* count, auto CMD12, several */
#define MODE_READ	(1u << 4)
#define WITH_DATA	(1u << 21)
#define INHIBIT_DATA	(1u << 1)
#define NO_ANSWER	(1u << 16)
#define NO_DATA		(1u << 20)
#define RESET_ALL	(1u << 24)
#define RESET_LINES	(3u << 25)

struct sdhci_rig sdhci_rig;

static uint32_t regs[0x60 / 4], status;
static unsigned int busy, number;
static uint64_t written;	/* counter at the last write */

/* What comes word by word: where it is, and blocks that are still to come. */
static struct {
	const uint8_t *at;
	unsigned int words, left, done;
} buffer;

static uint32_t reg(enum sdhci_register r)
{
	return regs[r / 4];
}

static bool is_usdhc(void)
{
	return !strncmp(sdhci_rig.compatible, "fsl,", 4);
}

static bool is_failing(void)
{
	return number == sdhci_rig.failing;
}

static void end_data(void)
{
	uint32_t answer[4];

	if (sdhci_rig.mode & MODE_MULTI)
		card_rig_send(12, 0, answer);
	status |= SDHCI_STATUS_TRANSFER;
}

/* Return: false if no block will come any more. */
static bool may_go_on(void)
{
	if (!is_failing() || buffer.done < sdhci_rig.after ||
	    !(sdhci_rig.data_status || sdhci_rig.stalls))
		return true;
	status |= sdhci_rig.data_status;
	return false;
}

/* The next block from the card; NULL if none comes. */
static const uint8_t *fetch(void)
{
	const uint8_t *block = may_go_on() ? card_rig_block() : NULL;

	if (block)
		buffer.done++;
	else if (!is_failing())
		status |= NO_DATA;
	return block;
}

static void next_block(void)
{
	if (!buffer.left) {
		if (may_go_on())
			end_data();
		return;
	}
	buffer.at = fetch();
	buffer.words = 0;
	if (!buffer.at)
		return;
	buffer.left--;
	status |= SDHCI_STATUS_BUFFER_READ;
}

static uint32_t take_word(void)
{
	uint32_t word;

	if (!buffer.at) {
		sdhci_rig.broken = true;
		return 0;
	}
	memcpy(&word, buffer.at + 4 * buffer.words++, 4);
	sdhci_rig.words++;
	if (buffer.words == 128)
		next_block();
	return word;
}

static bool is_in_ram(uint64_t at, uint64_t size)
{
	return region_contains(region_of(MOCK_RAM_BASE, MOCK_RAM_SIZE),
			       region_of(at, size));
}

/* One line of the table. Return: false if nothing comes behind it. */
static bool move_piece(const struct sdhci_descriptor *d)
{
	const uint32_t size = d->size ? d->size : 0x10000;

	sdhci_rig.descriptors++;
	if ((d->attributes & ~2) != 0x21 || size % 512 || d->address % 4 ||
	    !is_in_ram(d->address, size)) {
		sdhci_rig.broken = true;
		return false;
	}
	for (uint32_t at = 0; at < size; at += 512, buffer.left--) {
		const uint8_t *block = buffer.left ? fetch() : NULL;

		if (!block)
			return false;
		memcpy((void *)(uintptr_t)(d->address + at), block, 512);
		sdhci_rig.moved += 512;
	}
	return !(d->attributes & 2);
}

static void move_all(void)
{
	const struct sdhci_descriptor *d =
		(const void *)(uintptr_t)reg(SDHCI_ADMA_ADDRESS);

	sdhci_rig.descriptors = 0;
	if ((uintptr_t)d != SDHCI_RIG_TABLE) {
		sdhci_rig.broken = true;
		return;
	}
	while (sdhci_rig.descriptors < SDHCI_DESCRIPTORS && move_piece(d))
		d++;
	if (status & ~SDHCI_STATUS_COMMAND || (is_failing() && buffer.left))
		return;
	sdhci_rig.broken |= buffer.left != 0;
	if (may_go_on())
		end_data();
}

static void start_data(void)
{
	const uint32_t blocks = reg(SDHCI_BLOCKS) >> 16;
	const uint32_t control = reg(SDHCI_HOST_CONTROL);
	const bool adma2 = (control >> (is_usdhc() ? 8 : 3) & 3) == 2;

	buffer.left = blocks;
	buffer.done = 0;
	sdhci_rig.mode = (is_usdhc() ? reg(SDHCI_USDHC_MIX_CTRL) :
			  reg(SDHCI_COMMAND)) & 0xffff;
	if ((reg(SDHCI_BLOCKS) & 0xffff) != 512 || !blocks ||
	    (control >> 1 & 1) != card_rig.wide ||
	    !(sdhci_rig.mode & MODE_READ) ||
	    (sdhci_rig.mode & MODE_MULTI) != (blocks > 1 ? MODE_MULTI : 0))
		sdhci_rig.broken = true;
	else if (!(sdhci_rig.mode & MODE_DMA))
		next_block();
	else if (adma2)
		move_all();
	else
		sdhci_rig.broken = true;
}

/* 2.2.7: the long one without its CRC. */
static void put_answer(const uint32_t answer[4], bool is_long)
{
	for (unsigned int i = 0; i < 4; i++)
		regs[SDHCI_RESPONSE / 4 + i] = !is_long ? answer[i] :
			answer[i] >> 8 | (i < 3 ? answer[i + 1] << 24 : 0);
}

/* Table 2-11, and which numbers have which response. */
static uint32_t response_of(void)
{
	const bool emmc = card_rig.kind >= CARD_EMMC_SMALL;

	switch (number) {
	case 0:
		return 0;
	case 1:
	case 41:
		return 2;
	case 2:
	case 9:
		return 1 | 8;
	case 6:
		return emmc ? 3 | 0x18 : 2 | 0x18;
	case 7:
		return 3 | 0x18;
	default:
		return 2 | 0x18;
	}
}

static void check_command(uint32_t word)
{
	const uint32_t power = is_usdhc() ? 0x20 : 0xf00;

	sdhci_rig.broken |=
		(word >> 16 & 0x1b) != response_of() || status ||
		(reg(SDHCI_HOST_CONTROL) & power) != power || !sdhci_rig.hz ||
		(number == 2 && sdhci_rig.hz > 400000) ||
		reg(SDHCI_SIGNAL_ENABLE);
}

/* 3.7: the command, its answer, then what it brings. */
static void send(uint32_t word)
{
	uint32_t answer[4];

	number = word >> 24;
	buffer.at = NULL;
	busy = 0;
	check_command(word);
	sdhci_rig.sent++;
	sdhci_rig.cleaned = mock.cleaned;
	if (is_failing() && (sdhci_rig.mute || sdhci_rig.command_status)) {
		status |= sdhci_rig.command_status;
		return;
	}
	if (card_rig_send(number, reg(SDHCI_ARGUMENT), answer)) {
		status |= NO_ANSWER;
		return;
	}
	put_answer(answer, (word >> 16 & 3) == 1);
	status |= SDHCI_STATUS_COMMAND;
	if ((word >> 16 & 3) == 3)
		busy = sdhci_rig.busy;
	if (word & WITH_DATA)
		start_data();
}

static uint32_t present(void)
{
	const uint32_t stable = is_usdhc() && !sdhci_rig.never_stable ? 8 : 0;

	if (!busy)
		return sdhci_rig.inhibits | stable;
	if (busy != SDHCI_RIG_NEVER)
		busy--;
	return sdhci_rig.inhibits | stable | INHIBIT_DATA;
}

static uint64_t read_reg(uint64_t offset, unsigned int size)
{
	switch (offset) {
	case SDHCI_BUFFER:
		return take_word();
	case SDHCI_PRESENT_STATE:
		return present();
	case SDHCI_STATUS:
		return status & reg(SDHCI_STATUS_ENABLE);
	case SDHCI_CAPABILITIES:
		return sdhci_rig.capabilities;
	}
	return reg(offset & ~3u);
}

/* 2.2.14, and for NXP's: what the card gets of what feeds the controller. */
static uint32_t clock_of(uint32_t value, uint32_t base)
{
	const uint32_t n = (value >> 8 & 0xff) | (value >> 6 & 3) << 8;
	const uint32_t prescale = value >> 8 & 0xff ? (value >> 8 & 0xff) * 2 : 1;

	if (is_usdhc())
		return base / prescale / ((value >> 4 & 0xf) + 1);
	return (value & 7) == 7 ? base / (n ? 2 * n : 1) : 0;
}

static uint32_t base_clock(void)
{
	if (is_usdhc())
		return 200000000;
	if (!strcmp(sdhci_rig.compatible, "brcm,bcm2835-sdhci"))
		return 250000000;
	if (!strcmp(sdhci_rig.compatible, "brcm,bcm2711-emmc2"))
		return 100000000;
	return (sdhci_rig.capabilities >> 8 & 0xff) * 1000000;
}

static void set_clock(uint32_t value)
{
	if (value & RESET_ALL) {
		memset(regs, 0, sizeof(regs));
		status = 0;
		sdhci_rig.resets++;
	}
	if (value & RESET_LINES) {
		status &= 0xffff0000;	/* 2.2.15: errors stay */
		buffer.at = NULL;
		sdhci_rig.line_resets++;
	}
	if (!sdhci_rig.never_resets)
		value &= ~RESET_ALL;
	if (!sdhci_rig.lines_never_reset)
		value &= ~RESET_LINES;
	if (value & 1 && !sdhci_rig.never_stable)
		value |= 2;
	regs[SDHCI_CLOCK / 4] = value;
	sdhci_rig.hz = clock_of(value, base_clock());
}

static void write_reg(uint64_t offset, unsigned int size, uint64_t value)
{
	if (mock.counter - written < sdhci_rig.closest)
		sdhci_rig.closest = mock.counter - written;
	written = mock.counter;
	if (offset == SDHCI_STATUS) {
		status &= ~(uint32_t)value;
		return;
	}
	regs[offset / 4] = (uint32_t)value;
	/* Whoever is busy needs the clock and the lines that it has. */
	if (offset == SDHCI_HOST_CONTROL && busy)
		sdhci_rig.broken = true;
	if (offset == SDHCI_CLOCK)
		set_clock((uint32_t)value);
	else if (offset == SDHCI_COMMAND)
		send((uint32_t)value);
	else if (offset == SDHCI_HOST_CONTROL)
		sdhci_rig.control = (uint32_t)value;
}

void sdhci_rig_make(const char *compatible, enum card_kind card)
{
	memset(regs, 0, sizeof(regs));
	memset(&buffer, 0, sizeof(buffer));
	status = 0;
	busy = 0;
	card_rig_make(card);
	sdhci_rig = (struct sdhci_rig){
		.compatible = compatible, .regs_size = 0x100,
		.coherent = true, .table = SDHCI_RIG_TABLE, .busy = 5,
		.failing = CARD_FAILS_NEVER,
		/* 100 MHz, ADMA2 by the standard and by NXP. */
		.capabilities = 100u << 8 | 1u << 19 | 1u << 20,
		.closest = UINT64_MAX,
	};
	written = 0;
}

int sdhci_rig_probe(void)
{
	const struct node_rig node = {
		.compatible = sdhci_rig.compatible,
		.regs = region_of(sdhci_rig.no_regs ? 0 : REGS,
				  sdhci_rig.regs_size),
		.coherent = sdhci_rig.coherent,
		.read = read_reg, .write = write_reg,
	};

	return node_rig_probe(&node);
}

int sdhci_rig_start(struct sdhci *s, const struct sdhci_kind *kind)
{
	mock_reset();
	mock.tick = 10000;
	fake_device.regs = region_of(REGS, sdhci_rig.regs_size);
	fake_device.read = read_reg;
	fake_device.write = write_reg;
	*s = (struct sdhci){ .kind = kind, .regs = REGS,
			     .coherent = sdhci_rig.coherent,
			     .table = (void *)sdhci_rig.table };
	return sdhci_start(s);
}
