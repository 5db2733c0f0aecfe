/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Chains of clusters: where the bytes of a file are, and what is wrong with a
 * damaged table. Classes of bugs that other loaders had here: chains without
 * an end, a cluster number as an offset before it is looked at, a file size
 * that nobody compares with the volume (U-Boot, CVE-2025-24857 and before).
 */
#include "err.h"
#include "test_fat.h"
#include "unit.h"
#include <string.h>

#define CLUSTER		512u

static struct fat_made made;
static struct fs_node node;
static const unsigned int kinds[] = { 12, 16, 32 };

/* An empty volume of each kind that has @clusters, more if it must have. */
static void make(unsigned int bits, uint32_t clusters)
{
	if (bits == 16 && clusters < 4085)
		clusters = 4085;
	fat_make(&made, bits, CLUSTER, clusters);
	for (uint32_t c = 2; c < clusters + 2; c++)
		fat_put32(fat_bytes(&made, c), c);
}

/* A file from cluster @first on; the volume as it is now. */
static void file(uint32_t first, uint64_t size)
{
	CHECK_EQ(fat_mount_made(&made), 0);
	memset(&node, 0, sizeof(node));
	node.number = first;
	node.size = size;
}

static int map(uint64_t offset, struct fs_run *run)
{
	return made.fs.type->map(&made.fs, &node, offset, run);
}

/* The first error when it is read from its start to its end; its text. */
static int map_all(const char **why)
{
	struct fs_run run;
	int err = 0;

	for (uint64_t at = 0; !err && at < node.size; at += run.size)
		err = map(at, &run);
	*why = made.fs.why;
	CHECK(!err == !made.fs.why);
	return err;
}

TEST(fat_chain_in_one_piece_is_one_run)
{
	struct fs_run run;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		make(kinds[i], 3000);
		fat_row(&made, 255, 2001);
		file(255, 2000 * CLUSTER + 7);
		CHECK_EQ(map(0, &run), 0);
		CHECK_EQ(run.where, made.data + 253 * CLUSTER);
		CHECK_EQ(run.size, 2000 * CLUSTER + 7);
		CHECK(!run.hole);
		CHECK_EQ(map(2000 * CLUSTER + 6, &run), 0);
		CHECK_EQ(run.size, 1);
		CHECK_EQ(run.where, made.data + 2253 * CLUSTER + 6);
		CHECK_EQ(map(2000 * CLUSTER + 7, &run), -ERANGE);
		CHECK_EQ(map(1000 * CLUSTER, &run), 0);
		CHECK_EQ(run.size, 1000 * CLUSTER + 7);
		/* Exactly one cluster, and the last one that there is. */
		fat_row(&made, made.clusters + 1, 1);
		file(made.clusters + 1, CLUSTER);
		CHECK_EQ(map(0, &run), 0);
		CHECK_EQ(run.size, CLUSTER);
		CHECK_EQ(run.where + CLUSTER, made.ram.disk.size);
		file(0, 0);
		CHECK_EQ(map(0, &run), -ERANGE);
		fat_free(&made);
	}
}

/* A chain of @count clusters in pieces, ends at random. Return: its first. */
static uint32_t make_random(uint32_t order[], uint32_t count)
{
	static bool taken[10000];
	uint32_t next = 2, used = 0;

	memset(taken, 0, sizeof(taken));
	while (used < count) {
		if (unit_random_below(4) == 0 || next >= made.clusters + 2 ||
		    taken[next])
			next = 2 + (uint32_t)unit_random_below(made.clusters);
		if (taken[next])
			continue;
		taken[next] = true;
		order[used++] = next++;
	}
	for (uint32_t i = 0; i + 1 < count; i++)
		fat_set(&made, order[i], order[i + 1]);
	fat_set(&made, order[count - 1], 0x0ffffff8 +
		(uint32_t)unit_random_below(8));
	return order[0];
}

