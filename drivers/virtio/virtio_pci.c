/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio over PCI, the modern interface, which transitional devices have as
 * well (VIRTIO 1.2, 4.1.4).
 */
#include "err.h"
#include "io.h"
#include "pci.h"
#include "virtio.h"

#define VENDOR			0x1af4u
#define DEVICE_FIRST		0x1000u
#define DEVICE_MODERN		0x1040u
#define DEVICE_LAST		0x107fu
#define TRANSITIONAL_BLOCK	0x1001u

/* struct virtio_pci_cap: a vendor specific capability */
#define CAP_VENDOR		0x09
#define CAP_TYPE		3
#define CAP_BAR			4
#define CAP_OFFSET		8
#define CAP_LENGTH		12
#define CAP_NOTIFY_STEP		16
#define TYPE_COMMON		1u
#define TYPE_NOTIFY		2u
#define TYPE_DEVICE		4u
#define TYPES			5u

/* struct virtio_pci_common_cfg */
#define DEVICE_FEATURE_SELECT	0x00
#define DEVICE_FEATURE		0x04
#define DRIVER_FEATURE_SELECT	0x08
#define DRIVER_FEATURE		0x0c
#define DEVICE_STATUS		0x14
#define QUEUE_SELECT		0x16
#define QUEUE_SIZE		0x18
#define QUEUE_ENABLE		0x1c
#define QUEUE_NOTIFY_OFF	0x1e
#define QUEUE_DESC		0x20
#define QUEUE_DRIVER		0x28
#define QUEUE_DEVICE		0x30
#define COMMON_SIZE		0x38

/* Of all structures; that of notifications could do with 2. */
#define ALIGN			4

static uint64_t features(const struct virtio *v)
{
	uint64_t value;

	io_write32(v->regs + DEVICE_FEATURE_SELECT, 1);
	value = (uint64_t)io_read32(v->regs + DEVICE_FEATURE) << 32;
	io_write32(v->regs + DEVICE_FEATURE_SELECT, 0);
	return value | io_read32(v->regs + DEVICE_FEATURE);
}

static void accept(const struct virtio *v, uint64_t value)
{
	io_write32(v->regs + DRIVER_FEATURE_SELECT, 1);
	io_write32(v->regs + DRIVER_FEATURE, (uint32_t)(value >> 32));
	io_write32(v->regs + DRIVER_FEATURE_SELECT, 0);
	io_write32(v->regs + DRIVER_FEATURE, (uint32_t)value);
}

static uint32_t status(const struct virtio *v)
{
	return io_read8(v->regs + DEVICE_STATUS);
}

static void set_status(const struct virtio *v, uint32_t value)
{
	io_write8(v->regs + DEVICE_STATUS, (uint8_t)value);
}

/* 4.1.3.1: 64-bit fields are written as two of 32 bits. */
static void write_address(const struct virtio *v, unsigned int reg,
			  const void *address)
{
	io_write32(v->regs + reg, (uint32_t)(uintptr_t)address);
	io_write32(v->regs + reg + 4,
		   (uint32_t)((uint64_t)(uintptr_t)address >> 32));
}

/* 4.1.4.4: where in the structure queue 0 is notified. */
static int set_notify(struct virtio *v)
{
	const uint64_t offset = (uint64_t)v->notify_step *
				io_read16(v->regs + QUEUE_NOTIFY_OFF);
	struct region r;
	int err = region_slice(&r, v->notify, offset, sizeof(uint16_t));

	if (err)
		return err;
	v->notify_at = r.base;
	return IS_ALIGNED(r.base, sizeof(uint16_t)) ? 0 : -ERANGE;
}

