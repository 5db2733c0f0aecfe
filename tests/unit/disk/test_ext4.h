/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the ext4 reader share: volumes, and places to damage. */
#ifndef TEST_EXT4_H
#define TEST_EXT4_H

#include "fs.h"
#include "ramdisk.h"

/* Fields of an inode. */
enum { I_MODE = 0x0, I_SIZE = 0x4, I_LINKS = 0x1a, I_FLAGS = 0x20,
       I_BLOCK = 0x28, I_GENERATION = 0x64, I_SIZE_HI = 0x6c,
       I_CHECKSUM = 0x7c, I_EXTRA = 0x80 };

#define I_EXTENTS	0x80000u
#define I_INLINE	0x10000000u

struct volume {
	struct ramdisk ram;
	struct fs fs;
};

/* Load image ext4/@name.img and mount it. Return: what fs_mount() says. */
int volume_load(struct volume *v, const char *name);

/* Mount once more, after its bytes were changed. */
int volume_again(struct volume *v);
void volume_free(struct volume *v);

/* The last error was explained with a text that has @part. */
bool volume_says(const struct volume *v, const char *part);

/* A place in the volume: its superblock, a block, the inode of a path. */
uint8_t *volume_super(struct volume *v);
uint8_t *volume_block(struct volume *v, uint64_t block);
uint8_t *volume_inode(struct volume *v, const char *path);

/* The first block of @path, by an extent in its inode. */
uint8_t *volume_data(struct volume *v, const char *path);

/* Read all of the file @path. Return: 0 or an error. */
int volume_read(struct volume *v, const char *path);

/* How many names a listing of @path tells, or an error. */
int volume_list(struct volume *v, const char *path);

/* The entry of @name in a block of a folder; NULL: not there. */
uint8_t *entry_in(uint8_t *block, const char *name);

/* Little-endian numbers. */
uint32_t get(const uint8_t *p, unsigned int size);
void put(uint8_t *p, unsigned int size, uint32_t value);

/* A file below $AGLET_IMAGES/ext4; free() it. */
uint8_t *host_file(const char *name, size_t *size);
void host_path(char path[4096], const char *name);

#endif
