/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio block devices (VIRTIO 1.2, 5.2): polled, as many requests in flight
 * as the queue has room for, each run in as few requests as the device allows.
 */
#include "arch.h"
#include "block.h"
#include "err.h"
#include "noinit.h"
#include "virtio.h"
#include <string.h>

#define DISKS			8
#define TIMEOUT_SECONDS		30

#define F_SIZE_MAX		(1ull << 1)
#define F_BLK_SIZE		(1ull << 6)

/* struct virtio_blk_config */
#define CONFIG_CAPACITY		0
#define CONFIG_SIZE_MAX		8
#define CONFIG_BLK_SIZE		20

#define SECTOR			512u	/* 5.2.6: whatever blk_size says */
#define TYPE_IN			0u
#define STATUS_OK		0u
#define STATUS_PENDING		0xffu

/* Descriptors of a request: header, data, status. */
#define CHAIN			3u
#define SLOTS			(VIRTIO_QUEUE_SIZE / CHAIN)
/* A length is 32 bits; QEMU refuses what is near 2 GiB. */
#define LARGEST			SZ_1G

struct request {
	uint32_t type;
	uint32_t reserved;
	uint64_t sector;
	volatile uint8_t status;	/* written by the device */
};

struct virtio_blk {
	struct block block;
	struct virtio *virtio;
	struct virtio_queue *queue;
	unsigned int slots;	/* requests that fit into the queue */
	uint64_t largest;	/* bytes of one */
	uint16_t seen;		/* of the used ring's index */
	uint16_t sent;		/* of the available ring's */
	unsigned int size;	/* of the queue */
	bool lost;		/* a request did not come back */
	struct request requests[SLOTS];
};

static struct virtio_blk blks[DISKS];
static unsigned int blk_count;
static noinit struct virtio_queue queues[DISKS];

/* The descriptors of a slot never change but for the data. */
static void prepare_slot(struct virtio_blk *blk, unsigned int slot)
{
	struct virtio_descriptor *d = &blk->queue->descriptors[slot * CHAIN];
	struct request *request = &blk->requests[slot];
	const uint16_t first = (uint16_t)(slot * CHAIN);

	d[0] = (struct virtio_descriptor){
		(uintptr_t)request, offsetof(struct request, status),
		VIRTIO_DESC_NEXT, (uint16_t)(first + 1) };
	d[1].flags = VIRTIO_DESC_NEXT | VIRTIO_DESC_WRITE;
	d[1].next = (uint16_t)(first + 2);
	d[2] = (struct virtio_descriptor){
		(uintptr_t)&request->status, 1, VIRTIO_DESC_WRITE, 0 };
	request->status = STATUS_PENDING;
}

static void send(struct virtio_blk *blk, unsigned int slot,
		 const struct disk_run *piece)
{
	struct virtio_descriptor *d = &blk->queue->descriptors[slot * CHAIN];
	struct virtio_available *a = &blk->queue->available;

	blk->requests[slot].type = TYPE_IN;
	blk->requests[slot].sector = piece->offset / SECTOR;
	blk->requests[slot].status = STATUS_PENDING;
	d[1].address = (uintptr_t)piece->to;
	d[1].length = (uint32_t)piece->size;
	a->ring[blk->sent++ % blk->size] = (uint16_t)(slot * CHAIN);
}

/* What was put into the ring is the device's now (2.7.13). */
static void publish(struct virtio_blk *blk)
{
	arch_barrier();
	*(volatile uint16_t *)&blk->queue->available.index = blk->sent;
	arch_barrier();
	blk->virtio->transport->notify(blk->virtio);
}

static uint16_t used_index(const struct virtio_blk *blk)
{
	return *(const volatile uint16_t *)&blk->queue->used.index;
}

/*
 * One request has come back. Return: its slot, or an error: also for one
 * that is not done, as are those that are not out.
 */
static int take_back(struct virtio_blk *blk)
{
	const uint64_t start = arch_counter();
	const uint64_t limit = arch_counter_freq() * TIMEOUT_SECONDS;
	uint32_t id;

	while (used_index(blk) == blk->seen) {
		if (arch_counter() - start > limit)
			return -ETIMEDOUT;
		arch_pause();
	}
	arch_barrier();
	id = blk->queue->used.ring[blk->seen++ % blk->size].id;
	if (id % CHAIN || id / CHAIN >= blk->slots ||
	    blk->requests[id / CHAIN].status == STATUS_PENDING)
		return -EIO;
	return (int)(id / CHAIN);
}

