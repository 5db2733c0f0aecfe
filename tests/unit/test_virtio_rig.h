/* SPDX-License-Identifier: BSD-2-Clause */
/* A virtio block device behind MMIO registers that answers as a test says. */
#ifndef TEST_VIRTIO_RIG_H
#define TEST_VIRTIO_RIG_H

#include "disk.h"
#include "types.h"

enum virtio_answer {
	ANSWER_WELL,
	ANSWER_BACKWARDS,	/* all right, the last one first */
	ANSWER_NEVER,
	ANSWER_NOT_LAST,	/* all but the last of a notification */
	ANSWER_FAILED,		/* a status of "I/O error" */
	ANSWER_NO_STATUS,	/* it is back, and its status was not written */
	ANSWER_TWICE,		/* the first one again in place of the second */
	ANSWER_JUMP,		/* the used index goes on by 100 */
	ANSWER_ID,		/* an id of no request: virtio_rig.id */
	ANSWER_LENGTH,		/* the number of bytes is 2^32 - 1 */
};

struct virtio_rig {
	/* What the registers say. */
	uint32_t magic, version, device, queue_max;
	uint64_t features, sectors;
	uint32_t size_max, block_size;
	bool never_resets, refuses_features;
	uint64_t regs_size;
	bool coherent;		/* the tree says so */
	/* What it does with requests. */
	enum virtio_answer answer;
	uint32_t id;
	const uint8_t *bytes;
	/* What the driver did. */
	uint32_t status;
	unsigned int requests, most;	/* in all; at once */
	uint64_t accepted, largest;	/* bytes of one request */
	bool broken;		/* a chain that no device understands */
};

extern struct virtio_rig virtio_rig;

/* A good device of 1 MiB with numbered bytes; the machine has nothing else. */
void virtio_rig_make(void);

/* Its MMIO registers, for who plays another bus in front of them. */
uint64_t virtio_rig_read(uint64_t offset, unsigned int size);
void virtio_rig_write(uint64_t offset, unsigned int size, uint64_t value);

/* Look for devices. Return: what the driver said. */
int virtio_rig_probe(void);

/* Probe; it must become a disk. */
const struct disk *virtio_rig_disk(void);

#endif
