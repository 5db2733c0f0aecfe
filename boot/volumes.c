/* SPDX-License-Identifier: BSD-2-Clause */
/* The volumes of all disks: partitions, or a whole disk without a table. */
#include "volumes.h"
#include "block.h"
#include "err.h"
#include "noinit.h"
#include "partition.h"
#include "print.h"
#include <string.h>

static struct volume volumes[VOLUMES_MAX];
static unsigned int volume_count;

/* Of the disk that is looked at; static because of its size. */
static noinit struct partition_table table;

struct volume *volume_at(unsigned int index)
{
	return index < volume_count ? &volumes[index] : NULL;
}

/* Swap, RAID and the like have no files. */
static bool may_have_files(const struct partition *p)
{
	static const char *const others[] = { "swap", "RAID", "LVM" };
	const char *name = partition_type_name(p);

	for (size_t i = 0; name && i < ARRAY_SIZE(others); i++)
		if (strstr(name, others[i]))
			return false;
	return true;
}

static void mount(const struct disk *disk, struct region where,
		  const char *name, struct source_context *context)
{
	struct volume *v = &volumes[volume_count];
	int err;

	if (volume_count == VOLUMES_MAX) {
		context->warn(context, name, "there are more volumes than "
			      "VOLUMES_MAX in boot/volumes.h, it is left out",
			      0);
		return;
	}
	err = fs_mount(&v->fs, disk, where);
	if (err == -ENOEXEC)
		return;
	if (err || v->fs.why)
		context->warn(context, name, v->fs.why ? v->fs.why :
			      "it cannot be read", err);
	if (err)
		return;
	print_to(v->name, sizeof(v->name), "%s", name);
	volume_count++;
}

static void mount_partitions(const struct disk *disk,
			     struct source_context *context)
{
	char name[sizeof(volumes[0].name)];

	for (unsigned int i = 0; i < table.count; i++) {
		const struct partition *p = &table.partitions[i];

		print_to(name, sizeof(name), "%sp%u", disk->name, p->number);
		if (may_have_files(p))
			mount(disk, p->where, name, context);
	}
}

static void mount_disk(const struct disk *disk, struct source_context *context)
{
	const char *why = NULL;
	int err = partition_read(disk, &table, &why);

	if (err) {
		context->warn(context, disk->name, why ? why :
			      "its partition table cannot be read", err);
		return;
	}
	if (table.warning)
		context->warn(context, disk->name, table.warning, 0);
	if (table.scheme == PARTITION_NONE)
		mount(disk, region_of(0, disk->size), disk->name, context);
	else
		mount_partitions(disk, context);
}

int volumes_mount(struct source_context *context)
{
	const struct disk *disk;
	unsigned int i;

	for (i = 0; (disk = block_disk(i)); i++)
		mount_disk(disk, context);
	return i ? 0 : -ENODEV;
}
