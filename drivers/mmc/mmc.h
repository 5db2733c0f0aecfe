/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SD and eMMC cards, and the hosts that they are behind. Facts: SD Physical
 * Layer Simplified Specification 6.00; JEDEC JESD84-B51 (eMMC).
 */
#ifndef MMC_H
#define MMC_H

#include "block.h"
#include "types.h"

#define MMC_BLOCK	512u

enum mmc_response {
	MMC_NONE,
	MMC_R1,		/* 48 bits; R5, R6 and R7 look like it */
	MMC_R1B,	/* the same, and the card may be busy */
	MMC_R2,		/* 136 bits, without their CRC */
	MMC_R3,		/* 48 bits without a CRC; also R4 */
};

struct mmc_command {
	unsigned int index;
	uint32_t argument;
	enum mmc_response response;
	uint32_t answer[4];	/* least significant word first */
};

/* What a command brings. */
struct mmc_data {
	void *to;		/* multiple of 64 */
	uint32_t blocks;	/* of MMC_BLOCK bytes */
};

struct mmc_host {
	/*
	 * Send @command; bring @data, if not NULL, by it. Return: 0,
	 * -ETIMEDOUT (nobody answers), -EIO.
	 */
	int (*command)(struct mmc_host *host, struct mmc_command *command,
		       const struct mmc_data *data);
	/* At most @hz from now on. */
	int (*set_clock)(struct mmc_host *host, uint32_t hz);
	/* Data on four lines instead of one. */
	void (*set_wide)(struct mmc_host *host);
	uint32_t blocks_max;	/* that one command may bring */
};

struct mmc_card {
	struct block block;
	struct mmc_host *host;
	uint16_t address;	/* RCA */
	bool heard;		/* it has answered to what it was asked */
	bool emmc;
	bool by_block;		/* high capacity: counts blocks, not bytes */
};

/*
 * Find out what is in @host's slot and make it a disk. Return: 0, -ENODEV
 * (nothing is in it), -ENOTSUP, -EIO, -ETIMEDOUT (also a card that is never
 * ready), -EINVAL (its size makes no sense), -ENOSPC.
 */
int mmc_add_card(struct mmc_host *host, struct mmc_card *card);

#endif
