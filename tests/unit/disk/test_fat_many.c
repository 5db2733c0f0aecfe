/* SPDX-License-Identifier: BSD-2-Clause */
/* Long folders of FAT: read in one go, and only up to a limit. */
#include "err.h"
#include "test_fat.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define NAMES		10000u
#define CLUSTER		2048u
#define FIRST		10u

static struct fat_made made;
static struct fs_node folder, node;
static struct fs_entry entry;

/* Name @i of the folder, as it shows. */
static void name_of(unsigned int i, char name[32])
{
	snprintf(name, 32, "folder has name %05u.txt", i);
}

static uint8_t *put_name(uint8_t *at, unsigned int i)
{
	char name[32], alias[12];
	char16_t units[32] = { 0 };

	name_of(i, name);
	for (size_t c = 0; name[c]; c++)
		units[c] = (unsigned char)name[c];
	snprintf(alias, sizeof(alias), "AF~%05uTXT", i);
	return fat_long(at, units, alias, FAT_FILE, 0, i);
}

/* 10000 names of three entries each, in clusters that lie backwards. */
static void make_many(void)
{
	const uint32_t clusters = NAMES * 3 * 32 / CLUSTER + 1;
	static uint8_t rows[(NAMES + 50) * 3 * 32];
	uint8_t *at = rows;

	fat_make(&made, 32, CLUSTER, FIRST + clusters);
	memset(rows, 0, sizeof(rows));
	for (unsigned int i = 0; i < NAMES; i++)
		at = put_name(at, i);
	for (uint32_t i = 0; i < clusters; i++) {
		const uint32_t c = FIRST + clusters - 1 - i;

		memcpy(fat_bytes(&made, c), rows + i * CLUSTER, CLUSTER);
		fat_set(&made, c, i + 1 < clusters ? c - 1 : 0x0fffffff);
	}
	fat_short(made.ram.bytes + made.root, "MANY       ", FAT_FOLDER,
		  FIRST + clusters - 1, 0);
	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "/many", &folder), 0);
}

/* The next @count names, which begin with number @first. */
static bool list_some(uint64_t *at, unsigned int first, unsigned int count)
{
	char name[32];
	bool good = true;

	for (unsigned int i = first; good && i < first + count; i++) {
		name_of(i, name);
		good = !fs_list(&made.fs, &folder, at, &entry) &&
		       !strcmp(entry.name, name) && entry.node.size == i;
	}
	return good;
}

TEST(fat_many_names_in_one_pass)
{
	const uint64_t rows = NAMES * 3 * 32;
	unsigned int before;
	uint64_t at = 0;

	make_many();
	before = made.ram.requests;
	CHECK(list_some(&at, 0, NAMES));
	CHECK(made.ram.requests - before <= rows / (32 * SZ_1K) + 3);
	CHECK_EQ(fs_list(&made.fs, &folder, &at, &entry), -ENOENT);
	CHECK_EQ(fs_list(&made.fs, &folder, &at, &entry), -ENOENT);
	before = made.ram.requests;
	disk_forget();
	CHECK_EQ(fs_find(&made.fs, "/many/FOLDER HAS NAME 09999.TXT", &node),
		 0);
	CHECK_EQ(node.size, 9999);
	CHECK(made.ram.requests - before <= rows / (32 * SZ_1K) + 4);
	fat_free(&made);
}

/* What is behind us is not read again: half of the chain may be gone. */
TEST(fat_many_names_without_going_back)
{
	uint64_t at = 0;

	make_many();
	CHECK(list_some(&at, 0, NAMES / 2));
	for (uint32_t i = 0; i < 100; i++) {
		fat_set(&made, (uint32_t)folder.number - i, 0);
		memset(fat_bytes(&made, (uint32_t)folder.number - i), 0xff,
		       CLUSTER);
	}
	disk_forget();
	CHECK(list_some(&at, NAMES / 2, NAMES / 2));
	CHECK_EQ(fs_list(&made.fs, &folder, &at, &entry), -ENOENT);
	fat_free(&made);
}

/* @entries in a row, all of them in use. */
static int list_all(uint32_t entries, unsigned int *count)
{
	const uint32_t clusters = entries * 32 / CLUSTER;
	uint64_t at = 0;
	int err;

	fat_make(&made, 32, CLUSTER, FIRST + clusters);
	fat_row(&made, FIRST, clusters);
	fat_short(made.ram.bytes + made.root, "MANY       ", FAT_FOLDER,
		  FIRST, 0);
	for (uint32_t i = 0; i < entries; i++)
		fat_short(fat_bytes(&made, FIRST) + 32 * i, "A          ",
			  FAT_FILE, 0, i);
	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "/many", &folder), 0);
	for (*count = 0; !(err = fs_list(&made.fs, &folder, &at, &entry));)
		CHECK_EQ(entry.node.size, (*count)++);
	return err;
}

TEST(fat_many_entries_have_a_limit)
{
	unsigned int count;

	CHECK_EQ(list_all(65536, &count), -ENOENT);
	CHECK_EQ(count, 65536);
	fat_free(&made);
	CHECK_EQ(list_all(65536 + CLUSTER / 32, &count), -ELOOP);
	CHECK_EQ(count, 65536);
	CHECK(strstr(made.fs.why, "65536"));
	CHECK_EQ(fs_find(&made.fs, "/many/b", &node), -ELOOP);
	fat_free(&made);
}

/* A number that list() never gave, say of another volume. */
TEST(fat_many_wrong_places_in_a_folder)
{
	static const uint64_t wrong[] = {
		1ull << 32 | 5, 0xffffffffull << 32 | 5, 64, 5,
		UINT64_MAX, 0x0ffffff8ull << 32 | 64,
	};

	CHECK_EQ(list_all(128, &(unsigned int){ 0 }), -ENOENT);
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		uint64_t at = wrong[i];

		CHECK(fs_list(&made.fs, &folder, &at, &entry) < 0);
	}
	fat_free(&made);
}

/* The root of FAT12 and FAT16 has no end mark when it is full. */
TEST(fat_many_names_fill_a_fixed_root)
{
	uint64_t at = 0;
	unsigned int count = 0;

	fat_make(&made, 12, 512, 10);
	for (unsigned int i = 0; i < 64; i++)
		fat_short(made.ram.bytes + made.root + 32 * i, "A          ",
			  FAT_FILE, 0, i);
	fat_short(made.ram.bytes + made.data, "B          ", FAT_FILE, 0, 0);
	CHECK_EQ(fat_mount_made(&made), 0);
	CHECK_EQ(fs_find(&made.fs, "", &folder), 0);
	while (!fs_list(&made.fs, &folder, &at, &entry))
		CHECK_EQ(entry.node.size, count++);
	CHECK_EQ(count, 64);
	CHECK_EQ(fs_find(&made.fs, "B", &node), -ENOENT);
	fat_free(&made);
}
