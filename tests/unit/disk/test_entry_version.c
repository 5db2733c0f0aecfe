/* SPDX-License-Identifier: BSD-2-Clause */
/* The order of versions and of boot entries, as UAPI.10 and UAPI.1 have it. */
#include "entry.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

static void orders(const char *a, char how, const char *b)
{
	const int want = how == '<' ? -1 : how == '>';

	if (!unit_equal(entry_compare_versions(a, b), want, __FILE__, __LINE__, a))
		unit_check(false, __FILE__, __LINE__, b);
	CHECK_EQ(entry_compare_versions(b, a), -want);
	CHECK_EQ(entry_compare_versions(a, a), 0);
}

/* UAPI.10, "Examples". */
TEST(entry_version_examples_of_the_specification)
{
	static const struct { const char *a; char how; const char *b; } all[] = {
		{ "11", '=', "11" },
		{ "systemd-123", '=', "systemd-123" },
		{ "bar-123", '<', "foo-123" },
		{ "123a", '>', "123" },
		{ "123.a", '>', "123" },
		{ "123.a", '<', "123.b" },
		{ "123a", '>', "123.a" },
		{ "11\u03b1", '=', "11\u03b2" },
		{ "B", '<', "a" },
		{ "", '<', "0" },
		{ "0.", '>', "0" },
		{ "0.0", '>', "0" },
		{ "0", '>', "~" },
		{ "", '>', "~" },
		{ "1_", '=', "1" },
		{ "_1", '=', "1" },
		{ "1_", '<', "1.2" },
		{ "1_2_3", '>', "1.3.3" },
		{ "1+", '=', "1" },
		{ "+1", '=', "1" },
		{ "1+", '<', "1.2" },
		{ "1+2+3", '>', "1.3.3" },
	};
	static const char *const chain[] = {
		"122.1", "123~rc1-1", "123", "123-a", "123-a.1", "123-1",
		"123-1.1", "123^post1", "123.a-1", "123.1-1", "123a-1", "124-1",
	};

	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		orders(all[i].a, all[i].how, all[i].b);
	for (size_t i = 0; i < ARRAY_SIZE(chain); i++)
		for (size_t j = i + 1; j < ARRAY_SIZE(chain); j++)
			orders(chain[i], '<', chain[j]);
}

TEST(entry_version_of_kernels)
{
	orders("5.14.0-9", '<', "5.14.0-10");
	orders("6.1.0-9-arm64", '<', "6.1.0-18-arm64");
	orders("6.1.0-rc1", '>', "6.1.0");	/* a "-" is no "~" */
	orders("6.1.0~rc1", '<', "6.1.0");
	orders("6.10", '>', "6.9");
	orders("007", '=', "7");
	orders("0a", '=', "a");
	orders("ab", '>', "a");
	orders("ab", '>', "a1b");
	orders("99999999999999999999999999", '>', "99999999999999999999999998");
	orders("99999999999999999999999999", '<', "100000000000000000000000000");
	/* The specification looks for one "~" and then for the end. */
	orders("1~~", '>', "1~");
	orders("1~~", '<', "1~0");
	orders("1^", '>', "1");
	orders("1-2", '<', "1^2");
	orders("1^2", '<', "1.2");
	orders("1.2", '<', "12");
	/* What has no meaning has none behind a mark either. */
	orders("-@1", '=', "-1");
	orders("-0x", '=', "-@x");
}

/* What a version may have in it, and what stands between. */
static void random_version(char *to)
{
	static const char letters[] = "01.-~^aB+_01";
	unsigned int length = (unsigned int)unit_random_below(6);

	for (unsigned int i = 0; i < length; i++)
		*to++ = letters[unit_random_below(sizeof(letters) - 1)];
	*to = '\0';
}

/* All words of up to three of @letters. Return: how many. */
static size_t all_versions(const char *letters, char (*words)[4], size_t room)
{
	size_t count = 1;

	memset(words, 0, room * sizeof(*words));
	for (size_t from = 0; count < room; from++)
		for (const char *c = letters; *c && count < room; c++) {
			char *word = words[count++];

			strcpy(word, words[from]);
			word[strlen(word)] = *c;
		}
	return count;
}