/* The next piece goes out in @slot. Return: false if there is none. */
static bool send_next(struct virtio_blk *blk, struct block_cursor *at,
		      unsigned int slot)
{
	struct disk_run piece;

	if (!block_next(at, blk->largest, &piece))
		return false;
	send(blk, slot, &piece);
	return true;
}

/*
 * Fill all slots, then one for each that comes back. After an error nothing
 * new goes out, but what is out is awaited: it writes into memory that will
 * have another use.
 */
static int read(const struct disk *disk, const struct disk_run *runs,
		unsigned int count)
{
	struct virtio_blk *blk = disk->device;
	struct block_cursor at = { runs, count, 0 };
	unsigned int out = 0;
	int err = blk->lost ? -EIO : 0, slot;

	while (!err && out < blk->slots && send_next(blk, &at, out))
		out++;
	if (out)
		publish(blk);
	while (out) {
		slot = take_back(blk);
		if (slot < 0) {
			/* What is still out must not write any more. */
			virtio_stop(blk->virtio);
			blk->lost = true;
			return slot;
		}
		if (blk->requests[slot].status != STATUS_OK)
			err = -EIO;
		blk->requests[slot].status = STATUS_PENDING;
		if (!err && send_next(blk, &at, (unsigned int)slot))
			publish(blk);
		else
			out--;
	}
	return err;
}

static void stop(struct block *block)
{
	struct virtio_blk *blk = block->disk.device;

	virtio_stop(blk->virtio);
}

static uint64_t largest_request(const struct virtio_blk *blk,
				uint64_t features, uint32_t block)
{
	uint64_t most = LARGEST;

	if (features & F_SIZE_MAX)
		most = virtio_config(blk->virtio, CONFIG_SIZE_MAX, 4);
	if (most > LARGEST)
		most = LARGEST;
	return ALIGN_DOWN(most, block);
}

static int set_geometry(struct virtio_blk *blk, uint64_t features)
{
	struct disk *disk = &blk->block.disk;
	uint64_t sectors = virtio_config(blk->virtio, CONFIG_CAPACITY, 8);

	disk->block = SECTOR;
	if (features & F_BLK_SIZE)
		disk->block = (uint32_t)virtio_config(blk->virtio,
						      CONFIG_BLK_SIZE, 4);
	if (disk->block < DISK_BLOCK_MIN || disk->block > DISK_BLOCK_MAX ||
	    disk->block & (disk->block - 1) || sectors > UINT64_MAX / SECTOR)
		return -EINVAL;
	disk->size = ALIGN_DOWN(sectors * SECTOR, disk->block);
	blk->largest = largest_request(blk, features, disk->block);
	if (!disk->size)
		return -ENODEV;
	return blk->largest ? 0 : -EINVAL;
}

static int set_queue(struct virtio_blk *blk)
{
	int err;

	memset(blk->queue, 0, sizeof(*blk->queue));
	err = blk->virtio->transport->set_queue(blk->virtio, blk->queue,
						&blk->size);
	if (err)
		return err;
	blk->slots = blk->size / CHAIN;
	if (!blk->slots)
		return -ENOTSUP;
	for (unsigned int i = 0; i < blk->slots; i++)
		prepare_slot(blk, i);
	return 0;
}

static int probe(struct virtio *virtio)
{
	struct virtio_blk *blk = &blks[blk_count];
	uint64_t features;
	int err;

	if (blk_count == DISKS)
		return -ENOSPC;
	memset(blk, 0, sizeof(*blk));
	blk->virtio = virtio;
	blk->queue = &queues[blk_count];
	blk->block.stop = stop;
	blk->block.disk.read = read;
	blk->block.disk.device = blk;
	err = virtio_start(virtio, F_SIZE_MAX | F_BLK_SIZE, &features);
	if (!err)
		err = set_geometry(blk, features);
	if (!err)
		err = set_queue(blk);
	if (!err)
		err = block_add(&blk->block, "virtio");
	if (err) {
		virtio_stop(virtio);
		return err;
	}
	virtio_ready(virtio);
	blk_count++;
	return 0;
}

static const struct virtio_driver virtio_blk = { VIRTIO_BLOCK, probe };
TABLE_ADD(virtio, 50, virtio_blk);
