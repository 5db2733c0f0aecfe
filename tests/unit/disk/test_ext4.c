/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading what mke2fs wrote, with each of its layouts: all of it is there. */
#include "test_ext4.h"
#include "err.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH	32

static struct volume v;

/* Whole, and in pieces that begin and end anywhere, to any address. */
static void compare_file(struct fs_node *node, const char *name)
{
	size_t size;
	uint8_t *want = host_file(name, &size);
	uint8_t *got = aligned_alloc(4096, ALIGN_UP(size + 64, 4096));

	CHECK_EQ(node->size, size);
	memset(got, 0xee, size + 64);
	CHECK_EQ(fs_read(&v.fs, node, 0, got, size), 0);
	CHECK(!memcmp(got, want, size));
	CHECK(got[size] == 0xee);
	for (unsigned int i = 0; size && i < 20; i++) {
		uint64_t at = unit_random_below(size);
		uint64_t part = unit_random_below(size - at) + 1;
		uint64_t in = unit_random_below(16);

		memset(got, 0xee, size + 64);
		CHECK_EQ(fs_read(&v.fs, node, at, got + in, part), 0);
		CHECK(!memcmp(got + in, want + at, part));
		CHECK(got[in + part] == 0xee && (!in || got[in - 1] == 0xee));
	}
	CHECK_EQ(fs_read(&v.fs, node, 1, got, size), -ERANGE);
	free(got);
	free(want);
}

static void compare_link(struct fs_node *node, const char *name)
{
	char path[4096], want[1024], got[1024];
	ssize_t size;

	host_path(path, name);
	size = readlink(path, want, sizeof(want));
	CHECK_EQ(node->size, size);
	CHECK_EQ(fs_read(&v.fs, node, 0, got, node->size), 0);
	CHECK(!memcmp(got, want, (size_t)size));
}

static enum fs_kind host_kind(const char *name)
{
	char path[4096];
	struct stat about;

	host_path(path, name);
	if (lstat(path, &about)) {
		perror(path);
		return FS_OTHER;
	}
	return S_ISREG(about.st_mode) ? FS_FILE :
	       S_ISDIR(about.st_mode) ? FS_FOLDER :
	       S_ISLNK(about.st_mode) ? FS_LINK : FS_OTHER;
}

/* The same node by its name. */
static void compare_found(const struct fs_node *folder, const char *name,
			  const struct fs_node *node)
{
	struct fs_node found;

	CHECK_EQ(v.fs.type->find(&v.fs, folder, name, strlen(name), &found), 0);
	CHECK_EQ(found.number, node->number);
	CHECK_EQ(found.kind, node->kind);
	CHECK_EQ(found.size, node->size);
}

/* Everything in @folder and below. Return: how many names. */
static unsigned int compare_folder(struct fs_node folder, const char *path,
				   unsigned int depth)
{
	struct fs_entry entry;
	unsigned int count = 0;
	char name[4096];
	uint64_t at = 0;
	int err;

	while (!(err = fs_list(&v.fs, &folder, &at, &entry))) {
		enum fs_kind told = entry.node.kind;

		if (!strcmp(entry.name, "lost+found"))
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, entry.name);
		CHECK_EQ(fs_open(&v.fs, &entry.node), 0);
		CHECK_EQ(entry.node.kind, told);
		CHECK_EQ(told, host_kind(name));
		compare_found(&folder, entry.name, &entry.node);
		if (told == FS_FILE)
			compare_file(&entry.node, name);
		else if (told == FS_LINK)
			compare_link(&entry.node, name);
		else if (told == FS_FOLDER && CHECK(depth < DEPTH))
			count += compare_folder(entry.node, name, depth + 1);
		count++;
	}
	CHECK_EQ(err, -ENOENT);
	return count;
}

static void compare_image(const char *name, unsigned int count)
{
	struct fs_node root;

	if (!CHECK_EQ(volume_load(&v, name), 0) || !CHECK(!v.fs.why) ||
	    !CHECK_EQ(fs_find(&v.fs, "/", &root), 0) ||
	    !CHECK_EQ(compare_folder(root, "files", 0), count))
		printf("# image %s: %s\n", name, v.fs.why ? v.fs.why : "");
	volume_free(&v);
}

TEST(ext4_reads_what_went_in)
{
	size_t size;
	char *count = (char *)host_file("count", &size);
	char *images = (char *)host_file("images", &size);

	for (char *name = strtok(images, "\n"); name; name = strtok(NULL, "\n"))
		compare_image(name, (unsigned int)atoi(count));
	free(count);
	free(images);
}