/* Each of @order is the comparison of the words of its row and column. */
TEST(entry_version_order_is_transitive)
{
	/* 1 + 7 + 49 + 343 words of a letter of each kind. */
	static char words[400][4];
	static signed char order[400][400];
	const size_t count = all_versions("0x-.~^@", words, 400);

	for (size_t a = 0; a < count; a++)
		for (size_t b = 0; b < count; b++)
			order[a][b] = (signed char)entry_compare_versions(
				words[a], words[b]);
	for (size_t a = 0; a < count; a++)
		for (size_t b = 0; b < count; b++) {
			if (!unit_check(order[a][b] == -order[b][a], words[a],
					__LINE__, words[b]))
				return;
			if (order[a][b] > 0)
				continue;
			for (size_t c = 0; c < count; c++)
				if (order[b][c] <= 0 && order[a][c] !=
				    (order[a][b] | order[b][c])) {
					unit_check(false, words[a], __LINE__,
						   words[c]);
					return;
				}
		}
}

/* Sorted by what the specification says, best first. */
static const struct entry_key sorted[] = {
	{ .id = "z-1", .sort_key = "arch", .version = "1" },
	{ .id = "b", .sort_key = "fedora", .machine_id = "", .version = "9" },
	{ .id = "b", .sort_key = "fedora", .machine_id = "1", .version = "6.10" },
	{ .id = "c", .sort_key = "fedora", .machine_id = "1", .version = "6.9" },
	{ .id = "b", .sort_key = "fedora", .machine_id = "1", .version = "6.9" },
	{ .id = "a", .sort_key = "fedora", .machine_id = "1" },
	{ .id = "a", .sort_key = "fedora", .machine_id = "2", .version = "7" },
	{ .id = "x-2", .sort_key = "void", .counted = true, .left = 1 },
	{ .id = "x_7" },
	{ .id = "x-10", .machine_id = "9", .version = "1" },
	{ .id = "x-9", .machine_id = "8", .version = "99" },
	{ .id = "x-8" },
	{ .id = "x-8", .counted = true, .left = 3 },
	{ .id = "x-8", .counted = true, .left = 2, .done = 1 },
	{ .id = "x-8", .counted = true, .left = 2, .done = 2 },
	{ .id = "x+-7" },	/* the same version: by the bytes */
	{ .id = "x-7" },
	{ .id = "z-2", .sort_key = "arch", .version = "2", .counted = true,
	  .done = 3 },
	{ .id = "x-99", .version = "99", .counted = true, .done = 1 },
	{ .id = "x-99", .version = "99", .counted = true, .done = 2 },
};

TEST(entry_order_of_the_specification)
{
	for (size_t i = 0; i < ARRAY_SIZE(sorted); i++)
		for (size_t j = 0; j < ARRAY_SIZE(sorted); j++) {
			int order = entry_compare(&sorted[i], &sorted[j]);

			if (!CHECK_EQ((order > 0) - (order < 0),
				      (i > j) - (i < j)))
				unit_equal((int64_t)i, (int64_t)j, sorted[i].id,
					   0, sorted[j].id);
		}
}

static int by_order(const void *a, const void *b)
{
	return entry_compare(a, b);
}

TEST(entry_order_of_permutations)
{
	static struct entry_key keys[ARRAY_SIZE(sorted)];

	for (unsigned int round = 0; round < 500; round++) {
		memcpy(keys, sorted, sizeof(sorted));
		for (size_t i = ARRAY_SIZE(keys) - 1; i; i--) {
			size_t j = unit_random_below(i + 1);
			struct entry_key swapped = keys[i];

			keys[i] = keys[j];
			keys[j] = swapped;
		}
		qsort(keys, ARRAY_SIZE(keys), sizeof(keys[0]), by_order);
		if (!CHECK(!memcmp(keys, sorted, sizeof(sorted))))
			return;
	}
}

static void random_key(struct entry_key *key)
{
	memset(key, 0, sizeof(*key));
	random_version(key->id);
	if (unit_random_below(2))
		strcpy(key->sort_key, unit_random_below(2) ? "a" : "b");
	if (unit_random_below(2))
		strcpy(key->machine_id, unit_random_below(2) ? "1" : "2");
	if (unit_random_below(2))
		random_version(key->version);
	key->counted = unit_random_below(2);
	key->left = key->counted ? (unsigned int)unit_random_below(3) : 0;
	key->done = key->counted ? (unsigned int)unit_random_below(3) : 0;
}

TEST(entry_order_is_total_and_transitive)
{
	static struct entry_key key[3];

	for (unsigned int i = 0; i < 100000; i++) {
		int ab, bc, ac;

		for (unsigned int j = 0; j < 3; j++)
			random_key(&key[j]);
		ab = entry_compare(&key[0], &key[1]);
		bc = entry_compare(&key[1], &key[2]);
		ac = entry_compare(&key[0], &key[2]);
		CHECK_EQ(ab < 0, entry_compare(&key[1], &key[0]) > 0);
		CHECK(!(ab < 0 && bc < 0) || ac < 0);
		CHECK(ab || !strcmp(key[0].id, key[1].id));
	}
}
