/* SPDX-License-Identifier: BSD-2-Clause */
/* FAT12, FAT16 and FAT32: what the other files of the reader are put into. */
#include "fat.h"
#include <string.h>

/* A root of FAT12 and FAT16 has a place of its own and no chain. */
void fat_root(const struct fs *fs, struct fs_node *node)
{
	memset(node, 0, sizeof(*node));
	node->kind = FS_FOLDER;
	node->number = fs->own[FAT_ROOT];
	node->own[NODE_FIXED] = !fs->own[FAT_ROOT];
}

static int root(struct fs *fs, struct fs_node *node)
{
	fat_root(fs, node);
	return 0;
}

/* The folder has told everything already. */
static int open(struct fs *fs, struct fs_node *node)
{
	(void)node;
	fs->why = NULL;
	return 0;
}

static const struct fs_type fs_fat = {
	.name = "fat",
	.mount = fat_mount,
	.root = root,
	.list = fat_list,
	.open = open,
	.find = fat_find,
	.map = fat_map,
};
TABLE_ADD(fs, 50, fs_fat);
