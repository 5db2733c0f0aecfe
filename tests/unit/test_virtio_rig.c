/* SPDX-License-Identifier: BSD-2-Clause */
/* The device side of VIRTIO 1.2: 2.7 (split queues), 4.2 (MMIO), 5.2 (block). */
#include "test_virtio_rig.h"
#include "block.h"
#include "driver.h"
#include "err.h"
#include "test_disk_rig.h"
#include "virtio.h"
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGS		0x0a000000ul
#define SIZE		SZ_1M
#define FEATURES_OK	8u

struct virtio_rig virtio_rig;

static uint8_t bytes[SIZE];

/* The queue, as the driver has told. */
static struct {
	uint32_t feature_word, driver_word, size;
	uint64_t address[3];	/* descriptors, available, used */
	uint16_t seen, used;
	uint32_t waiting[VIRTIO_QUEUE_SIZE];
	unsigned int waiting_count;
} queue;

static uint64_t config(uint64_t offset, unsigned int size)
{
	uint8_t all[64] = { 0 };
	uint64_t value = 0;

	memcpy(all, &virtio_rig.sectors, 8);
	memcpy(all + 8, &virtio_rig.size_max, 4);
	memcpy(all + 20, &virtio_rig.block_size, 4);
	if (offset + size <= sizeof(all))
		memcpy(&value, all + offset, size);
	return value;
}

uint64_t virtio_rig_read(uint64_t offset, unsigned int size)
{
	if (offset >= 0x100)
		return config(offset - 0x100, size);
	switch (offset) {
	case 0x00:
		return virtio_rig.magic;
	case 0x04:
		return virtio_rig.version;
	case 0x08:
		return virtio_rig.device;
	case 0x10:
		return (uint32_t)(virtio_rig.features >>
				  32 * (queue.feature_word & 1));
	case 0x34:
		return virtio_rig.queue_max;
	case 0x70:
		return virtio_rig.status;
	default:
		abort();	/* nothing that a driver has to read */
	}
}

static void push(uint32_t id, uint32_t length)
{
	struct virtio_used *used = (void *)queue.address[2];

	used->ring[queue.used % queue.size] =
		(struct virtio_used_element){ id, length };
	queue.used++;
}

/* Move the bytes of a request. Return: whether it made sense. */
static bool move(const struct virtio_descriptor *d, uint8_t status)
{
	const struct {
		uint32_t type, reserved;
		uint64_t sector;
	} *header = (void *)d[0].address;
	const uint64_t at = header->sector * 512;

	if (d[0].length != 16 || d[0].flags != VIRTIO_DESC_NEXT ||
	    d[1].flags != (VIRTIO_DESC_NEXT | VIRTIO_DESC_WRITE) ||
	    d[2].flags != VIRTIO_DESC_WRITE || d[2].length != 1 ||
	    header->type || at > SIZE || d[1].length > SIZE - at)
		return false;
	if (d[1].length > virtio_rig.largest)
		virtio_rig.largest = d[1].length;
	memcpy((void *)d[1].address, virtio_rig.bytes + at, d[1].length);
	if (status != 0xff)
		*(uint8_t *)d[2].address = status;
	return true;
}

static void answer_one(uint32_t id, unsigned int number)
{
	const struct virtio_descriptor *d = (void *)queue.address[0];
	const enum virtio_answer answer = virtio_rig.answer;
	const uint8_t status = answer == ANSWER_FAILED ? 1 :
			       answer == ANSWER_NO_STATUS ? 0xff : 0;
	static uint32_t first;

	if (!number)
		first = id;
	if (answer == ANSWER_NOT_LAST && number + 1 == queue.waiting_count)
		return;
	virtio_rig.broken |= d[id].next != id + 1 || !move(d + id, status);
	if (answer == ANSWER_TWICE && number == 1)
		id = first;
	push(answer == ANSWER_ID ? virtio_rig.id : id,
	     answer == ANSWER_LENGTH ? UINT32_MAX : d[id + 1].length + 1);
	if (answer == ANSWER_JUMP)
		queue.used += 99;
}

