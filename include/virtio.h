/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio devices, whatever bus they are on: a transport that knows registers,
 * one split queue, and drivers that are found by the device's number. Facts:
 * Virtual I/O Device (VIRTIO) Version 1.2.
 */
#ifndef VIRTIO_H
#define VIRTIO_H

#include "region.h"
#include "table.h"
#include "types.h"

#define VIRTIO_QUEUE_SIZE	128u	/* descriptors, at most */

/* 2.7: little-endian, as we are; the device reads and writes them. */
struct virtio_descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags;
	uint16_t next;
};

struct virtio_available {
	uint16_t flags;
	uint16_t index;
	uint16_t ring[VIRTIO_QUEUE_SIZE];
};

struct virtio_used_element {
	uint32_t id;
	uint32_t length;
};

struct virtio_used {
	uint16_t flags;
	uint16_t index;
	struct virtio_used_element ring[VIRTIO_QUEUE_SIZE];
};

/* Also the layout of a legacy device, if its size is VIRTIO_QUEUE_SIZE. */
struct virtio_queue {
	struct virtio_descriptor descriptors[VIRTIO_QUEUE_SIZE];
	struct virtio_available available;
	struct virtio_used used __attribute__((aligned(4096)));
} __attribute__((aligned(4096)));

#define VIRTIO_DESC_NEXT	1u
#define VIRTIO_DESC_WRITE	2u	/* the device writes */

struct virtio;

struct virtio_transport {
	uint64_t (*features)(const struct virtio *v);
	void (*accept)(const struct virtio *v, uint64_t features);
	uint32_t (*status)(const struct virtio *v);
	void (*set_status)(const struct virtio *v, uint32_t status);
	/* Queue 0; its size in @size. Return: 0, -ENODEV, -ENOTSUP. */
	int (*set_queue)(struct virtio *v, const struct virtio_queue *queue,
			 unsigned int *size);
	void (*notify)(const struct virtio *v);
	uint8_t (*config)(const struct virtio *v, unsigned int offset);
};

struct virtio {
	const struct virtio_transport *transport;
	uint32_t device;	/* 2: block */
	bool legacy;		/* before 1.0 */
	/* The transport's own: registers that are mapped. */
	uintptr_t regs, notify_at, config_at;
	uint32_t config_size, notify_step;
	struct region notify;	/* in which notify_at must be */
};

#define VIRTIO_BLOCK		2u

#define VIRTIO_F_VERSION_1	(1ull << 32)
#define VIRTIO_F_ACCESS_PLATFORM (1ull << 33)

/* Added with TABLE_ADD(virtio, 50, my_driver). */
struct virtio_driver {
	uint32_t device;
	int (*probe)(struct virtio *v);
};

TABLE(virtio, struct virtio_driver);

/*
 * A transport has found this device: keep a copy of @found and give it to
 * its driver. Return: 0, -ENODEV (nobody drives it), -ENOSPC (too many), or
 * what the driver says.
 */
int virtio_found(const struct virtio *found);

/*
 * Reset the device and agree on features: of @wanted what is offered, and
 * what every device of this kind needs. @got gets them.
 * Return: 0, -ENOTSUP (the device does not take them), -ETIMEDOUT.
 */
int virtio_start(struct virtio *v, uint64_t wanted, uint64_t *got);

/* The queue is set: the device may work. */
void virtio_ready(struct virtio *v);

/* The device stops, and touches no memory any more. */
void virtio_stop(struct virtio *v);

/* A little-endian number of @size bytes of the device's configuration. */
uint64_t virtio_config(const struct virtio *v, unsigned int offset,
		       unsigned int size);

#endif
