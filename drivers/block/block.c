/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of disks. */
#include "block.h"
#include "err.h"
#include "print.h"
#include <string.h>

static struct block *blocks[BLOCK_DISKS];
static unsigned int count;

/* How many of this class there are. */
static unsigned int number_of(const char *class)
{
	const size_t length = strlen(class);
	unsigned int number = 0;

	for (unsigned int i = 0; i < count; i++)
		number += !strncmp(blocks[i]->disk.name, class, length);
	return number;
}

int block_add(struct block *block, const char *class)
{
	if (count == BLOCK_DISKS)
		return -ENOSPC;
	print_to(block->disk.name, sizeof(block->disk.name), "%s%u", class,
		 number_of(class));
	blocks[count++] = block;
	return 0;
}

const struct disk *block_disk(unsigned int index)
{
	return index < count ? &blocks[index]->disk : NULL;
}

bool block_next(struct block_cursor *at, uint64_t most, struct disk_run *piece)
{
	const struct disk_run *run = at->runs;
	uint64_t size;

	if (!at->count)
		return false;
	size = run->size - at->done < most ? run->size - at->done : most;
	*piece = (struct disk_run){ run->offset + at->done, size,
				    (uint8_t *)run->to + at->done };
	at->done += size;
	if (at->done == run->size) {
		at->runs++;
		at->count--;
		at->done = 0;
	}
	return true;
}

void block_stop_all(void)
{
	while (count) {
		count--;
		blocks[count]->stop(blocks[count]);
	}
	disk_forget();
}
