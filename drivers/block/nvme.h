/* SPDX-License-Identifier: BSD-2-Clause */
/* An NVMe controller, between its set-up and the reads of its namespaces. */
#ifndef NVME_H
#define NVME_H

#include "block.h"

#define NVME_ENTRIES		32u	/* of each queue */
#define NVME_NAMESPACES		4u
#define NVME_PAGE		4096u
/* Bytes of one command: what one page of a PRP list can name, and a bit. */
#define NVME_LARGEST		(512ull * 1024)

struct nvme_command {
	uint8_t opcode;
	uint8_t flags;
	uint16_t id;
	uint32_t namespace;
	uint64_t reserved;
	uint64_t metadata;
	uint64_t data[2];	/* PRP entries 1 and 2 */
	uint32_t word[6];	/* 10 to 15 */
};

struct nvme_completion {
	uint32_t result;
	uint32_t reserved;
	uint16_t head;
	uint16_t queue;
	uint16_t command;
	uint16_t status;	/* bit 0: phase */
};

/* Read and written by the controller. */
struct nvme_rings {
	struct nvme_command submissions[NVME_ENTRIES]
		__attribute__((aligned(4096)));
	struct nvme_completion completions[NVME_ENTRIES]
		__attribute__((aligned(4096)));
};

struct nvme_memory {
	struct nvme_rings admin, reads;
	uint8_t identify[NVME_PAGE] __attribute__((aligned(4096)));
	uint64_t lists[NVME_ENTRIES][NVME_PAGE / 8]
		__attribute__((aligned(4096)));
};

struct nvme_queue {
	unsigned int number, entries;
	struct nvme_command *submissions;
	struct nvme_completion *completions;
	unsigned int tail, head;
	uint16_t phase;
};

struct nvme;

struct nvme_namespace {
	struct block block;
	struct nvme *nvme;
	uint32_t id;
};

struct nvme {
	uintptr_t regs;		/* 0: stopped */
	uint64_t cap;
	uint64_t largest;	/* bytes of one command */
	struct nvme_memory *memory;
	struct nvme_queue admin, reads;
	struct nvme_namespace namespaces[NVME_NAMESPACES];
	unsigned int namespace_count;
};

void nvme_submit(struct nvme *nvme, struct nvme_queue *queue,
		 const struct nvme_command *command);

/* Wait for any command of @queue. Return: 0, -EIO (it failed), -ETIMEDOUT. */
int nvme_complete(struct nvme *nvme, struct nvme_queue *queue, uint16_t *id);

/* The identify data in memory is of this namespace: make it a disk. */
int nvme_add_namespace(struct nvme *nvme, uint32_t id);

void nvme_stop(struct nvme *nvme);

#endif
