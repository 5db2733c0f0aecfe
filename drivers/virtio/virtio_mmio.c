/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio over MMIO: the modern registers, and the legacy ones, which are
 * QEMU's default (VIRTIO 1.2, 4.2.2 and 4.2.4).
 */
#include "driver.h"
#include "err.h"
#include "io.h"
#include "virtio.h"

#define REG_MAGIC		0x000
#define REG_VERSION		0x004
#define REG_DEVICE_ID		0x008
#define REG_DEVICE_FEATURES	0x010
#define REG_DEVICE_FEATURES_SEL	0x014
#define REG_DRIVER_FEATURES	0x020
#define REG_DRIVER_FEATURES_SEL	0x024
#define REG_GUEST_PAGE_SIZE	0x028	/* legacy */
#define REG_QUEUE_SEL		0x030
#define REG_QUEUE_NUM_MAX	0x034
#define REG_QUEUE_NUM		0x038
#define REG_QUEUE_ALIGN		0x03c	/* legacy */
#define REG_QUEUE_PFN		0x040	/* legacy */
#define REG_QUEUE_READY		0x044
#define REG_QUEUE_NOTIFY	0x050
#define REG_STATUS		0x070
#define REG_QUEUE_DESC		0x080
#define REG_QUEUE_DRIVER	0x090
#define REG_QUEUE_DEVICE	0x0a0
#define REG_CONFIG		0x100

#define MAGIC			0x74726976u	/* "virt" */
#define VERSION_LEGACY		1u
#define VERSION_MODERN		2u

static uint64_t features(const struct virtio *v)
{
	uint64_t value;

	io_write32(v->regs + REG_DEVICE_FEATURES_SEL, 1);
	value = (uint64_t)io_read32(v->regs + REG_DEVICE_FEATURES) << 32;
	io_write32(v->regs + REG_DEVICE_FEATURES_SEL, 0);
	return value | io_read32(v->regs + REG_DEVICE_FEATURES);
}

static void accept(const struct virtio *v, uint64_t value)
{
	io_write32(v->regs + REG_DRIVER_FEATURES_SEL, 1);
	io_write32(v->regs + REG_DRIVER_FEATURES, (uint32_t)(value >> 32));
	io_write32(v->regs + REG_DRIVER_FEATURES_SEL, 0);
	io_write32(v->regs + REG_DRIVER_FEATURES, (uint32_t)value);
}

static uint32_t status(const struct virtio *v)
{
	return io_read32(v->regs + REG_STATUS);
}

static void set_status(const struct virtio *v, uint32_t value)
{
	io_write32(v->regs + REG_STATUS, value);
}

static void write_address(const struct virtio *v, unsigned int reg,
			  const void *address)
{
	io_write32(v->regs + reg, (uint32_t)(uintptr_t)address);
	io_write32(v->regs + reg + 4,
		   (uint32_t)((uint64_t)(uintptr_t)address >> 32));
}

/* One page frame number for all; its layout depends on the queue's size. */
static int set_legacy(struct virtio *v, const struct virtio_queue *queue,
		      unsigned int size)
{
	const uint64_t page = (uint64_t)(uintptr_t)queue / SZ_4K;

	if (size != VIRTIO_QUEUE_SIZE || page > UINT32_MAX)
		return -ENOTSUP;
	io_write32(v->regs + REG_GUEST_PAGE_SIZE, SZ_4K);
	io_write32(v->regs + REG_QUEUE_NUM, size);
	io_write32(v->regs + REG_QUEUE_ALIGN, SZ_4K);
	io_write32(v->regs + REG_QUEUE_PFN, (uint32_t)page);
	return 0;
}

static int set_queue(struct virtio *v, const struct virtio_queue *queue,
		     unsigned int *size)
{
	uint32_t most;

	io_write32(v->regs + REG_QUEUE_SEL, 0);
	most = io_read32(v->regs + REG_QUEUE_NUM_MAX);
	if (!most)
		return -ENODEV;
	*size = most < VIRTIO_QUEUE_SIZE ? most : VIRTIO_QUEUE_SIZE;
	if (v->legacy)
		return set_legacy(v, queue, *size);
	io_write32(v->regs + REG_QUEUE_NUM, *size);
	write_address(v, REG_QUEUE_DESC, queue->descriptors);
	write_address(v, REG_QUEUE_DRIVER, &queue->available);
	write_address(v, REG_QUEUE_DEVICE, &queue->used);
	io_write32(v->regs + REG_QUEUE_READY, 1);
	return 0;
}

static void notify(const struct virtio *v)
{
	io_write32(v->regs + REG_QUEUE_NOTIFY, 0);
}

static uint8_t config(const struct virtio *v, unsigned int offset)
{
	return offset < v->config_size ? io_read8(v->config_at + offset) : 0;
}

static const struct virtio_transport transport = {
	features, accept, status, set_status, set_queue, notify, config,
};

static int probe(const struct device *device)
{
	struct virtio v = { .transport = &transport,
			    .regs = device->regs.base };
	uint32_t version;

	if (device->regs.size < REG_CONFIG)
		return -EINVAL;
	if (!dt_prop(device->tree, device->node, "dma-coherent", NULL))
		return -ENOTSUP;
	if (io_read32(v.regs + REG_MAGIC) != MAGIC)
		return -ENODEV;
	version = io_read32(v.regs + REG_VERSION);
	if (version != VERSION_LEGACY && version != VERSION_MODERN)
		return -ENOTSUP;
	v.legacy = version == VERSION_LEGACY;
	v.device = io_read32(v.regs + REG_DEVICE_ID);
	v.config_at = v.regs + REG_CONFIG;
	v.config_size = (uint32_t)(device->regs.size - REG_CONFIG);
	/* 0: a place without a device; others: nobody here wants it. */
	return v.device == VIRTIO_BLOCK ? virtio_found(&v) : 0;
}

static const char *const compatible[] = { "virtio,mmio", NULL };
static const struct driver driver_virtio_mmio = {
	.name = "virtio", .compatible = compatible, .probe = probe,
	.late = true,
};
TABLE_ADD(driver, 50, driver_virtio_mmio);