/* The run at @offset is what @order says, as far as it goes together. */
static bool is_right(const uint32_t order[], uint64_t offset,
		     const struct fs_run *run)
{
	uint64_t i = offset / CLUSTER, size = CLUSTER - offset % CLUSTER;

	if (run->where != made.data + (uint64_t)(order[i] - 2) * CLUSTER +
			  offset % CLUSTER)
		return false;
	for (; offset + size < node.size && order[i] + 1 == order[i + 1]; i++)
		size += CLUSTER;
	if (size > node.size - offset)
		size = node.size - offset;
	return run->size == size;
}

TEST(fat_chain_in_pieces_at_random)
{
	static uint32_t order[3000];
	struct fs_run run;

	for (unsigned int round = 0; round < 30; round++) {
		const uint32_t count = 1 + (uint32_t)unit_random_below(3000);

		make(kinds[round % 3], 3500);
		file(make_random(order, count), count * CLUSTER -
		     unit_random_below(CLUSTER));
		for (uint64_t at = 0; at < node.size; at += run.size) {
			CHECK_EQ(map(at, &run), 0);
			if (!CHECK(is_right(order, at, &run)))
				break;
		}
		for (unsigned int i = 0; i < 50; i++) {
			uint64_t at = unit_random_below(node.size);

			CHECK_EQ(map(at, &run), 0);
			CHECK(is_right(order, at, &run));
		}
		fat_free(&made);
	}
}

/* 20 clusters from 10 on; the entry of one of them is changed to @value. */
static int map_changed(unsigned int bits, uint32_t cluster, uint32_t value)
{
	const char *why;
	int err;

	make(bits, 300);
	fat_row(&made, 10, 20);
	fat_set(&made, cluster, value);
	file(10, 20 * CLUSTER);
	err = map_all(&why);
	CHECK(!err || *why);
	fat_free(&made);
	return err;
}

TEST(fat_chain_leads_to_what_is_none)
{
	static const uint32_t clusters[] = { 10, 11, 28, 29 };

	for (size_t i = 0; i < ARRAY_SIZE(kinds) * ARRAY_SIZE(clusters); i++) {
		const unsigned int bits = kinds[i % 3];
		const uint32_t c = clusters[i / 3];
		const uint32_t last = bits == 16 ? 4086 : 301;

		CHECK_EQ(map_changed(bits, c, 0), -EINVAL);
		CHECK_EQ(map_changed(bits, c, 1), -EINVAL);
		CHECK_EQ(map_changed(bits, c, last + 1), -EINVAL);
		CHECK_EQ(map_changed(bits, c, 0x0ffffff7), -EINVAL);
		CHECK_EQ(map_changed(bits, c, 0x0ffffff6), -EINVAL);
		CHECK_EQ(map_changed(bits, c, 0x0ffffff0), -EINVAL);
		CHECK_EQ(map_changed(bits, c, 0x0ffffff8), c == 29 ? 0 : -EINVAL);
		CHECK_EQ(map_changed(bits, c, 0x0fffffff), c == 29 ? 0 : -EINVAL);
	}
	/* Four bits of FAT32 are somebody else's. */
	CHECK_EQ(map_changed(32, 11, 0xf000000c), 0);
	CHECK_EQ(map_changed(32, 29, 0x7ffffff8), 0);
}

/* The table has entries for more clusters than there are. */
TEST(fat_chain_goes_beyond_the_last_cluster)
{
	const char *why;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		make(kinds[i], 300);
		fat_row(&made, made.clusters, 4);
		file(made.clusters, 3 * CLUSTER);
		CHECK_EQ(map_all(&why), -EINVAL);
		file(made.clusters, 2 * CLUSTER);
		CHECK_EQ(map_all(&why), -EINVAL);
		fat_set(&made, made.clusters + 1, 0x0fffffff);
		file(made.clusters, 2 * CLUSTER);
		CHECK_EQ(map_all(&why), 0);
		fat_free(&made);
	}
}

