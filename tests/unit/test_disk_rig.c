/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine with disks: they are registered as a driver would do it. */
#include "test_disk_rig.h"
#include "block.h"
#include "disk/bytes.h"
#include <stdio.h>
#include <string.h>

#define DISKS	16
#define SHOWN	3000	/* bytes of a console */

struct boot rig;

static struct rig_disk {
	struct block block;
	struct ramdisk ram;
} disks[DISKS];
static unsigned int disk_count, stopped;
static char list[65536];

void rig_machine(uint64_t ram)
{
	const struct tree_spec spec = {
		.ram = { { MOCK_RAM_BASE, ram ? ram : MOCK_RAM_SIZE } },
		.seeds = true,
	};

	mock_reset();
	mock.tick = 10000;
	memset(&rig, 0, sizeof(rig));
	rig.ledger = &mock_ledger;
	rig.edit = &mock_edit;
	ledger_init(rig.ledger);
	tree_make(&spec, (void *)MOCK_RAM_BASE, SZ_2M);
}

static void stop(struct block *block)
{
	stopped++;
}

struct ramdisk *rig_disk(const char *name)
{
	struct rig_disk *disk = &disks[disk_count++];
	char path[64];

	snprintf(path, sizeof(path), "boot/%s.img", name);
	ramdisk_load(&disk->ram, path, 512);
	disk->block.disk = disk->ram.disk;
	disk->block.stop = stop;
	block_add(&disk->block, "ram");
	return &disk->ram;
}

unsigned int rig_stopped(void)
{
	return stopped;
}

static void run(struct boot *boot)
{
	boot_run(boot);
	boot_fail(boot);
}

enum mock_end rig_run(void)
{
	return mock_run(run, &rig);
}

bool rig_runs(const char *name)
{
	char path[64] = "boot/";
	struct bytes want = bytes_load(strcat(path, name));
	bool same = mock.entry &&
		    !memcmp((void *)mock.entry, want.at, want.size);

	bytes_free(&want);
	return same;
}

bool rig_boots(const char *kernel, const char *cmdline)
{
	struct dt tree;

	if (rig_run() != MOCK_HANDOFF) {
		printf("# no hand-off:\n%s\n", mock.console);
		return false;
	}
	tree = rig_tree();
	return rig_runs(kernel) &&
	       (!cmdline || dt_prop_is(&tree, dt_path(&tree, "/chosen"),
				       "bootargs", cmdline));
}

int rig_steps(int (*last)(struct boot *boot))
{
	static const struct {
		const char *name;
		int (*run)(struct boot *boot);
	} steps[] = {
		{ "board", step_board }, { "find", step_find },
		{ "inspect", step_inspect }, { "place", step_place },
		{ "load", step_load }, { "verify", step_verify },
		{ "unpack", step_unpack }, { "fixup", step_fixup },
	};
	int err = 0;

	for (size_t i = 0; i < ARRAY_SIZE(steps) && !err; i++) {
		rig.step = steps[i].name;
		err = steps[i].run(&rig);
		if (steps[i].run == last)
			break;
	}
	return err;
}

const char *rig_list(void)
{
	size_t length = 0;

	rig.step = "board";
	step_board(&rig);
	rig.step = "find";
	*list = '\0';
	while (find_next(&rig, true) && length < sizeof(list) - 256)
		length += (size_t)snprintf(list + length, 256, "%s\n",
					   rig.candidate.name);
	return list;
}

bool rig_same(const char *got, const char *want)
{
	if (!strcmp(got, want))
		return true;
	printf("# got:\n%s\n# want:\n%s\n", got, want);
	return false;
}

bool rig_said(const char *text)
{
	if (mock_said(text))
		return true;
	printf("# no \"%s\" at the end:\n%s\n", text, mock.console +
	       (mock.console_length > SHOWN ? mock.console_length - SHOWN : 0));
	return false;
}

struct dt rig_tree(void)
{
	const char *why = "";
	struct dt tree;

	if (dt_open(&tree, (const void *)mock.handed_dtb, DT_SIZE_MAX, &why))
		printf("# the tree that was handed over: %s\n", why);
	return tree;
}
