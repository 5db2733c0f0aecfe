/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the ext4 reader with whole volumes: a byte of flags, then pieces of
 * a KiB, each behind two bytes that say where. With bit 0 of the flags all
 * checksums are 0, those that are computed and those in the volume, so that
 * what was changed is read all the same.
 * link: fs/fs.c fs/ext4_group.c fs/ext4_inode.c fs/ext4_extent.c fs/ext4_indirect.c fs/ext4_dir.c
 * max: 32768
 */
#include "err.h"
#include "fs.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What the line above has no room for. */
#include "../../fs/ext4.c"
#include "../../fs/ext4_check.c"
#include "../../fs/ext4_dir_check.c"
#include "../../fs/ext4_map.c"
#include "../../lib/disk.c"
#include "../../lib/region.c"

/* The real ones, under other names. */
#define crc32c real_crc32c
#define crc16 real_crc16
#include "../../lib/crc.c"
#undef crc32c
#undef crc16

#define VOLUME		(512 * SZ_1K)
#define PIECE		SZ_1K
#define RUNS_MAX	600
#define NAMES_MAX	60
#define FINDS_MAX	12
#define DEPTH_MAX	5
#define READ_MAX	(48 * SZ_1K)

static uint8_t volume[VOLUME], bytes_read[READ_MAX + 1];
static bool no_checksums;
static unsigned int finds;

uint32_t crc32c(uint32_t crc, const void *bytes, size_t size)
{
	return no_checksums ? 0 : real_crc32c(crc, bytes, size);
}

uint16_t crc16(uint16_t crc, const void *bytes, size_t size)
{
	return no_checksums ? 0 : real_crc16(crc, bytes, size);
}

static uint32_t get(uint64_t at, unsigned int size)
{
	uint32_t value = 0;

	while (size-- && at + size < VOLUME)
		value = value << 8 | volume[at + size];
	return value;
}

static void clear(uint64_t at, unsigned int size)
{
	for (; size--; at++)
		if (at < VOLUME)
			volume[at] = 0;
}

/* Of descriptors and inodes, as far as they lie in one block and group. */
static void clear_tables(uint64_t block)
{
	uint64_t desc = 1024 / block * block + block;
	uint32_t stride = get(1024 + 0x60, 4) & 0x80 ? 64 : 32;
	uint64_t table = get(desc + 8, 4) * block;
	uint32_t inode = get(1024 + 0x4c, 4) ? get(1024 + 0x58, 2) : 128;

	clear(1024 + 0x3fc, 4);
	for (uint64_t at = 0; at < block; at += stride)
		clear(desc + at + 0x1e, 2);
	for (unsigned int i = 0; i < 64; i++) {
		clear(table + i * inode + 0x7c, 2);
		if (inode > 128)
			clear(table + i * inode + 0x82, 2);
	}
}

/* In a block of a folder, a hash table, or a tree of extents. */
static void clear_tail(uint64_t at, uint64_t block)
{
	if (!get(at + block - 12, 4) && get(at + block - 8, 4) == 0xde00000c)
		clear(at + block - 4, 4);
	if (get(at, 2) == 0xf30a)
		clear(at + 12 + 12 * get(at + 4, 2), 4);
	if (get(at + 4, 2) == 12 && get(at + 0x1d, 1) == 8)
		clear(at + 0x20 + 8 * get(at + 0x20, 2) + 4, 4);
	if (!get(at, 4) && get(at + 4, 2) == (uint16_t)block)
		clear(at + 8 + 8 * get(at + 8, 2) + 4, 4);
}

static int read_volume(const struct disk *disk, const struct disk_run *runs,
		       unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		memcpy(runs[i].to, volume + runs[i].offset, runs[i].size);
	return 0;
}

static void use_file(struct fs *fs, struct fs_node *node)
{
	/* Odd, so that all bytes are copied and none goes straight. */
	uint8_t *to = bytes_read + !((uintptr_t)bytes_read & 1);
	uint64_t size = node->size < READ_MAX ? node->size : READ_MAX, at = 0;
	struct fs_run run;

	for (unsigned int i = 0; i < RUNS_MAX && at < node->size; i++) {
		if (fs->type->map(fs, node, at, &run))
			break;
		if (!run.size || run.size > node->size - at ||
		    (!run.hole && (run.where > VOLUME ||
				   run.size > VOLUME - run.where)))
			abort();
		at += run.size;
	}
	fs_read(fs, node, 0, to, size);
	fs_read(fs, node, node->size - size, to, size);
	fs_read(fs, node, node->size / 2, to, size / 3);
}

static void use_entry(struct fs *fs, const struct fs_node *folder,
		      struct fs_entry *entry)
{
	struct fs_node node;

	if (strlen(entry->name) > FS_NAME_MAX)
		abort();
	if (finds++ < FINDS_MAX)
		fs->type->find(fs, folder, entry->name, strlen(entry->name),
			       &node);
	if (!fs_open(fs, &entry->node) && entry->node.kind != FS_FOLDER)
		use_file(fs, &entry->node);
}

/* The names of a folder, and down into the last folder of it. */
static void use_folders(struct fs *fs, struct fs_node folder)
{
	struct fs_entry entry;

	for (unsigned int depth = 0; depth < DEPTH_MAX; depth++) {
		struct fs_node down = { .kind = FS_FILE };
		uint64_t at = 0;

		for (unsigned int i = 0; i < NAMES_MAX; i++) {
			if (fs_list(fs, &folder, &at, &entry))
				break;
			use_entry(fs, &folder, &entry);
			if (entry.node.kind == FS_FOLDER)
				down = entry.node;
		}
		if (down.kind != FS_FOLDER)
			return;
		folder = down;
	}
}

static void use(void)
{
	static const char *const paths[] = { "/link", "a/b/../b/file", "slow",
					     "nothing", "loop", "names/.." };
	const struct disk disk = { "fuzz", VOLUME, 512, read_volume, NULL };
	struct fs fs = { &fs_ext4, &disk, region_of(0, VOLUME), NULL, { 0 } };
	struct fs_node node;

	disk_forget();
	finds = 0;
	/* Not by the table, between whose pointers clang puts red zones. */
	if (fs_ext4.mount(&fs))
		return;
	if (!fs_find(&fs, "/", &node))
		use_folders(&fs, node);
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		if (!fs_find(&fs, paths[i], &node) && node.kind == FS_FILE)
			use_file(&fs, &node);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t block;

	if (!size)
		return 0;
	memset(volume, 0, sizeof(volume));
	no_checksums = data[0] & 1;
	for (data++, size--; size > 2; ) {
		size_t where = (size_t)(data[0] | data[1] << 8) % (VOLUME / PIECE);
		size_t part = size - 2 < PIECE ? size - 2 : PIECE;

		memcpy(volume + where * PIECE, data + 2, part);
		data += 2 + part;
		size -= 2 + part;
	}
	block = 1024ull << (get(1024 + 0x18, 4) & 7);
	if (no_checksums) {
		clear_tables(block);
		for (uint64_t at = 0; at < VOLUME; at += block)
			clear_tail(at, block);
	}
	use();
	return 0;
}