/*
 * Inodes of group 16 and on: with 64 bytes a descriptor the first block of
 * 1 KiB ends before it, and with meta_bg the next is somewhere else.
 */
TEST(ext4_reads_the_second_block_of_descriptors)
{
	static const char *const images[] = { "meta_bg", "meta_bg-all",
					      "groups", "sparse2" };
	struct fs_node node;

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		CHECK_EQ(volume_load(&v, images[i]), 0);
		CHECK_EQ(get(volume_super(&v) + 0x28, 4), 8);
		for (node.number = 16 * 8 + 1; node.number < 132; node.number++)
			CHECK_EQ(fs_open(&v.fs, &node), 0);
		volume_free(&v);
	}
}

/* @path leads to where @same is. */
static void leads_to(const char *path, const char *same)
{
	struct fs_node a, b;

	CHECK_EQ(fs_find(&v.fs, path, &a), 0);
	CHECK_EQ(fs_find(&v.fs, same, &b), 0);
	CHECK_EQ(a.number, b.number);
}

static void links_lead(const char *image)
{
	struct fs_node node;

	CHECK_EQ(volume_load(&v, image), 0);
	leads_to("fast", "/size-1");
	leads_to("fast-59", "/size-1");
	leads_to("slow-60", "/size-0");
	leads_to("slow", "/deep/file");
	leads_to("deep/a/../../absolute", "/deep/file");
	leads_to("/to-folder/b/c", "/deep/a/b/c");
	leads_to("/to-folder/..", "/deep");
	leads_to("up", "size-60");
	leads_to("through", "/deep/file");
	leads_to("many-names", "size-1");
	leads_to("/../..//.", "/");
	CHECK_EQ(fs_find(&v.fs, "self", &node), -ELOOP);
	CHECK_EQ(fs_find(&v.fs, "ping", &node), -ELOOP);
	CHECK_EQ(fs_find(&v.fs, "nowhere", &node), -ENOENT);
	CHECK(!v.fs.why);
	CHECK_EQ(fs_find(&v.fs, "size-1/x", &node), -ENOTDIR);
	CHECK_EQ(fs_find(&v.fs, "size-", &node), -ENOENT);
	CHECK_EQ(fs_find(&v.fs, "size-10", &node), -ENOENT);
	CHECK_EQ(volume_list(&v, "/empty-folder"), 0);
	CHECK_EQ(volume_list(&v, "/size-1"), -ENOTDIR);
	volume_free(&v);
}

TEST(ext4_links_lead_where_they_say)
{
	links_lead("ext2");
	links_lead("ext4-4k");
	links_lead("inline");
}

/* How many runs a file has from front to end, and how many are holes. */
static unsigned int runs_of(struct fs_node *node, unsigned int *holes)
{
	unsigned int runs = 0;
	struct fs_run run;

	*holes = 0;
	for (uint64_t at = 0; at < node->size; at += run.size, runs++) {
		if (!CHECK_EQ(v.fs.type->map(&v.fs, node, at, &run), 0) ||
		    !CHECK(run.size && run.size <= node->size - at))
			break;
		*holes += run.hole;
	}
	return runs;
}

static void runs_are(const char *path, unsigned int runs, unsigned int holes)
{
	struct fs_node node;
	unsigned int found;

	CHECK_EQ(fs_find(&v.fs, path, &node), 0);
	CHECK_EQ(runs_of(&node, &found), runs);
	CHECK_EQ(found, holes);
}

TEST(ext4_maps_the_longest_run)
{
	static const char *const images[] = { "ext4-1k", "noextents" };

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		CHECK_EQ(volume_load(&v, images[i]), 0);
		runs_are("size-0", 0, 0);
		runs_are("size-1025", 1, 0);
		runs_are("size-12288", 1, 0);
		/* Lists of block numbers cut what is one hole in a tree. */
		runs_are("sparse", i ? 9 : 6, i ? 6 : 3);
		runs_are("holes-1", i ? 121 : 119, i ? 61 : 59);
		volume_free(&v);
	}
	CHECK_EQ(volume_load(&v, "ext4-4k"), 0);
	runs_are("size-307207", 1, 0);
	volume_free(&v);
}

