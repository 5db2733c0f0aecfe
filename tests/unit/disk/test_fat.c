/* SPDX-License-Identifier: BSD-2-Clause */
/* FAT volumes as mkfs.vfat and mtools make them: all that went in comes out. */
#include "err.h"
#include "test_fat.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TO_SIZE		(256 * SZ_1K)

static struct ramdisk ram;
static struct fs fs;
static struct fs_node node;
static uint8_t to[TO_SIZE] __attribute__((aligned(4096)));
static uint8_t want[TO_SIZE];

static const char *const images[] = {
	"fat12", "fat12-s4096", "fat12-c64k", "fat12-c256k", "fat12-mbr",
	"fat12-one-copy", "fat16", "fat16-c8k", "fat16-s2048", "fat16-s4096",
	"fat32", "fat32-one-copy", "fat32-small", "fat32-small-s4096",
	"mformat12", "mformat32",
};

/* A file of the folder that make_fat.py has filled. */
static FILE *open_made(const char *folder, const char *name)
{
	const char *top = getenv("AGLET_IMAGES");
	char path[1024];
	FILE *made;

	snprintf(path, sizeof(path), "%s/fat/%s%s", top ? top : ".", folder,
		 name);
	made = fopen(path, "rb");
	if (!made) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	return made;
}

/* The bytes of @node are those of that file. */
static void check_bytes(const char *folder, const char *name)
{
	FILE *made = open_made(folder, name);
	size_t size = fread(want, 1, sizeof(want), made);

	fclose(made);
	CHECK_EQ(node.kind, FS_FILE);
	if (!CHECK_EQ(node.size, size))
		return;
	memset(to, 0xee, sizeof(to));
	CHECK_EQ(fs_read(&fs, &node, 0, to, size), 0);
	CHECK(!memcmp(to, want, size));
	CHECK(size == sizeof(to) || to[size] == 0xee);
	for (unsigned int i = 0; size > 1 && i < 5; i++) {
		size_t at = unit_random_below(size - 1);
		size_t part = 1 + unit_random_below(size - at);

		CHECK_EQ(fs_read(&fs, &node, at, to + i, part), 0);
		CHECK(!memcmp(to + i, want + at, part));
	}
}

/* How many names there are below @folder, @depth folders deep. */
static unsigned int count_below(const struct fs_node *folder,
				unsigned int depth)
{
	struct fs_entry entry;
	unsigned int count = 0;
	uint64_t at = 0;

	while (!fs_list(&fs, folder, &at, &entry)) {
		count++;
		CHECK_EQ(fs_open(&fs, &entry.node), 0);
		CHECK_EQ(fs.type->find(&fs, folder, entry.name,
				       strlen(entry.name), &node), 0);
		CHECK(!memcmp(&node, &entry.node, sizeof(node)));
		if (depth && entry.node.kind == FS_FOLDER)
			count += count_below(&entry.node, depth - 1);
	}
	return count;
}

/* A line of a list, "100 a/b" or "- a". */
static void check_line(char *line)
{
	char *path = strchr(line, ' ');

	*strchr(path, '\n') = 0;
	if (!CHECK_EQ(fs_find(&fs, path + 1, &node), 0)) {
		printf("# %s\n", path + 1);
		return;
	}
	if (*line == '-')
		CHECK_EQ(node.kind, FS_FOLDER);
	else
		check_bytes("tree/", path + 1);
}

static void check_image(const char *name, uint32_t block)
{
	struct fs_node root;
	char line[1024];
	unsigned int lines = 0;
	FILE *list;

	snprintf(line, sizeof(line), "fat/%s.img", name);
	ramdisk_load(&ram, line, block);
	CHECK_EQ(fs_mount(&fs, &ram.disk, region_of(0, ram.disk.size)), 0);
	snprintf(line, sizeof(line), "%s.list", name);
	list = open_made("", line);
	for (; fgets(line, sizeof(line), list); lines++)
		check_line(line);
	fclose(list);
	CHECK_EQ(fs_find(&fs, "/", &root), 0);
	CHECK_EQ(count_below(&root, 8), lines);
	ramdisk_free(&ram);
}

TEST(fat_images_have_what_went_in)
{
	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		check_image(images[i], 512);
		check_image(images[i], 4096);
	}
}