/* Clusters behind the end are nobody's loss, whatever is wrong with them. */
TEST(fat_chain_that_is_longer_than_its_file)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		CHECK_EQ(map_changed(kinds[i], 29, 30), 0);
		CHECK_EQ(map_changed(kinds[i], 29, 100), 0);
	}
}

/* @length clusters, the last of which leads back to number @back of them. */
static void check_loop(unsigned int bits, uint32_t length, uint32_t back,
		       uint32_t step)
{
	const char *why;

	make(bits, 400);
	for (uint32_t i = 0; i < length; i++)
		fat_set(&made, 10 + i * step,
			10 + (i + 1 == length ? back : i + 1) * step);
	for (uint32_t size = 1; size < 2 * length + 3; size++) {
		file(10, size * CLUSTER);
		if (!CHECK_EQ(map_all(&why), -ELOOP))
			break;
		CHECK(strstr(why, "loop"));
	}
	fat_free(&made);
}

/* Also if the file ends before the loop would show. */
TEST(fat_chain_that_is_a_loop)
{
	static const uint32_t loops[][2] = {
		{ 1, 0 }, { 2, 0 }, { 2, 1 }, { 3, 1 }, { 9, 0 }, { 9, 5 },
		{ 9, 8 }, { 40, 0 }, { 40, 39 }, { 40, 17 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(loops); i++) {
		const unsigned int bits = kinds[i % 3];

		check_loop(bits, loops[i][0], loops[i][1], 1);
		check_loop(bits, loops[i][0], loops[i][1], 2);
	}
}

TEST(fat_chain_sizes_that_lie)
{
	static const uint64_t sizes[] = {
		301 * CLUSTER, 300 * CLUSTER + 1, UINT32_MAX, UINT32_MAX - 511,
	};
	static const uint32_t firsts[] = { 0, 1, 302, 0x0ffffff8, UINT32_MAX };
	const char *why;
	struct fs_run run;

	make(32, 300);
	fat_row(&made, 2, 300);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		file(2, sizes[i]);
		CHECK_EQ(map_all(&why), -EINVAL);
		CHECK(strstr(why, "larger than its volume"));
	}
	file(2, 300 * CLUSTER);
	CHECK_EQ(map_all(&why), 0);
	for (size_t i = 0; i < ARRAY_SIZE(firsts); i++) {
		file(firsts[i], 1);
		CHECK_EQ(map_all(&why), -EINVAL);
		CHECK(strstr(why, "starts outside"));
	}
	fat_row(&made, 2, 8);
	file(2, 8 * CLUSTER + 1);
	CHECK_EQ(map(0, &run), 0);
	CHECK_EQ(map_all(&why), -EINVAL);
	CHECK(strstr(why, "fewer clusters"));
	/* The error did not spoil what is good. */
	CHECK_EQ(map(5 * CLUSTER, &run), 0);
	CHECK_EQ(run.where, made.data + 5 * CLUSTER);
	CHECK_EQ(map(8 * CLUSTER, &run), -EINVAL);
	fat_free(&made);
}

/* What is behind us is not read again; going back begins at the start. */
TEST(fat_chain_is_remembered)
{
	struct fs_run run;

	make(16, 5000);
	fat_row(&made, 10, 10);
	fat_set(&made, 19, 100);
	fat_row(&made, 100, 10);
	fat_set(&made, 109, 50);
	fat_row(&made, 50, 10);
	file(10, 30 * CLUSTER);
	CHECK_EQ(map(15 * CLUSTER, &run), 0);
	CHECK_EQ(run.where, made.data + 103 * CLUSTER);
	for (uint32_t c = 10; c < 20; c++)
		fat_set(&made, c, 0);
	fat_set(&made, 109, 0);
	disk_forget();
	CHECK_EQ(map(10 * CLUSTER, &run), 0);
	CHECK_EQ(run.where, made.data + 98 * CLUSTER);
	CHECK_EQ(run.size, 10 * CLUSTER);
	CHECK_EQ(map(25 * CLUSTER, &run), 0);
	CHECK_EQ(run.where, made.data + 53 * CLUSTER);
	CHECK_EQ(map(9 * CLUSTER, &run), -EINVAL);
	fat_row(&made, 10, 30);
	disk_forget();
	CHECK_EQ(map(9 * CLUSTER, &run), 0);
	CHECK_EQ(run.size, 21 * CLUSTER);
	fat_free(&made);
}

