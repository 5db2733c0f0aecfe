/* SPDX-License-Identifier: BSD-2-Clause */
/* Namespaces of NVMe as disks: reads, many in flight (NVMe 1.4, 4.3 and 6.9). */
#include "nvme.h"
#include "err.h"
#include <string.h>

#define OPCODE_READ		0x02u

/* Identify Namespace, figure 245 */
#define NSZE			0
#define FLBAS			26
#define LBAF(format)		(128 + 4 * (format))
#define LBADS_MIN		9u
#define LBADS_MAX		12u

_Static_assert(NVME_ENTRIES <= 32, "a bit for each slot");

static uint64_t first_page_room(uint64_t address)
{
	return NVME_PAGE - address % NVME_PAGE;
}

/*
 * PRP entry 1 may begin inside a page; 2 is the second page, or a list of
 * all that come (4.3). The list of a slot has room for NVME_LARGEST.
 */
static void set_data(struct nvme *nvme, struct nvme_command *command,
		     unsigned int slot, uint64_t address, uint64_t size)
{
	uint64_t *list = nvme->memory->lists[slot];
	uint64_t room = first_page_room(address), page = address + room;
	unsigned int n = 0;

	command->data[0] = address;
	if (size <= room)
		return;
	size -= room;
	if (size <= NVME_PAGE) {
		command->data[1] = page;
		return;
	}
	for (; size > NVME_PAGE; size -= NVME_PAGE, page += NVME_PAGE)
		list[n++] = page;
	list[n] = page;
	command->data[1] = (uintptr_t)list;
}

/* The next piece goes out in @slot. Return: false if there is none. */
static bool send_next(struct nvme_namespace *ns, struct block_cursor *at,
		      unsigned int slot)
{
	const uint32_t block = ns->block.disk.block;
	struct nvme_command command = {
		.opcode = OPCODE_READ, .id = (uint16_t)slot,
		.namespace = ns->id };
	struct disk_run piece;
	uint64_t first;

	if (!block_next(at, ns->nvme->largest, &piece))
		return false;
	first = piece.offset / block;
	command.word[0] = (uint32_t)first;
	command.word[1] = (uint32_t)(first >> 32);
	command.word[2] = (uint32_t)(piece.size / block - 1);
	set_data(ns->nvme, &command, slot, (uintptr_t)piece.to, piece.size);
	nvme_submit(ns->nvme, &ns->nvme->reads, &command);
	return true;
}

static int read(const struct disk *disk, const struct disk_run *runs,
		unsigned int count)
{
	struct nvme_namespace *ns = disk->device;
	struct nvme *nvme = ns->nvme;
	struct block_cursor at = { runs, count, 0 };
	/* A full queue looks like an empty one: one entry stays free. */
	const unsigned int slots = nvme->reads.entries - 1;
	uint32_t out = 0;	/* a bit for each slot */
	int err = nvme->regs ? 0 : -EIO;

	for (unsigned int i = 0; !err && i < slots && send_next(ns, &at, i);
	     i++)
		out |= 1u << i;
	while (out) {
		uint16_t slot;
		int failed = nvme_complete(nvme, &nvme->reads, &slot);

		if (failed == -ETIMEDOUT || slot >= slots ||
		    !(out & 1u << slot)) {
			/* What is still out must not write any more. */
			nvme_stop(nvme);
			return failed ? failed : -EIO;
		}
		if (failed)
			err = failed;
		if (err || !send_next(ns, &at, slot))
			out &= ~(1u << slot);
	}
	return err;
}

static void stop(struct block *block)
{
	struct nvme_namespace *ns = block->disk.device;

	nvme_stop(ns->nvme);
}

int nvme_add_namespace(struct nvme *nvme, uint32_t id)
{
	struct nvme_namespace *ns = &nvme->namespaces[nvme->namespace_count];
	const uint8_t *identify = nvme->memory->identify;
	struct disk *disk = &ns->block.disk;
	uint64_t blocks;
	uint32_t shift;
	int err;

	memcpy(&blocks, identify + NSZE, sizeof(blocks));
	shift = identify[LBAF(identify[FLBAS] & 15u) + 2];
	if (shift < LBADS_MIN || shift > LBADS_MAX ||
	    !blocks || blocks > UINT64_MAX >> shift)
		return -ENOTSUP;
	ns->nvme = nvme;
	ns->id = id;
	ns->block.stop = stop;
	disk->block = 1u << shift;
	disk->size = blocks << shift;
	disk->read = read;
	disk->device = ns;
	err = block_add(&ns->block, "nvme");
	if (!err)
		nvme->namespace_count++;
	return err;
}
