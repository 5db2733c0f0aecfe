/* SPDX-License-Identifier: BSD-2-Clause */
/* An NVMe controller behind PCI registers that answers as a test says. */
#ifndef TEST_NVME_RIG_H
#define TEST_NVME_RIG_H

#include "disk.h"
#include "types.h"

enum nvme_answer {
	NVME_WELL,
	NVME_NEVER,
	NVME_FAILED,		/* a status that is not 0 */
	NVME_ID,		/* an id of no command: nvme_rig.id */
};

struct nvme_rig {
	/* What it says of itself. */
	uint32_t bar_size;
	uint64_t cap;
	uint8_t mdts, format, shift;
	uint64_t blocks;
	uint32_t strange;	/* namespace that has blocks of 1 byte */
	uint32_t namespaces[8];
	bool never_ready, is_fatal, never_down, coherent;
	uint8_t failing;	/* opcode of the admin command that fails */
	/* What it does with reads. */
	enum nvme_answer answer;
	uint16_t id;
	const uint8_t *bytes;
	/* What the driver did. */
	uint32_t cc, command;
	unsigned int reads;
	uint64_t largest;	/* bytes of one command */
	bool broken;		/* a command that no controller understands */
};

extern struct nvme_rig nvme_rig;

/* A good controller of one namespace of 4 MiB with numbered bytes. */
void nvme_rig_make(void);

/* Return: what the driver said. */
int nvme_rig_probe(void);

#endif
