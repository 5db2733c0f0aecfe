/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Noise in the metadata of ext4: whatever comes of it, nothing outside is
 * touched and everything ends. What a fuzzer does for longer.
 */
#include "test_ext4.h"
#include "err.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX	6
#define NAMES_MAX	200
#define RUNS_MAX	3000
#define READ_MAX	(64 * SZ_1K)

static struct volume v;

static void use_file(struct fs_node *node)
{
	uint64_t size = node->size < READ_MAX ? node->size : READ_MAX;
	uint8_t *to = malloc(size + 1);
	struct fs_run run;
	uint64_t at = 0;

	for (unsigned int i = 0; i < RUNS_MAX && at < node->size; i++) {
		if (v.fs.type->map(&v.fs, node, at, &run))
			break;
		CHECK(run.size && run.size <= node->size - at);
		CHECK(run.hole || (run.where < v.ram.disk.size &&
				   run.size <= v.ram.disk.size - run.where));
		at += run.size;
	}
	fs_read(&v.fs, node, node->size - size, to, size);
	fs_read(&v.fs, node, 0, to, size);
	free(to);
}

static void use_folder(struct fs_node folder, unsigned int depth)
{
	struct fs_entry entry;
	struct fs_node node;
	uint64_t at = 0;

	for (unsigned int i = 0; i < NAMES_MAX; i++) {
		if (fs_list(&v.fs, &folder, &at, &entry))
			break;
		v.fs.type->find(&v.fs, &folder, entry.name,
				strlen(entry.name), &node);
		if (fs_open(&v.fs, &entry.node))
			continue;
		if (entry.node.kind == FS_FOLDER && depth < DEPTH_MAX)
			use_folder(entry.node, depth + 1);
		else if (entry.node.kind != FS_FOLDER)
			use_file(&entry.node);
	}
}

static void use_volume(void)
{
	struct fs_node node;

	if (volume_again(&v) || fs_find(&v.fs, "/", &node))
		return;
	use_folder(node, 0);
	fs_find(&v.fs, "slow", &node);
	fs_find(&v.fs, "through/..", &node);
	fs_find(&v.fs, "deep/a/b/c/d/../e/f", &node);
}

/* Bytes that matter, mostly: small numbers, large ones, and bits. */
static uint8_t noisy(uint8_t byte)
{
	static const uint8_t bytes[] = { 0, 1, 0x7f, 0x80, 0xff };
	uint64_t kind = unit_random_below(8);

	return kind < ARRAY_SIZE(bytes) ? bytes[kind]
					: byte ^ (uint8_t)(1 << unit_random_below(8));
}

static void noise(const char *image, unsigned int rounds, uint64_t size)
{
	uint8_t *good;

	CHECK_EQ(volume_load(&v, image), 0);
	good = malloc(v.ram.disk.size);
	memcpy(good, v.ram.bytes, v.ram.disk.size);
	for (unsigned int i = 0; i < rounds; i++) {
		for (uint64_t n = unit_random_below(12) + 1; n; n--) {
			uint64_t at = 1024 + unit_random_below(size);

			v.ram.bytes[at] = noisy(v.ram.bytes[at]);
		}
		use_volume();
		memcpy(v.ram.bytes, good, v.ram.disk.size);
	}
	use_volume();
	CHECK_EQ(volume_read(&v, "/size-307207"), 0);
	free(good);
	volume_free(&v);
}

TEST(ext4_survives_noise)
{
	noise("plain", 60, 200 * SZ_1K);
	noise("ext2", 60, 200 * SZ_1K);
	noise("inline-nocsum", 60, 100 * SZ_1K);
	noise("uninit64", 20, 100 * SZ_1K);
}

/*
 * CVE-2019-13104 and 13106: the rest of a block, and of a hole, is not
 * counted by what the disk says but by what was asked for. The buffers have
 * no byte more.
 */
TEST(ext4_fills_exactly_what_was_asked_for)
{
	static const char *const images[] = { "far2", "far4", "far-64k" };
	struct fs_node node;

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		CHECK_EQ(volume_load(&v, images[i]), 0);
		CHECK_EQ(fs_find(&v.fs, "far", &node), 0);
		for (uint64_t size = 1; size < 3000; size += 97) {
			uint8_t *to = malloc(size);
			uint64_t places[] = { 0, 3, 1000, 1024, 12 * 1024 - 1,
					      70 * SZ_1M - size / 2,
					      70 * SZ_1M + 2999,
					      node.size - size };

			for (size_t p = 0; p < ARRAY_SIZE(places); p++)
				CHECK_EQ(fs_read(&v.fs, &node, places[p], to,
						 size), 0);
			CHECK_EQ(fs_read(&v.fs, &node, node.size - size + 1, to,
					 size), -ERANGE);
			free(to);
		}
		volume_free(&v);
	}
}
