/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes whole disks, end to end: partition table, file systems, the list of
 * boot entries, and the files of every candidate. An input is a byte of flags
 * and pieces: two bytes that say where, in units, one how many units, the
 * units. All else is zeroes.
 * link: boot/entry_*.c boot/file.c lib/disk.c lib/crc.c lib/region.c lib/print.c
 * link: fs/fs.c fs/partition.c fs/gpt.c fs/mbr.c fs/fat*.c fs/ext4*.c
 * max: 24576
 */
#include <stdlib.h>

/* What they keep is taken back for each input. */
#include "../../boot/volumes.c"
#include "../../boot/item_list.c"
#include "../../boot/items.c"
#include "../../boot/source_disk.c"
#include "uart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DISK_SIZE	SZ_1M
#define UNIT		128u
#define HEAD		3u
#define CANDIDATES	40u
#define must(what)	do { if (!(what)) abort(); } while (0)

/* The upper half of the flags is the number of a block that fails, not 0. */
enum { LARGE_BLOCKS = 1 };

static uint8_t bytes[DISK_SIZE];
static struct region bad_block;
static struct disk ram;
static bool present;		/* set once it was looked for in vain */

static int read_ram(const struct disk *d, const struct disk_run *runs,
		    unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		const struct region r = region_of(runs[i].offset, runs[i].size);

		must(r.size && region_contains(region_of(0, d->size), r));
		must(IS_ALIGNED(r.base, d->block) &&
		     IS_ALIGNED(r.size, d->block));
		if (region_overlaps(r, bad_block))
			return -EIO;
		memcpy(runs[i].to, bytes + r.base, r.size);
	}
	return 0;
}

const struct disk *block_disk(unsigned int index)
{
	return present && !index ? &ram : NULL;
}

void driver_probe_all(const struct dt *tree, bool late, driver_report *report,
		      void *context)
{
}

void uart_putc(char c)
{
}

static void warned(struct source_context *source, const char *object,
		   const char *said, int err)
{
	must(*object && *said && err <= 0);
}

static void use_file(const struct file *file)
{
	static uint8_t to[4096];
	uint64_t length = file->size < sizeof(to) ? file->size : sizeof(to);

	if (!file->size)
		return;
	must(file->name && *file->name == '/' &&
	     strlen(file->name) < ENTRY_PATH_MAX);
	file_read(file, 0, to, length);
	file_read(file, file->size - length, to, length);
	must(file_read(file, file->size, to, 1) == -ERANGE);
}

static void use_candidate(const struct candidate *c)
{
	must(c->kernel.size && c->initrd_count <= CANDIDATE_INITRDS &&
	     c->overlay_count <= CANDIDATE_OVERLAYS);
	must(memchr(c->cmdline, 0, sizeof(c->cmdline)));
	use_file(&c->kernel);
	use_file(&c->devicetree);
	for (unsigned int i = 0; i < c->initrd_count; i++)
		use_file(&c->initrd[i]);
	for (unsigned int i = 0; i < c->overlay_count; i++)
		use_file(&c->overlay[i]);
}

static void play(void)
{
	struct source_context context = { NULL, warned };
	static struct candidate c;
	int err = 0;

	/* The source does that once; from then on it is done here. */
	if (!present)
		must(open(0, &c, &context) == SOURCE_END);
	present = true;
	volumes_mount(&context);
	for (unsigned int i = 0; i < CANDIDATES && err != SOURCE_END; i++) {
		memset(&c, 0, sizeof(c));
		err = open(i, &c, &context);
		must(memchr(c.name, 0, sizeof(c.name)));
		if (!err)
			use_candidate(&c);
		else
			must(err == SOURCE_END || (err < 0 && c.name[0]));
		must(!c.why || *c.why);
	}
}

/* Write the pieces, or take them away again. */
static void put_pieces(const uint8_t *data, size_t size, bool there)
{
	while (size > HEAD) {
		const size_t at = (size_t)(data[0] | data[1] << 8) * UNIT %
				  DISK_SIZE;
		size_t length = (data[2] + 1u) * UNIT;

		if (length > size - HEAD)
			length = size - HEAD;
		if (length > DISK_SIZE - at)
			length = DISK_SIZE - at;
		if (there)
			memcpy(bytes + at, data + HEAD, length);
		else
			memset(bytes + at, 0, length);
		data += HEAD + length;
		size -= HEAD + length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	ram = (struct disk){ "fuzz", DISK_SIZE, 512, read_ram, NULL };
	if (data[0] & LARGE_BLOCKS)
		ram.block = 4096;
	bad_block = region_of((data[0] >> 4) * SZ_4K, data[0] >> 4 ? 512 : 0);
	volume_count = 0;
	count = 0;
	overflowed = false;
	wait_tenths = 0;
	scanned = SCANNED_NONE;
	disk_forget();
	put_pieces(data + 1, size - 1, true);
	play();
	put_pieces(data + 1, size - 1, false);
	return 0;
}
