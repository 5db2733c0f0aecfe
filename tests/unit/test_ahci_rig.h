/* SPDX-License-Identifier: BSD-2-Clause */
/* An AHCI controller and its disks that answer as a test says. */
#ifndef TEST_AHCI_RIG_H
#define TEST_AHCI_RIG_H

#include "disk.h"
#include "types.h"

/* What a disk of the rig has, 512 bytes a block if nobody changes that. */
#define AHCI_RIG_SIZE	(36 * SZ_1M)

enum ahci_answer {
	AHCI_WELL,
	AHCI_NEVER,
	AHCI_FAILED,		/* the command stays where it is */
	AHCI_FAILED_DONE,	/* it is gone nevertheless */
};

struct ahci_rig {
	/* What the controller says of itself. */
	uint64_t regs_size;
	uint32_t cap, ports;
	bool coherent, never_resets;
	/* A bit for each port. */
	uint32_t linked;	/* something is there */
	uint32_t busy;		/* and never ready */
	uint32_t strange;	/* it says that it is rig.signature */
	uint32_t signature;
	uint32_t list_runs, fis_runs;	/* does not stop */
	uint64_t link_ticks;	/* from power to link */
	/* What disks say of themselves (ACS-3, 7.12). */
	uint16_t features, kind;
	uint32_t block_words;
	uint64_t blocks;
	uint64_t base;		/* number of the first one that it has */
	/* What they do with commands. */
	enum ahci_answer answer;
	uint32_t status;	/* of the port, then */
	bool sulks;		/* who failed is busy from then on */
	const uint8_t *bytes;
	/* What the driver did. */
	uint32_t fetching, receiving;	/* a bit for each port */
	unsigned int commands, port, pieces;	/* the last one's */
	unsigned int cleaned;	/* ranges, when it was sent */
	uint64_t largest;	/* bytes of one command */
	bool broken;		/* what no controller understands */
};

extern struct ahci_rig ahci_rig;

/* A good controller with one disk, at port 0, of numbered bytes. */
void ahci_rig_make(void);

/* Return: what the driver said. */
int ahci_rig_probe(void);

#endif
