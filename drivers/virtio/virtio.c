/* SPDX-License-Identifier: BSD-2-Clause */
/* What all virtio devices go through, whatever their bus (VIRTIO 1.2, 3.1). */
#include "virtio.h"
#include "arch.h"
#include "err.h"

#define DEVICES			16
#define RESET_SECONDS		1

#define STATUS_ACKNOWLEDGE	1u
#define STATUS_DRIVER		2u
#define STATUS_DRIVER_OK	4u
#define STATUS_FEATURES_OK	8u
#define STATUS_FAILED		128u

/* Drivers keep pointers to theirs. */
static struct virtio devices[DEVICES];
static unsigned int device_count;

static const struct virtio_driver *driver_of(uint32_t device)
{
	const struct virtio_driver *const *it;

	table_for_each(virtio, it)
		if ((*it)->device == device)
			return *it;
	return NULL;
}

int virtio_found(const struct virtio *found)
{
	const struct virtio_driver *driver = driver_of(found->device);
	int err;

	if (!driver)
		return -ENODEV;
	if (device_count == DEVICES)
		return -ENOSPC;
	devices[device_count] = *found;
	err = driver->probe(&devices[device_count]);
	if (!err)
		device_count++;
	return err;
}

static void add_status(struct virtio *v, uint32_t bits)
{
	v->transport->set_status(v, v->transport->status(v) | bits);
}

/* 2.1.2: the reset is done when the status reads 0. */
static int virtio_reset(struct virtio *v)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() * RESET_SECONDS;

	v->transport->set_status(v, 0);
	while (v->transport->status(v))
		if (arch_counter() - start > limit)
			return -ETIMEDOUT;
	return 0;
}

int virtio_start(struct virtio *v, uint64_t wanted, uint64_t *got)
{
	int err = virtio_reset(v);

	if (err)
		return err;
	add_status(v, STATUS_ACKNOWLEDGE);
	add_status(v, STATUS_DRIVER);
	wanted |= VIRTIO_F_VERSION_1 | VIRTIO_F_ACCESS_PLATFORM;
	*got = v->transport->features(v) & wanted;
	if (!v->legacy && !(*got & VIRTIO_F_VERSION_1))
		err = -ENOTSUP;
	v->transport->accept(v, *got);
	if (!v->legacy) {
		add_status(v, STATUS_FEATURES_OK);
		if (!(v->transport->status(v) & STATUS_FEATURES_OK))
			err = -ENOTSUP;
	}
	if (err)
		add_status(v, STATUS_FAILED);
	return err;
}

void virtio_ready(struct virtio *v)
{
	add_status(v, STATUS_DRIVER_OK);
}

void virtio_stop(struct virtio *v)
{
	virtio_reset(v);
}

uint64_t virtio_config(const struct virtio *v, unsigned int offset,
		       unsigned int size)
{
	uint64_t value = 0;

	while (size--)
		value = value << 8 | v->transport->config(v, offset + size);
	return value;
}
