/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine whose device tree names one device, which a test plays. */
#ifndef TEST_NODE_RIG_H
#define TEST_NODE_RIG_H

#include "region.h"
#include "types.h"

struct node_rig {
	const char *compatible;
	struct region regs;	/* base 0: the node has none */
	bool coherent;		/* the tree says so */
	uint64_t (*read)(uint64_t offset, unsigned int size);
	void (*write)(uint64_t offset, unsigned int size, uint64_t value);
};

/* Look for devices in a new machine. Return: what the driver said. */
int node_rig_probe(const struct node_rig *node);

#endif