static void load(const char *name)
{
	ramdisk_load(&ram, name, 512);
	CHECK_EQ(fs_mount(&fs, &ram.disk, region_of(0, ram.disk.size)), 0);
}

/* Read all of @path, with the table in the cache. Return: runs of the disk. */
static unsigned int runs_of(const char *path, const char *name,
			    unsigned int *requests)
{
	unsigned int runs;

	CHECK_EQ(fs_find(&fs, path, &node), 0);
	check_bytes("", name);
	CHECK_EQ(fs_find(&fs, path, &node), 0);
	runs = ram.runs;
	*requests = ram.requests;
	CHECK_EQ(fs_read(&fs, &node, 0, to, node.size), 0);
	*requests = ram.requests - *requests;
	return ram.runs - runs;
}

/* How often the chain from @cluster on leaps, seen by ourselves. */
static unsigned int pieces_of(uint64_t cluster)
{
	const uint8_t *table = ram.bytes + ram.bytes[14] * 512;
	unsigned int pieces = 1;

	for (uint64_t next; cluster < 0xfff8; cluster = next) {
		next = table[2 * cluster] | table[2 * cluster + 1] << 8;
		pieces += next != cluster + 1 && next < 0xfff8;
	}
	return pieces;
}

TEST(fat_images_need_one_run_for_a_piece)
{
	unsigned int requests, pieces;

	load("fat/pieces.img");
	CHECK_EQ(runs_of("whole", "big", &requests), 1);
	CHECK_EQ(requests, 1);
	CHECK_EQ(pieces_of(node.number), 1);
	CHECK_EQ(fs_find(&fs, "pieces", &node), 0);
	pieces = pieces_of(node.number);
	CHECK(pieces > 40);
	CHECK_EQ(runs_of("pieces", "big", &requests), pieces);
	CHECK_EQ(requests, (pieces + 63) / 64);
	ramdisk_free(&ram);
}

TEST(fat_images_that_are_full)
{
	struct fs_node root;
	struct fs_run run;
	unsigned int requests;

	load("fat/full.img");
	CHECK_EQ(fs_find(&fs, "/", &root), 0);
	CHECK_EQ(count_below(&root, 0), 16);
	CHECK_EQ(runs_of("last", "last", &requests), 1);
	CHECK_EQ(fs.type->map(&fs, &node, node.size - 1, &run), 0);
	CHECK_EQ(run.where + 1, ram.disk.size);
	CHECK_EQ(fs_find(&fs, "n15", &node), -ENOENT);
	ramdisk_free(&ram);
}

/* One block less, and the end of the file system is not there. */
TEST(fat_images_that_were_cut)
{
	char name[64];

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		const uint8_t *boot;
		uint64_t size;

		snprintf(name, sizeof(name), "fat/%s.img", images[i]);
		load(name);
		boot = ram.bytes;
		size = boot[19] | boot[20] << 8;
		if (!size)
			memcpy(&size, boot + 32, 4);
		size *= (uint64_t)(boot[11] | boot[12] << 8);
		CHECK_EQ(fs_mount(&fs, &ram.disk, region_of(0, size)), 0);
		CHECK_EQ(fs_mount(&fs, &ram.disk, region_of(0, size - 1)),
			 -EINVAL);
		CHECK(strstr(fs.why, "ends before"));
		ramdisk_free(&ram);
	}
}

/* Behind something else, with blocks larger than the sectors. */
TEST(fat_images_anywhere_on_a_disk)
{
	const uint64_t offset = 5 * 512;
	struct ramdisk disk;

	load("fat/fat16.img");
	ramdisk_make(&disk, offset + ram.disk.size + 3 * 512, 4096);
	memcpy(disk.bytes + offset, ram.bytes, ram.disk.size);
	CHECK_EQ(fs_mount(&fs, &disk.disk, region_of(offset, ram.disk.size)),
		 0);
	CHECK_EQ(fs_find(&fs, "/efi/boot/bootaa64.efi", &node), 0);
	check_bytes("tree/", "EFI/BOOT/BOOTAA64.EFI");
	ramdisk_free(&disk);
	ramdisk_free(&ram);
}