static int set_queue(struct virtio *v, const struct virtio_queue *queue,
		     unsigned int *size)
{
	uint16_t most;
	int err;

	io_write16(v->regs + QUEUE_SELECT, 0);
	most = io_read16(v->regs + QUEUE_SIZE);
	if (!most)
		return -ENODEV;
	*size = most < VIRTIO_QUEUE_SIZE ? most : VIRTIO_QUEUE_SIZE;
	io_write16(v->regs + QUEUE_SIZE, (uint16_t)*size);
	write_address(v, QUEUE_DESC, queue->descriptors);
	write_address(v, QUEUE_DRIVER, &queue->available);
	write_address(v, QUEUE_DEVICE, &queue->used);
	err = set_notify(v);
	if (err)
		return err;
	io_write16(v->regs + QUEUE_ENABLE, 1);
	return 0;
}

static void notify(const struct virtio *v)
{
	io_write16(v->notify_at, 0);
}

static uint8_t config(const struct virtio *v, unsigned int offset)
{
	return offset < v->config_size ? io_read8(v->config_at + offset) : 0;
}

static const struct virtio_transport transport = {
	features, accept, status, set_status, set_queue, notify, config,
};

/* Where a structure is: the first of its type that we can map (4.1.4.1). */
struct place {
	unsigned int capability;	/* 0: there is none */
	unsigned int bar;
	uint32_t offset, length;
};

static void find_places(const struct pci_function *f,
			struct place places[TYPES])
{
	unsigned int at = pci_capability(f, CAP_VENDOR, 0);

	/* Their chain may be a ring. */
	for (unsigned int i = 0; at && i < PCI_CAPABILITIES_MAX;
	     at = pci_capability(f, CAP_VENDOR, at), i++) {
		uint8_t type = pci_read8(f, at + CAP_TYPE);

		if (type >= TYPES || places[type].capability)
			continue;
		places[type] = (struct place){
			at, pci_read8(f, at + CAP_BAR),
			pci_read32(f, at + CAP_OFFSET),
			pci_read32(f, at + CAP_LENGTH) };
	}
}

/* All three structures may be in one BAR; it gets its address once. */
struct bars {
	struct region bar[6];
};

static int map(const struct pci_function *f, struct bars *bars,
	       const struct place *place, uint32_t least, struct region *r)
{
	int err = 0;

	if (!place->capability || place->bar >= 6 || place->length < least)
		return -ENOTSUP;
	if (!bars->bar[place->bar].size)
		err = pci_bar(f, place->bar, &bars->bar[place->bar]);
	if (!err)
		err = region_slice(r, bars->bar[place->bar], place->offset,
				   place->length);
	if (err)
		return err;
	return IS_ALIGNED(r->base, ALIGN) ? 0 : -ERANGE;
}

static uint32_t device_of(const struct pci_function *f)
{
	const uint32_t device = f->id >> 16;

	if (device >= DEVICE_MODERN)
		return device - DEVICE_MODERN;
	return device == TRANSITIONAL_BLOCK ? VIRTIO_BLOCK : 0;
}

static int probe(const struct pci_function *f)
{
	struct virtio v = { .transport = &transport, .device = device_of(f) };
	struct place places[TYPES] = { { 0 } };
	struct region common, notifications, own;
	struct bars bars = { { { 0, 0 } } };
	int err;

	if (!f->coherent)
		return -ENOTSUP;
	find_places(f, places);
	err = map(f, &bars, &places[TYPE_COMMON], COMMON_SIZE, &common);
	if (!err)
		err = map(f, &bars, &places[TYPE_NOTIFY], 2, &notifications);
	if (!err)
		err = map(f, &bars, &places[TYPE_DEVICE], 1, &own);
	if (err)
		return err;
	v.regs = common.base;
	v.notify = notifications;
	v.notify_step = pci_read32(f, places[TYPE_NOTIFY].capability +
				   CAP_NOTIFY_STEP);
	v.config_at = own.base;
	v.config_size = (uint32_t)own.size;
	pci_enable(f);
	return virtio_found(&v);
}

static bool matches(const struct pci_function *f)
{
	const uint32_t device = f->id >> 16;

	return (f->id & 0xffff) == VENDOR && device >= DEVICE_FIRST &&
	       device <= DEVICE_LAST && device_of(f) == VIRTIO_BLOCK;
}

static const struct pci_driver pci_virtio = { matches, probe };
TABLE_ADD(pci, 50, pci_virtio);
