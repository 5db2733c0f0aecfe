/* SPDX-License-Identifier: BSD-2-Clause */
/* An SD host controller with a card of test_card_rig.h in its slot. */
#ifndef TEST_SDHCI_RIG_H
#define TEST_SDHCI_RIG_H

#include "../../drivers/mmc/sdhci.h"
#include "mock.h"
#include "test_card_rig.h"

/* Where its table lies, and data that it reaches. */
#define SDHCI_RIG_TABLE	(MOCK_RAM_BASE + 8 * SZ_1M)
#define SDHCI_RIG_DATA	(MOCK_RAM_BASE + 16 * SZ_1M)

#define SDHCI_RIG_NEVER	UINT32_MAX

struct sdhci_rig {
	/* What the tree and the registers say. */
	const char *compatible;
	uint64_t regs_size;
	bool no_regs;		/* no property "reg" */
	bool coherent;
	uint64_t table;		/* for sdhci_rig_start() */
	uint32_t capabilities;
	bool never_resets, never_stable, lines_never_reset;
	uint32_t inhibits;	/* bits of the present state that stay */
	unsigned int busy;	/* looks for the end of it, after R1b */
	/* What becomes of the command with number failing. */
	unsigned int failing;
	uint32_t command_status, data_status;	/* instead of a good one */
	unsigned int after;	/* blocks that come well before */
	bool mute, stalls;	/* no status at all; none behind that block */
	/* What the driver did. */
	uint32_t hz, mode, control;
	unsigned int resets, line_resets, sent;
	unsigned int descriptors;	/* of the last table */
	uint64_t words, moved;	/* by the CPU; bytes by the controller */
	unsigned int cleaned;	/* ranges, when the last command was sent */
	uint64_t closest;	/* ticks from one write to the next */
	bool broken;		/* what no controller understands */
};

extern struct sdhci_rig sdhci_rig;

/* A good one, which is found as @compatible. */
void sdhci_rig_make(const char *compatible, enum card_kind card);

/* By the device tree. Return: what the driver said. */
int sdhci_rig_probe(void);

/* Start @s, a controller of @kind, without a tree. */
int sdhci_rig_start(struct sdhci *s, const struct sdhci_kind *kind);

#endif
