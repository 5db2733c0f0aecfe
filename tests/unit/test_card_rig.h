/* SPDX-License-Identifier: BSD-2-Clause */
/* An SD or eMMC card that answers as a test says, whatever host it is in. */
#ifndef TEST_CARD_RIG_H
#define TEST_CARD_RIG_H

#include "types.h"

#define CARD_RIG_SIZE	(4 * SZ_1M)

enum card_kind {
	CARD_NONE,		/* the slot is empty */
	CARD_OLD,		/* SD 1.x, which does not know SEND_IF_COND */
	CARD_STANDARD,		/* SD 2.0, addressed by bytes */
	CARD_HIGH,		/* SDHC and SDXC */
	CARD_EMMC_SMALL,	/* up to 2 GiB */
	CARD_EMMC,
};

/* A command of the application, for card_rig.failing. */
#define CARD_APP(index)		(64u + (index))
#define CARD_FAILS_NEVER	1000u

struct card_rig {
	enum card_kind kind;
	/* What it says of itself. */
	uint32_t csd[4];	/* as sent, the least significant word first */
	uint32_t sectors;	/* of an eMMC */
	uint16_t address;	/* that an SD card chooses */
	uint32_t if_cond;	/* what comes back of SEND_IF_COND is XORed */
	unsigned int busy;	/* so many times it is asked and not ready */
	/* What it does with a command, and with what follows. */
	unsigned int failing;
	int error;
	unsigned int blocks;	/* that it sends at most, then none */
	const uint8_t *bytes;
	/* What the driver did. */
	bool wide;
	unsigned int commands, resets, reads;
	uint32_t argument;	/* of the last read */
	bool is_idle;
	bool broken;		/* what no card understands */
};

extern struct card_rig card_rig;

/* A good card of 4 MiB with numbered bytes. */
void card_rig_make(enum card_kind kind);

/* Bits [@low + @count - 1 : @low] of its CSD become @value. */
void card_rig_csd(unsigned int low, unsigned int count, uint32_t value);

/*
 * The card gets a command. Return: 0, -ETIMEDOUT if it does not answer, or
 * card_rig.error. A long @answer has its CRC in the lowest byte.
 */
int card_rig_send(unsigned int index, uint32_t argument, uint32_t answer[4]);

/* The next 512 bytes that it sends; NULL if it sends none. */
const uint8_t *card_rig_block(void);

#endif
