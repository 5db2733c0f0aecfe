/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes FAT volumes by hand. */
#include "test_fat.h"
#include <string.h>

#define SECTOR		512u
#define ROOT_ENTRIES	64u

void fat_put16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

void fat_put32(uint8_t *at, uint32_t value)
{
	fat_put16(at, value);
	fat_put16(at + 2, value >> 16);
}

static void write_boot(struct fat_made *made)
{
	const bool is_32 = made->bits == 32;
	const uint32_t table = (uint32_t)(made->table_size / SECTOR);
	uint8_t *boot = made->ram.bytes;

	memcpy(boot, "\xeb\x3c\x90" "by hand ", 11);
	fat_put16(boot + 11, SECTOR);
	boot[13] = (uint8_t)(made->cluster / SECTOR);
	fat_put16(boot + 14, (uint32_t)made->table / SECTOR);
	boot[16] = 2;
	fat_put16(boot + 17, is_32 ? 0 : ROOT_ENTRIES);
	boot[21] = 0xf8;
	fat_put16(boot + 22, is_32 ? 0 : table);
	fat_put32(boot + 32, (uint32_t)(made->ram.disk.size / SECTOR));
	fat_put32(boot + 36, is_32 ? table : 0);
	fat_put32(boot + 44, is_32 ? 2 : 0);
	fat_put16(boot + 510, 0xaa55);
}

void fat_make(struct fat_made *made, unsigned int bits, uint32_t cluster,
	      uint32_t clusters)
{
	const uint64_t bytes = ((clusters + 2ull) * bits + 7) / 8;

	memset(made, 0, sizeof(*made));
	made->bits = bits;
	made->cluster = cluster;
	made->clusters = clusters;
	made->table = SECTOR * (bits == 32 ? 32 : 1);
	made->table_size = ALIGN_UP(bytes, SECTOR);
	made->root = made->table + 2 * made->table_size;
	made->data = made->root + (bits == 32 ? 0 : ROOT_ENTRIES * 32);
	ramdisk_make(&made->ram, made->data + (uint64_t)clusters * cluster,
		     SECTOR);
	write_boot(made);
	fat_set(made, 0, 0x0ffffff8);
	fat_set(made, 1, 0x0fffffff);
	if (bits == 32)
		fat_set(made, 2, 0x0fffffff);
}

void fat_free(struct fat_made *made)
{
	ramdisk_free(&made->ram);
}

int fat_mount_made(struct fat_made *made)
{
	disk_forget();
	return fs_mount(&made->fs, &made->ram.disk,
			region_of(0, made->ram.disk.size));
}

/* The bits of entry @n, one by one: slow, and surely right. */
static uint8_t *bit_of(const struct fat_made *made, unsigned int copy,
		       uint32_t n, unsigned int bit, unsigned int *mask)
{
	const uint64_t at = (uint64_t)n * made->bits + bit;

	*mask = 1u << at % 8;
	return made->ram.bytes + made->table + copy * made->table_size + at / 8;
}

void fat_set(struct fat_made *made, uint32_t n, uint32_t value)
{
	unsigned int mask;

	for (unsigned int i = 0; i < 2 * made->bits; i++) {
		const unsigned int bit = i % made->bits;
		uint8_t *at = bit_of(made, i / made->bits, n, bit, &mask);

		*at = (uint8_t)(*at & ~mask);
		if (value >> bit & 1)
			*at = (uint8_t)(*at | mask);
	}
}

uint32_t fat_get(const struct fat_made *made, uint32_t n)
{
	uint32_t value = 0;
	unsigned int mask;

	for (unsigned int bit = 0; bit < made->bits; bit++)
		if (*bit_of(made, 0, n, bit, &mask) & mask)
			value |= 1u << bit;
	return value;
}

void fat_row(struct fat_made *made, uint32_t first, uint32_t count)
{
	for (uint32_t i = 0; i + 1 < count; i++)
		fat_set(made, first + i, first + i + 1);
	fat_set(made, first + count - 1, 0x0fffffff);
}

uint8_t *fat_bytes(const struct fat_made *made, uint32_t cluster)
{
	return made->ram.bytes + made->data +
	       (uint64_t)(cluster - 2) * made->cluster;
}

uint8_t *fat_short(uint8_t *at, const char *name, uint8_t attributes,
		   uint32_t cluster, uint32_t size)
{
	memset(at, 0, 32);
	memcpy(at, name, 11);
	at[11] = attributes;
	fat_put16(at + 20, cluster >> 16);
	fat_put16(at + 26, cluster);
	fat_put32(at + 28, size);
	return at + 32;
}

static uint8_t sum_of(const char *name)
{
	unsigned int sum = 0;

	for (unsigned int i = 0; i < 11; i++)
		sum = (((sum & 1) << 7) + (sum >> 1) + (uint8_t)name[i]) & 0xff;
	return (uint8_t)sum;
}

/* Unit @n as it is stored: the name, one NUL, then all ones. */
static uint32_t unit_of(const char16_t *units, size_t length, size_t n)
{
	return n < length ? units[n] : n == length ? 0 : 0xffff;
}

uint8_t *fat_long(uint8_t *at, const char16_t *units, const char *name,
		  uint8_t attributes, uint32_t cluster, uint32_t size)
{
	size_t length = 0, parts;

	while (units[length])
		length++;
	parts = (length + 12) / 13;
	for (size_t part = parts; part-- > 0; at += 32) {
		memset(at, 0, 32);
		at[0] = (uint8_t)(part + 1 + (part + 1 == parts ? 0x40 : 0));
		at[11] = 0x0f;
		at[13] = sum_of(name);
		for (size_t i = 0; i < 13; i++)
			fat_put16(at + (i < 5 ? 1 + 2 * i : i < 11 ? 4 + 2 * i :
					6 + 2 * i),
				  unit_of(units, length, 13 * part + i));
	}
	return fat_short(at, name, attributes, cluster, size);
}