/* Far beyond the last block that single and double lists reach. */
TEST(ext4_reads_far_into_a_sparse_file)
{
	static const char *const images[] = { "far2", "far4", "far-64k" };
	uint8_t want[3000], got[5000], zero[1000] = { 0 };
	size_t size;
	uint8_t *all = host_file("far/far", &size);
	struct fs_node node;

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		CHECK_EQ(volume_load(&v, images[i]), 0);
		CHECK_EQ(fs_find(&v.fs, "far", &node), 0);
		CHECK_EQ(node.size, size);
		memcpy(want, all + 70 * SZ_1M, sizeof(want));
		CHECK_EQ(fs_read(&v.fs, &node, 70 * SZ_1M - 1000, got, 5000), 0);
		CHECK(!memcmp(got, zero, 1000));
		CHECK(!memcmp(got + 1000, want, 3000));
		CHECK(!memcmp(got + 4000, zero, 1000));
		CHECK_EQ(fs_read(&v.fs, &node, 0, got, 5), 0);
		CHECK(!memcmp(got, "first", 5));
		volume_free(&v);
	}
	free(all);
}

/* A file in many pieces is mapped without reading the same again and again. */
TEST(ext4_reads_a_fragmented_file_in_one_go)
{
	static const char *const images[] = { "fragmented", "fragmented2" };
	unsigned int requests, holes;
	struct fs_node node;

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		CHECK_EQ(volume_load(&v, images[i]), 0);
		CHECK_EQ(fs_find(&v.fs, "big", &node), 0);
		compare_file(&node, "big");
		CHECK_EQ(fs_find(&v.fs, "big", &node), 0);
		disk_forget();
		requests = v.ram.requests;
		CHECK(runs_of(&node, &holes) >= 95);
		CHECK_EQ(holes, 0);
		CHECK(v.ram.requests - requests <= 3);
		volume_free(&v);
	}
}

static void many_names(const char *image)
{
	struct fs_node node, folder;
	char name[64];

	CHECK_EQ(volume_load(&v, image), 0);
	CHECK_EQ(volume_list(&v, "/names"), 5000);
	CHECK_EQ(fs_find(&v.fs, "/names", &folder), 0);
	for (unsigned int i = 0; i < 5000; i += 7) {
		snprintf(name, sizeof(name), "a-name-of-some-length-%04u", i);
		CHECK_EQ(v.fs.type->find(&v.fs, &folder, name, strlen(name),
					 &node), 0);
		CHECK_EQ(node.size, 100 + i % 4);
	}
	CHECK_EQ(v.fs.type->find(&v.fs, &folder, "a-name", 6, &node), -ENOENT);
	volume_free(&v);
}

TEST(ext4_finds_each_of_many_names)
{
	many_names("many");
	many_names("many-4k");
	many_names("many-plain");
	many_names("many-linear");
}

/* No block of a folder is brought twice for a search, nor for a listing. */
TEST(ext4_reads_a_folder_once)
{
	struct fs_node folder, node;

	CHECK_EQ(volume_load(&v, "many-4k"), 0);
	CHECK_EQ(fs_find(&v.fs, "/names", &folder), 0);
	disk_forget();
	v.ram.moved = 0;
	CHECK_EQ(v.fs.type->find(&v.fs, &folder, "a-name", 6, &node), -ENOENT);
	CHECK(v.ram.moved < 2 * folder.size + 4 * SZ_32K);
	disk_forget();
	v.ram.moved = 0;
	CHECK_EQ(volume_list(&v, "/names"), 5000);
	CHECK(v.ram.moved < folder.size + 4 * SZ_32K);
	volume_free(&v);
}

/* Like the kernel, which mounts such a volume only to replay first. */
TEST(ext4_warns_of_a_journal_to_replay)
{
	CHECK_EQ(volume_load(&v, "recover"), 0);
	CHECK(volume_says(&v, "its journal needs recovery"));
	CHECK_EQ(volume_list(&v, "/"), 2);
	CHECK(!v.fs.why);
	volume_free(&v);
}

/* Disks of 4 KiB blocks, and a volume that begins somewhere on the disk. */
TEST(ext4_reads_from_a_partition)
{
	struct ramdisk part;
	struct fs_node node;
	char text[5];

	CHECK_EQ(volume_load(&v, "ext4-1k"), 0);
	ramdisk_make(&part, v.ram.disk.size + 5 * 4096, 4096);
	memcpy(part.bytes + 3 * 4096, v.ram.bytes, v.ram.disk.size);
	CHECK_EQ(fs_mount(&v.fs, &part.disk,
			  region_of(3 * 4096, v.ram.disk.size)), 0);
	CHECK_EQ(fs_find(&v.fs, "absolute", &node), 0);
	CHECK_EQ(fs_read(&v.fs, &node, 0, text, 5), 0);
	CHECK(!memcmp(text, "deep\n", 5));
	ramdisk_free(&part);
	volume_free(&v);
}
