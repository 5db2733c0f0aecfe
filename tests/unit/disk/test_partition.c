/* SPDX-License-Identifier: BSD-2-Clause */
/* Partition tables: what their types are called, and disks that have none. */
#include "err.h"
#include "partition.h"
#include "ramdisk.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

/* A GUID from its text form, as it lies on a disk. */
static void guid(const char *text, uint8_t to[GUID_SIZE])
{
	static const uint8_t order[GUID_SIZE] = {
		3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15
	};
	unsigned int byte;

	for (unsigned int i = 0; i < GUID_SIZE; i++, text += 2) {
		if (*text == '-')
			text++;
		sscanf(text, "%2x", &byte);
		to[order[i]] = (uint8_t)byte;
	}
}

TEST(partition_names_of_guids)
{
	static const struct { const char *guid, *name; } types[] = {
		{ "c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "EFI system" },
		{ "bc13c2ff-59e6-4262-a352-b275fd6f7172", "extended boot loader" },
		{ "0fc63daf-8483-4772-8e79-3d69d8477de4", "Linux file system" },
		{ "b921b045-1df0-41c3-af44-4c6f280d3fae", "Linux root (arm64)" },
		{ "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7", "Microsoft basic data" },
		{ "0657fd6d-a4ab-43c4-84e5-0933c84b4f4f", "Linux swap" },
		{ "e6d6d379-f507-44c2-a23c-238f2a3df928", "Linux LVM" },
		{ "a19d880f-05fc-4d3b-a006-743f0f84911e", "Linux RAID" },
	};
	struct partition p = { .number = 1 };

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		guid(types[i].guid, p.type);
		CHECK(!strcmp(partition_type_name(&p), types[i].name));
		p.type[15] ^= 1;
		CHECK(!partition_type_name(&p));
	}
}

TEST(partition_names_of_mbr_types)
{
	static const uint8_t known[] = { 0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e,
					 0x82, 0x83, 0x8e, 0xea, 0xef, 0xfd };
	struct partition p = { .number = 1 };

	for (unsigned int type = 1; type < 256; type++) {
		p.mbr_type = (uint8_t)type;
		CHECK_EQ(partition_type_name(&p) != NULL,
			 memchr(known, (int)type, sizeof(known)) != NULL);
	}
}

TEST(partition_tables_that_are_not_there)
{
	static struct partition_table table;
	struct ramdisk ram;
	const char *why;

	ramdisk_make(&ram, SZ_64K, 512);
	CHECK_EQ(partition_read(&ram.disk, &table, &why), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	CHECK_EQ(table.count, 0);
	ram.disk.size = 0;
	CHECK_EQ(partition_read(&ram.disk, &table, &why), 0);
	CHECK_EQ(table.scheme, PARTITION_NONE);
	ramdisk_free(&ram);
}