/* The second copy counts where the first cannot be read, and only there. */
TEST(fat_chain_from_another_copy)
{
	const char *why;
	struct fs_run run;

	make(32, 300);
	fat_row(&made, 10, 20);
	file(10, 20 * CLUSTER);
	made.ram.bad = region_of(made.table, made.table_size);
	CHECK_EQ(map_all(&why), 0);
	made.ram.bad = region_of(made.table, 2 * made.table_size);
	file(10, 20 * CLUSTER);
	CHECK_EQ(map(0, &run), -EIO);
	CHECK(!made.fs.why);
	/* Mirroring is off: copy 1 and no other. */
	made.ram.bad = region_of(0, 0);
	made.ram.bytes[40] = 0x81;
	memset(made.ram.bytes + made.table, 0, made.table_size);
	file(10, 20 * CLUSTER);
	CHECK_EQ(map_all(&why), 0);
	made.ram.bytes[40] = 0x80;
	file(10, 20 * CLUSTER);
	CHECK_EQ(map_all(&why), -EINVAL);
	fat_row(&made, 10, 20);
	made.ram.bad = region_of(made.table, made.table_size);
	file(10, 20 * CLUSTER);
	CHECK_EQ(map(0, &run), -EIO);
	made.ram.bytes[40] = 0x01;	/* a number that does not count */
	file(10, 20 * CLUSTER);
	CHECK_EQ(map_all(&why), 0);
	fat_free(&made);
}

/* Only the first @size bytes are there, the rest are zeroes. */
static int read_start(const struct disk *disk, const struct disk_run *runs,
		      unsigned int count)
{
	struct ramdisk *ram = disk->device;
	const struct disk_run small = { runs->offset, runs->size, runs->to };

	CHECK_EQ(count, 1);
	if (runs->offset < ram->disk.size)
		return ram->disk.read(&ram->disk, &small, 1);
	memset(runs->to, 0, runs->size);
	return 0;
}

/* 4 GiB less one byte, the most that FAT can say, in clusters of 256 KiB. */
TEST(fat_chain_of_the_largest_file)
{
	struct disk disk = { "huge", 0, 4096, read_start, &made.ram };
	const uint32_t clusters = 16384 + 10;
	struct fs_run run;

	fat_make(&made, 32, CLUSTER, clusters);
	fat_row(&made, 3, 16384);
	fat_put16(made.ram.bytes + 11, 4096);
	made.ram.bytes[13] = 64;
	made.table = 4096 * 32;
	fat_put32(made.ram.bytes + 36, (uint32_t)(made.table_size / 4096 + 1));
	fat_put32(made.ram.bytes + 32, 32 + 40 + 64 * clusters);
	memmove(made.ram.bytes + made.table, made.ram.bytes + 512 * 32,
		made.table_size);
	disk.size = (32 + 40 + 64ull * clusters) * 4096;
	disk_forget();
	CHECK_EQ(fs_mount(&made.fs, &disk, region_of(0, disk.size)), 0);
	memset(&node, 0, sizeof(node));
	node.number = 3;
	node.size = UINT32_MAX;
	CHECK_EQ(map(0, &run), 0);
	CHECK_EQ(run.size, UINT32_MAX);
	CHECK_EQ(map(UINT32_MAX - 1, &run), 0);
	CHECK_EQ(run.size, 1);
	CHECK_EQ(run.where, (32 + 2 * (made.table_size / 4096 + 1)) * 4096 +
		 256 * SZ_1K + UINT32_MAX - 1);
	fat_free(&made);
}
