/* SPDX-License-Identifier: BSD-2-Clause */
/* The controller's side of NVM Express 1.4, as far as a reader needs it. */
#include "test_nvme_rig.h"
#include "../../drivers/block/nvme.h"
#include "../../drivers/pci/pci_bus.h"
#include "err.h"
#include "test_disk_rig.h"
#include <stdlib.h>
#include <string.h>

/* The page of configuration space, and behind it where the BAR will be. */
#define CONFIG		0x20000000ul
#define WINDOW		0x20100000ul
#define WINDOW_SIZE	0x100000ul
#define SIZE		(4 * SZ_1M)
#define CC_EN		1u
#define CC_SHN		(3u << 14)

struct nvme_rig nvme_rig;

static uint8_t bytes[SIZE];
static uint64_t bar, asq, acq;
static uint32_t aqa;

/* Submission and completion queue of the same number. */
static struct {
	struct nvme_command *commands;
	struct nvme_completion *completions;
	uint32_t entries, head, tail;
	uint16_t phase;
} queues[2];

static void start_queue(unsigned int number, uint64_t sq, uint64_t cq,
			uint32_t entries)
{
	queues[number].commands = (void *)sq;
	queues[number].completions = (void *)cq;
	queues[number].entries = entries;
	queues[number].head = queues[number].tail = 0;
	queues[number].phase = 1;
}

static void complete(unsigned int number, uint16_t id, uint16_t status)
{
	struct nvme_completion *c =
		&queues[number].completions[queues[number].tail];

	c->command = id;
	c->status = (uint16_t)(status << 1 | queues[number].phase);
	queues[number].tail = (queues[number].tail + 1) %
			      queues[number].entries;
	if (!queues[number].tail)
		queues[number].phase ^= 1;
}

static void identify(uint8_t *to, const struct nvme_command *c)
{
	memset(to, 0, 4096);
	switch (c->word[0]) {
	case 0:
		memcpy(to, &nvme_rig.blocks, 8);
		to[26] = nvme_rig.format;
		to[128 + 4 * (nvme_rig.format & 15) + 2] =
			c->namespace == nvme_rig.strange ? 0 : nvme_rig.shift;
		break;
	case 1:
		to[77] = nvme_rig.mdts;
		break;
	case 2:
		memcpy(to, nvme_rig.namespaces, sizeof(nvme_rig.namespaces));
		break;
	}
}

static uint64_t completions_at;

static void serve_admin(const struct nvme_command *c)
{
	switch (c->opcode) {
	case 6:
		identify((uint8_t *)c->data[0], c);
		break;
	case 5:
		completions_at = c->data[0];
		break;
	case 1:
		start_queue(1, c->data[0], completions_at,
			    (c->word[0] >> 16) + 1);
		break;
	default:
		nvme_rig.broken = true;
	}
	complete(0, c->id, c->opcode == nvme_rig.failing ? 0x4002 : 0);
}

/* Where byte @at of a command's data goes (4.3). */
static uint64_t address_of(const struct nvme_command *c, uint64_t at,
			   uint64_t size)
{
	const uint64_t first = 4096 - c->data[0] % 4096;
	const uint64_t *list = (const uint64_t *)c->data[1];
	uint64_t page;

	if (at < first)
		return c->data[0] + at;
	at -= first;
	page = size - first > 4096 ? list[at / 4096] : c->data[1];
	nvme_rig.broken |= page % 4096 != 0;
	return page + at % 4096;
}

static void serve_read(const struct nvme_command *c)
{
	const uint64_t unit = 1ull << nvme_rig.shift;
	const uint64_t from = c->word[0] * unit;
	const uint64_t size = ((uint64_t)c->word[2] + 1) * unit;

	nvme_rig.reads++;
	if (nvme_rig.answer == NVME_NEVER)
		return;
	if (c->opcode != 2 || from > SIZE || size > SIZE - from ||
	    c->data[0] % 4) {
		nvme_rig.broken = true;
		return;
	}
	if (size > nvme_rig.largest)
		nvme_rig.largest = size;
	for (uint64_t at = 0; at < size; at += 512)
		memcpy((void *)address_of(c, at, size), nvme_rig.bytes + from +
		       at, 512);
	complete(1, nvme_rig.answer == NVME_ID ? nvme_rig.id : c->id,
		 nvme_rig.answer == NVME_FAILED ? 0x281 : 0);
}

