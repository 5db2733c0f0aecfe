/* SPDX-License-Identifier: BSD-2-Clause */
/* Chains of clusters: where the bytes of a file are. */
#include "err.h"
#include "fat.h"
#include "words.h"
#include <string.h>

/* Entries of the table that are fetched at once; none straddles two groups. */
#define GROUP		256u
#define WORD_MASK	0x0fffffffu	/* of 32 bits the upper four are no part */
#define GROUP_SIZE(bits)	(GROUP / 8 * (bits))

/* A group of entries; those of 16 and 32 bits are aligned in it. */
union group {
	uint8_t bytes[GROUP_SIZE(32)];
	uint16_t halves[GROUP];
	uint32_t words[GROUP];
};

/*
 * The entries of @cluster up to @last, as far as they are in one group. In
 * FAT12 two entries share a byte, so we begin and end with a pair; half of
 * the last one may lie behind the table, where the volume goes on. If one
 * copy of the table cannot be read, the next one may be good.
 */
static int fetch(struct fs *fs, uint64_t cluster, uint64_t last,
		 union group *group)
{
	const uint64_t *own = fs->own;
	const uint64_t bits = own[FAT_BITS];
	const uint64_t table = cluster / GROUP * GROUP_SIZE(bits);
	const uint64_t from = cluster % GROUP / 2 * bits / 4;
	uint64_t to = GROUP_SIZE(bits);
	int err = -EIO;

	if (last / GROUP == cluster / GROUP)
		to = (last % GROUP / 2 + 1) * bits / 4;
	for (uint64_t copy = 0; err == -EIO && copy < own[FAT_COPIES]; copy++)
		err = fs_bytes(fs, own[FAT_TABLE] + table + from +
			       copy * own[FAT_TABLE_SIZE],
			       group->bytes + from, to - from);
	return err;
}

/* The entry of @cluster. */
static uint32_t entry_of(const union group *group, uint64_t bits,
			 uint64_t cluster)
{
	const uint32_t i = cluster % GROUP;
	uint32_t pair;

	if (bits == 32)
		return group->words[i] & WORD_MASK;
	if (bits == 16)
		return group->halves[i];
	pair = le16(group->bytes + i + i / 2);
	return i % 2 ? pair >> 4 : pair & 0xfff;
}

/*
 * How many entries of @group, from that of @cluster on and before that of
 * @last, lead to the number that follows their own. A large file is
 * thousands of them, so each length has a loop of its own.
 */
static uint32_t row_in(const union group *group, uint64_t bits,
		       uint64_t cluster, uint64_t last)
{
	const uint32_t want = (uint32_t)cluster + 1;
	const uint32_t i = cluster % GROUP;
	const uint32_t *words = group->words + i;
	const uint16_t *halves = group->halves + i;
	uint32_t all = GROUP - i, n = 0;

	if (all > last - cluster)
		all = (uint32_t)(last - cluster);
	if (bits == 32)
		while (n < all && (words[n] & WORD_MASK) == want + n)
			n++;
	else if (bits == 16)
		while (n < all && halves[n] == want + n)
			n++;
	else
		while (n < all && entry_of(group, bits, i + n) == want + n)
			n++;
	return n;
}

static int broken(struct fs *fs)
{
	fs->why = WORDS("a chain of clusters leads to a free, bad or missing one: repair it with fsck.vfat");
	return -EINVAL;
}

/* @next is a cluster, or a sign for the end, which becomes FAT_END. */
static int judge(struct fs *fs, uint64_t *next)
{
	const uint64_t bits = fs->own[FAT_BITS] == 32 ? 28 : fs->own[FAT_BITS];

	if (fat_has(fs, *next))
		return 0;
	if (*next < (UINT64_C(1) << bits) - 8)
		return broken(fs);
	*next = FAT_END;
	return 0;
}

int fat_stretch(struct fs *fs, uint64_t first, uint64_t limit,
		uint64_t *count, uint64_t *next)
{
	const uint64_t bits = fs->own[FAT_BITS];
	uint64_t cluster = first, last = fs->own[FAT_LAST], fetched;
	union group group;
	int err;

	if (!fat_has(fs, first))
		return broken(fs);
	if (last - first >= limit)
		last = first + limit - 1;
	do {
		fetched = cluster / GROUP;
		err = fetch(fs, cluster, last, &group);
		if (err)
			return err;
		cluster += row_in(&group, bits, cluster, last);
	} while (cluster / GROUP != fetched);
	*next = entry_of(&group, bits, cluster);
	*count = cluster - first + 1;
	return judge(fs, next);
}

