/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the FAT reader. The input is a sparse disk: a byte of flags, three
 * of size in sectors, then pieces: four bytes of place in units of 32, one of
 * length in units, the units. All else is zeroes.
 * link: fs/fat_chain.c fs/fat_dir.c fs/fat_mount.c fs/fat_name.c fs/fs.c lib/disk.c lib/region.c
 * max: 8192
 */
#include "../../fs/fat.c"
#include "err.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD		4u
#define PIECE_HEAD	5u
#define UNIT		32u
#define NAMES_MAX	1500u	/* for one input */
#define RUNS_MAX	600u	/* of one file */
#define DEPTH_MAX	3u

enum flags { MEND_BOOT = 1, MEND_SUMS = 2, LONG_BLOCKS = 4, SHIFTED = 8,
	     FAR_NAMES = 16 };

/* The input that is being played. */
static uint8_t *input;
static size_t input_size;
static unsigned int names;	/* left to look at */

#define must(what)	do { if (!(what)) abort(); } while (0)

/* The piece at @at of the input; false behind the last one that is whole. */
static bool piece_at(size_t at, uint64_t *place, size_t *length)
{
	if (input_size - at < PIECE_HEAD + UNIT)
		return false;
	*place = (uint64_t)le32(input + at) * UNIT;
	*length = (input[at + 4] % 32 + 1u) * UNIT;
	if (*length > input_size - at - PIECE_HEAD)
		*length = (input_size - at - PIECE_HEAD) / UNIT * UNIT;
	return true;
}

/* What the two have in common goes to the right place of @to. */
static void overlay(const struct disk_run *run, uint64_t place,
		    const uint8_t *bytes, size_t length)
{
	const uint64_t end = run->offset + run->size;

	if (place >= end || place + length <= run->offset)
		return;
	if (place < run->offset) {
		bytes += run->offset - place;
		length -= run->offset - place;
		place = run->offset;
	}
	memcpy((uint8_t *)run->to + (place - run->offset), bytes,
	       length < end - place ? length : end - place);
}

/* What mount asks for first, so that more than one input in many has it. */
static void mend_boot(uint8_t *boot)
{
	boot[0] = 0xe9;
	boot[510] = 0x55;
	boot[511] = 0xaa;
	le16(boot + 11) % 512 ? boot[11] = 0, boot[12] = 2 : 0;
	boot[13] = (uint8_t)(1u << boot[13] % 8);
	boot[14] |= !boot[15];
	boot[16] = (uint8_t)(boot[16] % 4 + 1);
	boot[21] |= 0xf8;
}

static int read_input(const struct disk *disk, const struct disk_run *runs,
		      unsigned int count)
{
	const uint64_t start = input[0] & SHIFTED ? disk->block : 0;
	uint64_t place;
	size_t length;

	for (unsigned int i = 0; i < count; i++) {
		memset(runs[i].to, 0, runs[i].size);
		for (size_t at = HEAD; piece_at(at, &place, &length);
		     at += PIECE_HEAD + length)
			overlay(&runs[i], start + place,
				input + at + PIECE_HEAD, length);
		if (input[0] & MEND_BOOT && runs[i].offset <= start)
			mend_boot((uint8_t *)runs[i].to + start);
	}
	return 0;
}

/* Each part of a long name gets the sum of the short one behind it. */
static void mend_sums(uint8_t *units, size_t length)
{
	for (size_t at = length; at >= 2 * UNIT; at -= UNIT) {
		const uint8_t *raw = units + at - UNIT;
		uint8_t sum = 0;

		if (fat_long_is_part(raw) || !fat_long_is_part(raw - UNIT))
			continue;
		for (unsigned int i = 0; i < 11; i++)
			sum = (uint8_t)((sum << 7 | sum >> 1) + raw[i]);
		for (; at >= 2 * UNIT &&
		       fat_long_is_part(units + at - 2 * UNIT); at -= UNIT)
			units[at - 2 * UNIT + 13] = sum;
	}
}

/* The cluster behind @cluster, read the slow way; 0: the end or an error. */
static uint64_t next_of(struct fs *fs, uint64_t cluster)
{
	const uint64_t bits = fs->own[FAT_BITS];
	uint8_t pair[4] = { 0 };
	uint64_t next;

	must(!fs_bytes(fs, fs->own[FAT_TABLE] + cluster * bits / 8, pair,
		       bits == 32 ? 4 : 2));
	next = le32(pair) >> (cluster * bits % 8);
	next &= bits == 32 ? 0x0fffffff : (1u << bits) - 1;
	return fat_has(fs, next) ? next : 0;
}

