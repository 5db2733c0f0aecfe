/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NVMe over PCI, polled: one admin queue to learn what is there, one queue
 * for reads. Facts: NVM Express Base Specification 1.4.
 */
#include "nvme.h"
#include "arch.h"
#include "err.h"
#include "io.h"
#include "noinit.h"
#include "pci.h"
#include <string.h>

#define CLASS_NVME		0x010802u

/* 3.1: controller registers */
#define REG_CAP			0x00
#define REG_CC			0x14
#define REG_CSTS		0x1c
#define REG_AQA			0x24
#define REG_ASQ			0x28
#define REG_ACQ			0x30
#define REG_DOORBELLS		0x1000
#define REGS_LEAST		0x2000

#define CAP_MQES(cap)		((uint32_t)(cap) & 0xffff)
#define CAP_TO(cap)		((uint32_t)((cap) >> 24) & 0xff)	/* 500 ms */
#define CAP_DSTRD(cap)		((uint32_t)((cap) >> 32) & 0xf)
#define CAP_NVM(cap)		((cap) >> 37 & 1)
#define CAP_MPSMIN(cap)		((uint32_t)((cap) >> 48) & 0xf)

#define CC_EN			(1u << 0)
#define CC_SHN_NORMAL		(1u << 14)
#define CC_IOSQES		(6u << 16)	/* 64 bytes */
#define CC_IOCQES		(4u << 20)	/* 16 bytes */
#define CSTS_RDY		(1u << 0)
#define CSTS_CFS		(1u << 1)
#define CSTS_SHST		(3u << 2)
#define CSTS_SHUT_DOWN		(2u << 2)

#define ADMIN_CREATE_SQ		0x01u
#define ADMIN_CREATE_CQ		0x05u
#define ADMIN_IDENTIFY		0x06u
#define QUEUE_CONTIGUOUS	1u
#define IDENTIFY_NAMESPACE	0u
#define IDENTIFY_CONTROLLER	1u
#define IDENTIFY_LIST		2u
#define READ_QUEUE		1u

#define CONTROLLERS		4
#define COMMAND_SECONDS		30

static struct nvme controllers[CONTROLLERS];
static unsigned int controller_count;
static noinit struct nvme_memory memories[CONTROLLERS];

/* Wait until the bits @mask of CSTS are @want. */
static int wait_csts(const struct nvme *nvme, uint32_t mask, uint32_t want)
{
	const uint64_t start = arch_counter();
	/* CAP.TO counts half seconds; 0 is some, too. */
	const uint64_t limit = arch_counter_freq() / 2 *
			       (CAP_TO(nvme->cap) + 1);
	uint32_t csts;

	while (((csts = io_read32(nvme->regs + REG_CSTS)) & mask) != want) {
		if (want && csts & CSTS_CFS)
			return -EIO;
		if (arch_counter() - start > limit)
			return -ETIMEDOUT;
		arch_pause();
	}
	return 0;
}

static uintptr_t doorbell(const struct nvme *nvme, unsigned int queue,
			  unsigned int completion)
{
	return nvme->regs + REG_DOORBELLS +
	       ((2 * queue + completion) * 4ul << CAP_DSTRD(nvme->cap));
}

void nvme_submit(struct nvme *nvme, struct nvme_queue *queue,
		 const struct nvme_command *command)
{
	queue->submissions[queue->tail] = *command;
	queue->tail = (queue->tail + 1) % queue->entries;
	arch_barrier();
	io_write32(doorbell(nvme, queue->number, 0), queue->tail);
}

/* 4.6: the phase tag of an entry turns when the controller has written it. */
int nvme_complete(struct nvme *nvme, struct nvme_queue *queue, uint16_t *id)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() * COMMAND_SECONDS;
	const volatile struct nvme_completion *c =
		&queue->completions[queue->head];
	uint16_t status;

	while (((status = c->status) & 1) != queue->phase) {
		if (arch_counter() - start > limit)
			return -ETIMEDOUT;
		arch_pause();
	}
	arch_barrier();
	*id = c->command;
	queue->head = (queue->head + 1) % queue->entries;
	if (!queue->head)
		queue->phase = !queue->phase;
	io_write32(doorbell(nvme, queue->number, 1), queue->head);
	return status >> 1 ? -EIO : 0;
}

static int admin(struct nvme *nvme, const struct nvme_command *command)
{
	uint16_t id;

	nvme_submit(nvme, &nvme->admin, command);
	return nvme_complete(nvme, &nvme->admin, &id);
}

static int identify(struct nvme *nvme, uint32_t what, uint32_t namespace)
{
	const struct nvme_command command = {
		.opcode = ADMIN_IDENTIFY, .namespace = namespace,
		.data = { (uintptr_t)nvme->memory->identify, 0 },
		.word = { what } };
	int err = admin(nvme, &command);

	return err;
}

static void queue_init(struct nvme_queue *queue, unsigned int number,
		       struct nvme_rings *rings, unsigned int entries)
{
	memset(rings, 0, sizeof(*rings));
	*queue = (struct nvme_queue){
		.number = number, .entries = entries, .phase = 1,
		.submissions = rings->submissions,
		.completions = rings->completions };
}