/*
 * A chain that has come back to itself comes back again and again. Remember
 * where one leap led to, for a while that doubles each time; no other leap
 * may lead there in that while. (R. P. Brent's way to find a cycle.)
 */
static int leap(struct fs *fs, uint64_t *own, uint64_t cluster)
{
	if (own[NODE_SEEN] == cluster) {
		fs->why = WORDS("a chain of clusters is a loop: repair it with fsck.vfat");
		return -ELOOP;
	}
	if (++own[NODE_LEAPS] > own[NODE_ROUND]) {
		own[NODE_SEEN] = cluster;
		own[NODE_ROUND] = 2 * own[NODE_ROUND] + 1;
		own[NODE_LEAPS] = 0;
	}
	return 0;
}

/* On to the next stretch, of @limit clusters at most. */
static int go_on(struct fs *fs, uint64_t *own, uint64_t limit)
{
	int err = leap(fs, own, own[NODE_NEXT]);

	if (err)
		return err;
	own[NODE_INDEX] += own[NODE_COUNT];
	own[NODE_CLUSTER] = own[NODE_NEXT];
	return fat_stretch(fs, own[NODE_CLUSTER], limit, &own[NODE_COUNT],
			   &own[NODE_NEXT]);
}

/*
 * Some systems keep clusters ready behind the end of a file. What is wrong
 * with those is no matter of ours, but a file that runs into itself is: the
 * end of its data need not be behind the point where that shows.
 */
static int check_rest(struct fs *fs, const uint64_t *own)
{
	uint64_t rest[NODE_FIXED];
	int err = 0;

	memcpy(rest, own, sizeof(rest));
	while (!err && rest[NODE_NEXT] != FAT_END)
		err = go_on(fs, rest, fs->own[FAT_LAST]);
	if (err != -ELOOP)
		fs->why = NULL;
	return err == -ELOOP ? err : 0;
}

/* Go to the stretch with cluster @want of the file, which has @all. */
static int seek(struct fs *fs, uint64_t *own, uint64_t want, uint64_t all)
{
	int err = 0;

	while (!err && want >= own[NODE_INDEX] + own[NODE_COUNT]) {
		if (own[NODE_NEXT] == FAT_END) {
			fs->why = WORDS("a file has fewer clusters than bytes for them: repair it with fsck.vfat");
			return -EINVAL;
		}
		err = go_on(fs, own,
			    all - own[NODE_INDEX] - own[NODE_COUNT]);
		if (!err && own[NODE_INDEX] + own[NODE_COUNT] == all)
			err = check_rest(fs, own);
	}
	return err;
}

/* Bytes [@offset, ...) as far as the stretch in @node goes. */
static void run_at(const struct fs *fs, const struct fs_node *node,
		   uint64_t offset, struct fs_run *run)
{
	const uint64_t shift = fs->own[FAT_SHIFT];
	const uint64_t *own = node->own;
	const uint64_t in = offset - (own[NODE_INDEX] << shift);

	run->hole = false;
	run->where = fat_where(fs, own[NODE_CLUSTER]) + in;
	run->size = (own[NODE_COUNT] << shift) - in;
	if (run->size > node->size - offset)
		run->size = node->size - offset;
}

int fat_map(struct fs *fs, struct fs_node *node, uint64_t offset,
	    struct fs_run *run)
{
	const uint64_t shift = fs->own[FAT_SHIFT];
	uint64_t *own = node->own;
	uint64_t all;
	int err;

	fs->why = NULL;
	if (offset >= node->size)
		return -ERANGE;
	all = ((node->size - 1) >> shift) + 1;
	if (all > fs->own[FAT_LAST] - FAT_FIRST + 1 ||
	    !fat_has(fs, node->number)) {
		fs->why = WORDS("a file is larger than its volume or starts outside of it: repair it with fsck.vfat");
		return -EINVAL;
	}
	if (!own[NODE_COUNT] || offset >> shift < own[NODE_INDEX]) {
		memset(own, 0, sizeof(node->own));
		own[NODE_NEXT] = node->number;
	}
	err = seek(fs, own, offset >> shift, all);
	if (err)
		memset(own, 0, sizeof(node->own));
	else
		run_at(fs, node, offset, run);
	return err;
}