/* The first clusters of a file lie where the table says. */
static void check_start(struct fs *fs, struct fs_node node)
{
	const uint64_t bytes = UINT64_C(1) << fs->own[FAT_SHIFT];
	uint64_t cluster = node.number;
	struct fs_run run;

	for (uint64_t i = 0; i < 40 && i * bytes < node.size; i++) {
		if (fs->type->map(fs, &node, i * bytes, &run))
			return;
		must(fat_has(fs, cluster));
		must(run.where == fat_where(fs, cluster));
		cluster = next_of(fs, cluster);
	}
}

/* Its runs follow each other, and are the same for one who comes there new. */
static void check_runs(struct fs *fs, struct fs_node node)
{
	struct fs_run run, again;
	uint8_t to[1];

	for (uint64_t at = 0, i = 0; at < node.size && i < RUNS_MAX; i++) {
		struct fs_node other = node;
		int err = fs->type->map(fs, &node, at, &run);

		if (err) {
			must(fs->why && *fs->why);
			return;
		}
		must(run.size && run.size <= node.size - at && !run.hole);
		must(!fs_bytes(fs, run.where, to, 1) &&
		     !fs_bytes(fs, run.where + run.size - 1, to, 1));
		at += run.size;
		if (i > 20)
			continue;
		memset(other.own, 0, sizeof(other.own));
		must(!fs->type->map(fs, &other, at - 1, &again));
		must(again.where == run.where + run.size - 1);
	}
}

static void check_name(struct fs *fs, const struct fs_node *folder,
		       const struct fs_entry *entry)
{
	const size_t length = strlen(entry->name);
	struct fs_node node;

	must(length && length <= FS_NAME_MAX && !strchr(entry->name, '/'));
	must(strcmp(entry->name, ".") && strcmp(entry->name, ".."));
	if (input[0] & FAR_NAMES)
		must(!fs->type->find(fs, folder, entry->name, length, &node));
}

static void look_at(struct fs *fs, struct fs_node *node)
{
	struct fs_node other;

	if (node->kind == FS_FOLDER) {
		fs->type->find(fs, node, "..", 2, &other);
		return;
	}
	must(node->kind == FS_FILE);
	check_start(fs, *node);
	check_runs(fs, *node);
}

/* All that is below the root, without recursion. */
static void walk(struct fs *fs)
{
	struct fs_node folders[DEPTH_MAX + 1];
	uint64_t at[DEPTH_MAX + 1] = { 0 };
	static struct fs_entry entry;
	unsigned int depth = 0;

	must(!fs_find(fs, "/", &folders[0]));
	while (names--) {
		if (fs_list(fs, &folders[depth], &at[depth], &entry)) {
			if (!depth--)
				return;
			continue;
		}
		check_name(fs, &folders[depth], &entry);
		look_at(fs, &entry.node);
		if (entry.node.kind == FS_FOLDER && depth < DEPTH_MAX) {
			folders[++depth] = entry.node;
			at[depth] = 0;
		}
	}
}

static void play(void)
{
	const uint32_t block = input[0] & LONG_BLOCKS ? 4096 : 512;
	const uint64_t sectors = le32(input) >> 8;
	const uint64_t size = ALIGN_UP(sectors * 512, block);
	const uint64_t start = input[0] & SHIFTED ? block : 0;
	struct disk disk = { "fuzz", size + start, block, read_input, NULL };
	static struct fs fs;
	uint64_t place;
	size_t length;

	for (size_t at = HEAD; piece_at(at, &place, &length);
	     at += PIECE_HEAD + length)
		if (input[0] & MEND_SUMS)
			mend_sums(input + at + PIECE_HEAD, length);
	names = input[0] & FAR_NAMES ? NAMES_MAX / 10 : NAMES_MAX;
	disk_forget();
	/* Not by fs_mount(): clang's ASan puts gaps into the table of these. */
	memset(&fs, 0, sizeof(fs));
	fs.type = &fs_fat;
	fs.disk = &disk;
	fs.where = region_of(start, size);
	if (sectors && !fs.type->mount(&fs))
		walk(&fs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < HEAD)
		return 0;
	input = malloc(size);
	input_size = size;
	memcpy(input, data, size);
	play();
	free(input);
	return 0;
}