/* What was made available since the last time. */
static void serve(void)
{
	const struct virtio_available *a = (void *)queue.address[1];
	struct virtio_used *used = (void *)queue.address[2];

	queue.waiting_count = 0;
	while (queue.seen != a->index && queue.waiting_count < queue.size)
		queue.waiting[queue.waiting_count++] =
			a->ring[queue.seen++ % queue.size];
	virtio_rig.requests += queue.waiting_count;
	if (queue.waiting_count > virtio_rig.most)
		virtio_rig.most = queue.waiting_count;
	if (virtio_rig.answer == ANSWER_NEVER)
		return;
	for (unsigned int i = 0; i < queue.waiting_count; i++)
		answer_one(queue.waiting[virtio_rig.answer == ANSWER_BACKWARDS ?
					 queue.waiting_count - 1 - i : i], i);
	used->index = queue.used;
}

static void set_status(uint32_t value)
{
	if (!value && virtio_rig.never_resets)
		value = 1;
	if (virtio_rig.refuses_features)
		value &= ~FEATURES_OK;
	if (!value)
		memset(&queue, 0, sizeof(queue));
	virtio_rig.status = value;
}

void virtio_rig_write(uint64_t offset, unsigned int size, uint64_t value)
{
	static const uint64_t addresses[] = { 0x80, 0x90, 0xa0 };

	for (int i = 0; i < 3; i++)
		if (offset == addresses[i] || offset == addresses[i] + 4) {
			queue.address[i] |= value << (offset & 4) * 8;
			return;
		}
	switch (offset) {
	case 0x14:
		queue.feature_word = (uint32_t)value;
		break;
	case 0x20:
		virtio_rig.accepted |= value << 32 * (queue.driver_word & 1);
		break;
	case 0x24:
		queue.driver_word = (uint32_t)value;
		break;
	case 0x38:
		queue.size = (uint32_t)value;
		break;
	case 0x50:
		serve();
		break;
	case 0x70:
		set_status((uint32_t)value);
		break;
	}
}

void virtio_rig_make(void)
{
	for (unsigned int i = 0; i < SIZE; i++)
		bytes[i] = (uint8_t)(i * 7 + i / 256);
	memset(&queue, 0, sizeof(queue));
	virtio_rig = (struct virtio_rig){
		.magic = 0x74726976, .version = 2, .device = 2,
		.queue_max = 256, .features = VIRTIO_F_VERSION_1 | 2 | 64,
		.sectors = SIZE / 512, .size_max = SIZE, .block_size = 512,
		.regs_size = 0x200, .coherent = true, .bytes = bytes,
	};
	rig_machine(0);
}

static void add_node(void)
{
	void *tree = (void *)MOCK_RAM_BASE;
	const uint32_t regs[] = {
		0, cpu_to_fdt32(REGS), 0,
		cpu_to_fdt32((uint32_t)virtio_rig.regs_size) };
	int node;

	if (fdt_open_into(tree, tree, SZ_64K))
		abort();
	node = fdt_add_subnode(tree, 0, "virtio_mmio");
	fdt_setprop_string(tree, node, "compatible", "virtio,mmio");
	fdt_setprop(tree, node, "reg", regs, sizeof(regs));
	if (virtio_rig.coherent)
		fdt_setprop_empty(tree, node, "dma-coherent");
	fake_device.regs = region_of(REGS, virtio_rig.regs_size);
	fake_device.read = virtio_rig_read;
	fake_device.write = virtio_rig_write;
}

static int said;

static void report(void *context, const struct driver *driver,
		   const struct device *device, int err)
{
	said = err;
}

int virtio_rig_probe(void)
{
	const char *why;
	struct dt tree;

	rig_machine(0);
	add_node();
	if (dt_open(&tree, (void *)MOCK_RAM_BASE, SZ_64K, &why))
		abort();
	said = -1;
	driver_probe_all(&tree, true, report, NULL);
	return said;
}

const struct disk *virtio_rig_disk(void)
{
	const int err = virtio_rig_probe();

	if (err || !block_disk(0)) {
		printf("# the device has become no disk: %s\n", err_name(err));
		exit(EXIT_FAILURE);
	}
	return block_disk(0);
}
