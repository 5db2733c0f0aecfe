/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the ext4 reader share. */
#include "test_ext4.h"
#include "err.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t get(const uint8_t *p, unsigned int size)
{
	uint32_t value = 0;

	while (size--)
		value = value << 8 | p[size];
	return value;
}

void put(uint8_t *p, unsigned int size, uint32_t value)
{
	for (; size--; value >>= 8)
		*p++ = (uint8_t)value;
}

void host_path(char path[4096], const char *name)
{
	const char *folder = getenv("AGLET_IMAGES");

	snprintf(path, 4096, "%s/ext4/%s", folder ? folder : ".", name);
}

uint8_t *host_file(const char *name, size_t *size)
{
	char path[4096];
	uint8_t *bytes;
	FILE *file;

	host_path(path, name);
	file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END)) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	*size = (size_t)ftell(file);
	rewind(file);
	bytes = calloc(1, *size + 1);
	if (fread(bytes, 1, *size, file) != *size) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	fclose(file);
	return bytes;
}

int volume_again(struct volume *v)
{
	disk_forget();
	return fs_mount(&v->fs, &v->ram.disk, region_of(0, v->ram.disk.size));
}

int volume_load(struct volume *v, const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "ext4/%s.img", name);
	ramdisk_load(&v->ram, path, 512);
	return volume_again(v);
}

void volume_free(struct volume *v)
{
	ramdisk_free(&v->ram);
}

bool volume_says(const struct volume *v, const char *part)
{
	if (v->fs.why && strstr(v->fs.why, part))
		return true;
	printf("# it says: %s\n", v->fs.why ? v->fs.why : "nothing");
	return false;
}

uint8_t *volume_super(struct volume *v)
{
	return v->ram.bytes + 1024;
}

static uint32_t block_size(struct volume *v)
{
	return 1024u << get(volume_super(v) + 0x18, 4);
}

uint8_t *volume_block(struct volume *v, uint64_t block)
{
	return v->ram.bytes + block * block_size(v);
}

/* Inode of @path, also of a link; a test that has none ends here. */
static uint32_t inode_number(struct volume *v, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	struct fs_node folder = { .kind = FS_FOLDER };
	struct fs_entry entry;
	char parent[1024];
	uint64_t at = 0;
	int err = volume_again(v);

	snprintf(parent, sizeof(parent), "%.*s", (int)(name - path), path);
	if (!err)
		err = fs_find(&v->fs, parent, &folder);
	if (!*name)
		return (uint32_t)folder.number;
	while (!err && !(err = fs_list(&v->fs, &folder, &at, &entry)))
		if (!strcmp(entry.name, name))
			return (uint32_t)entry.node.number;
	printf("# no %s: %s\n", path, v->fs.why ? v->fs.why : "");
	exit(EXIT_FAILURE);
}

/* Told apart from the code under test; not for meta_bg. */
uint8_t *volume_inode(struct volume *v, const char *path)
{
	const uint8_t *super = volume_super(v);
	const uint32_t in_group = get(super + 0x28, 4);
	const uint32_t desc = get(super + 0x60, 4) & 0x80 ? 64 : 32;
	const uint32_t index = inode_number(v, path) - 1;
	uint8_t *table = volume_block(v, 1024 / block_size(v) + 1);

	table = volume_block(v, get(table + index / in_group * desc + 8, 4));
	return table + index % in_group * get(super + 0x58, 2);
}

uint8_t *volume_data(struct volume *v, const char *path)
{
	return volume_block(v, get(volume_inode(v, path) + I_BLOCK + 20, 4));
}

int volume_read(struct volume *v, const char *path)
{
	struct fs_node node;
	void *to;
	int err;

	disk_forget();
	err = fs_find(&v->fs, path, &node);
	if (err)
		return err;
	if (node.size > 16 * SZ_1M)
		return -ENOSPC;
	to = aligned_alloc(4096, ALIGN_UP(node.size + 1, 4096));
	err = fs_read(&v->fs, &node, 0, to, node.size);
	free(to);
	return err;
}

int volume_list(struct volume *v, const char *path)
{
	struct fs_entry entry;
	struct fs_node folder;
	uint64_t at = 0;
	int err, count = 0;

	disk_forget();
	err = fs_find(&v->fs, path, &folder);
	while (!err) {
		err = fs_list(&v->fs, &folder, &at, &entry);
		count += !err;
	}
	return err == -ENOENT ? count : err;
}

uint8_t *entry_in(uint8_t *block, const char *name)
{
	const size_t length = strlen(name);

	for (uint32_t at = 0; at < 1024; at += get(block + at + 4, 2))
		if (block[at + 6] == length &&
		    !memcmp(block + at + 8, name, length))
			return block + at;
	return NULL;
}
