/* SPDX-License-Identifier: BSD-2-Clause */
/* The SDHOST of a Raspberry Pi with a card of test_card_rig.h in its slot. */
#ifndef TEST_SDHOST_RIG_H
#define TEST_SDHOST_RIG_H

#include "mock.h"
#include "test_card_rig.h"

#define SDHOST_RIG_ALL	UINT32_MAX

struct sdhost_rig {
	uint64_t regs_size;
	bool no_regs;		/* no property "reg" */
	/* What becomes of the command with number failing. */
	unsigned int failing;
	uint32_t status;	/* it fails, and these bits say why */
	bool fails, mute;	/* or it never ends */
	/* What becomes of data: so many words come, then data_status. */
	uint32_t words, data_status;
	unsigned int count;	/* that the FIFO says it has; 0: the truth */
	unsigned int end;	/* state of the machine behind the data */
	bool never_free, never_idle;	/* a command, a busy card */
	/* What the driver did. */
	uint32_t hz, config;
	unsigned int sent, stops, forced, taken;
	uint64_t off, on;	/* ticks without power, then before a command */
	bool broken;		/* what it does not understand */
};

extern struct sdhost_rig sdhost_rig;

/* A good one. */
void sdhost_rig_make(enum card_kind card);

/* Return: what the driver said. */
int sdhost_rig_probe(void);

#endif