static void ring(unsigned int number, uint32_t tail)
{
	while (queues[number].head != tail) {
		const struct nvme_command *c =
			&queues[number].commands[queues[number].head];

		queues[number].head = (queues[number].head + 1) %
				      queues[number].entries;
		if (number)
			serve_read(c);
		else
			serve_admin(c);
	}
}

static uint64_t read_csts(void)
{
	if (nvme_rig.cc & CC_SHN)
		return nvme_rig.never_down ? 1 : 1 | 2 << 2;
	if (!(nvme_rig.cc & CC_EN))
		return 0;
	return nvme_rig.is_fatal ? 2 : nvme_rig.never_ready ? 0 : 1;
}

static uint64_t read_reg(uint64_t offset, unsigned int size)
{
	switch (offset) {
	case 0x04:
		return nvme_rig.command;
	case 0x10:
		return (uint32_t)bar | 4;
	case 0x14:
		return bar >> 32;
	case WINDOW - CONFIG:
		return nvme_rig.cap;
	case WINDOW - CONFIG + 0x1c:
		return read_csts();
	default:
		abort();	/* nothing that a driver has to read */
	}
}

static void write_bar(uint64_t offset, uint32_t value)
{
	const int shift = offset == 0x10 ? 0 : 32;

	bar = (bar & ~(0xffffffffull << shift)) | (uint64_t)value << shift;
	bar &= ~((uint64_t)nvme_rig.bar_size - 1);
}

static void write_reg(uint64_t offset, unsigned int size, uint64_t value)
{
	switch (offset) {
	case 0x04:
		nvme_rig.command = (uint32_t)value;
		break;
	case 0x10:
	case 0x14:
		write_bar(offset, (uint32_t)value);
		break;
	case WINDOW - CONFIG + 0x14:
		nvme_rig.cc = (uint32_t)value;
		if (value == (CC_EN | 6 << 16 | 4 << 20))
			start_queue(0, asq, acq, (aqa & 0xfff) + 1);
		break;
	case WINDOW - CONFIG + 0x24:
		aqa = (uint32_t)value;
		break;
	case WINDOW - CONFIG + 0x28:
		asq = value;
		break;
	case WINDOW - CONFIG + 0x30:
		acq = value;
		break;
	case WINDOW - CONFIG + 0x1000:
		ring(0, (uint32_t)value);
		break;
	case WINDOW - CONFIG + 0x1008:
		ring(1, (uint32_t)value);
		break;
	}
}

void nvme_rig_make(void)
{
	for (unsigned int i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 7 + i / 256);
	bar = 0;
	memset(queues, 0, sizeof(queues));
	nvme_rig = (struct nvme_rig){
		.bar_size = 0x4000, .cap = 1ull << 37 | 2 << 24 | 63,
		.shift = 9, .blocks = SIZE / 512, .namespaces = { 1 },
		.coherent = true, .bytes = bytes,
	};
}

int nvme_rig_probe(void)
{
	const struct pci_function function = {
		.config = CONFIG, .class = 0x010802,
		.coherent = nvme_rig.coherent,
	};
	const struct pci_driver *const *it;

	rig_machine(0);
	fake_device.regs = region_of(CONFIG, WINDOW + WINDOW_SIZE - CONFIG);
	fake_device.read = read_reg;
	fake_device.write = write_reg;
	pci_set_window(WINDOW, WINDOW, WINDOW_SIZE);
	table_for_each(pci, it)
		if ((*it)->matches(&function))
			return (*it)->probe(&function);
	return -1;
}