/* 7.6.1: off, the admin queue, on. */
static int enable(struct nvme *nvme)
{
	const uint32_t entries = NVME_ENTRIES;
	int err;

	io_write32(nvme->regs + REG_CC, 0);
	err = wait_csts(nvme, CSTS_RDY, 0);
	if (err)
		return err;
	queue_init(&nvme->admin, 0, &nvme->memory->admin, entries);
	io_write32(nvme->regs + REG_AQA, (entries - 1) << 16 | (entries - 1));
	io_write64(nvme->regs + REG_ASQ, (uintptr_t)nvme->admin.submissions);
	io_write64(nvme->regs + REG_ACQ, (uintptr_t)nvme->admin.completions);
	io_write32(nvme->regs + REG_CC, CC_EN | CC_IOSQES | CC_IOCQES);
	return wait_csts(nvme, CSTS_RDY, CSTS_RDY);
}

/* MDTS: pages of the smallest size that one command may move; 0: any. */
static void set_largest(struct nvme *nvme, uint8_t mdts)
{
	const unsigned int shift = 12 + CAP_MPSMIN(nvme->cap);

	nvme->largest = NVME_LARGEST;
	if (mdts && mdts + shift < 31 && 1ull << (mdts + shift) < NVME_LARGEST)
		nvme->largest = 1ull << (mdts + shift);
}

static int create_read_queue(struct nvme *nvme)
{
	struct nvme_queue *queue = &nvme->reads;
	uint32_t most = CAP_MQES(nvme->cap) + 1;
	struct nvme_command command = { .opcode = ADMIN_CREATE_CQ };
	int err;

	queue_init(queue, READ_QUEUE, &nvme->memory->reads,
		   most < NVME_ENTRIES ? most : NVME_ENTRIES);
	command.data[0] = (uintptr_t)queue->completions;
	command.word[0] = (queue->entries - 1) << 16 | READ_QUEUE;
	command.word[1] = QUEUE_CONTIGUOUS;
	err = admin(nvme, &command);
	if (err)
		return err;
	command.opcode = ADMIN_CREATE_SQ;
	command.data[0] = (uintptr_t)queue->submissions;
	command.word[1] = READ_QUEUE << 16 | QUEUE_CONTIGUOUS;
	return admin(nvme, &command);
}

/*
 * Those that are active, lowest first; there is room for a few. One that
 * cannot be used is left out: others may be disks already.
 */
static int find_namespaces(struct nvme *nvme)
{
	uint32_t list[NVME_NAMESPACES];
	int err = identify(nvme, IDENTIFY_LIST, 0);

	if (err)
		return err;
	memcpy(list, nvme->memory->identify, sizeof(list));
	for (unsigned int i = 0; i < NVME_NAMESPACES && list[i]; i++) {
		int failed = identify(nvme, IDENTIFY_NAMESPACE, list[i]);

		if (!failed)
			failed = nvme_add_namespace(nvme, list[i]);
		if (failed)
			err = failed;
		if (failed == -ETIMEDOUT)
			break;
	}
	if (nvme->namespace_count)
		return 0;
	return err ? err : -ENODEV;
}

/* 7.6.2: the controller may say that it is done, or not. */
void nvme_stop(struct nvme *nvme)
{
	if (!nvme->regs)
		return;
	io_write32(nvme->regs + REG_CC, CC_EN | CC_IOSQES | CC_IOCQES |
		   CC_SHN_NORMAL);
	wait_csts(nvme, CSTS_SHST, CSTS_SHUT_DOWN);
	io_write32(nvme->regs + REG_CC, 0);
	wait_csts(nvme, CSTS_RDY, 0);
	nvme->regs = 0;
}

static int start(struct nvme *nvme)
{
	int err;

	nvme->cap = io_read64(nvme->regs + REG_CAP);
	if (!CAP_NVM(nvme->cap) || CAP_MPSMIN(nvme->cap) ||
	    CAP_MQES(nvme->cap) + 1 < 2)
		return -ENOTSUP;
	err = enable(nvme);
	if (!err)
		err = identify(nvme, IDENTIFY_CONTROLLER, 0);
	if (err)
		return err;
	set_largest(nvme, nvme->memory->identify[77]);
	err = create_read_queue(nvme);
	return err ? err : find_namespaces(nvme);
}

static int probe(const struct pci_function *f)
{
	struct nvme *nvme = &controllers[controller_count];
	struct region bar;
	int err;

	if (controller_count == CONTROLLERS)
		return -ENOSPC;
	if (!f->coherent)
		return -ENOTSUP;
	err = pci_bar(f, 0, &bar);
	if (err)
		return err;
	if (bar.size < REGS_LEAST)
		return -EINVAL;
	pci_enable(f);
	memset(nvme, 0, sizeof(*nvme));
	nvme->regs = bar.base;
	nvme->memory = &memories[controller_count];
	err = start(nvme);
	if (err) {
		nvme_stop(nvme);
		return err;
	}
	controller_count++;
	return 0;
}

static bool matches(const struct pci_function *f)
{
	return f->class == CLASS_NVME;
}

static const struct pci_driver pci_nvme = { matches, probe };
TABLE_ADD(pci, 50, pci_nvme);
