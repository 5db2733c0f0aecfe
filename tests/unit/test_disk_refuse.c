/* SPDX-License-Identifier: BSD-2-Clause */
/* Disks and entries that cannot be booted: each says why, the next one runs. */
#include "driver.h"
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#define ENTRY	"find: disk: error: ram0 /loader/entries/"
#define NO_FILE	"there is no such file that can be read "
#define NO_TEXT	"it is no text of at most 64 KiB that can be read (ERANGE)"

/* In the order of the list; behind each comes the next. */
static const char *const refusals[] = {
	ENTRY "h-missing.conf: /not-there: " NO_FILE "(ENOENT)",
	ENTRY "g-folder.conf: /folder: " NO_FILE "(EISDIR)",
	ENTRY "f-empty.conf: /empty: " NO_FILE "(ENOENT)",
	ENTRY "e-initrd.conf: /gone: " NO_FILE "(ENOENT)",
	ENTRY "d-tree.conf: /gone.dtb: " NO_FILE "(ENOENT)",
	ENTRY "c-overlay.conf: /gone.dtbo: " NO_FILE "(ENOENT)",
	ENTRY "b2-none.conf: linux: there is no such line, so no kernel",
	ENTRY "b1-efi.conf: efi, uki: only for UEFI",
	ENTRY "b0-other.conf: architecture: another one than aa64 (ENOTSUP)",
	ENTRY "b-bytes.conf: text: has a control character in it",
	ENTRY "a9-blank.conf: linux: there is no such line",
	ENTRY "a8-above.conf: path: has a .. in it",
	ENTRY "a7-below-file.conf: /kernel-a/x: " NO_FILE "(ENOTDIR)",
	ENTRY "a6-long.conf: path: longer than 255 bytes (ERANGE)",
	ENTRY "a5-huge.conf: " NO_TEXT,
	ENTRY "a4-words.conf: options: the command line is longer",
	ENTRY "a3-many.conf: initrd, devicetree-overlay: more than 8 files",
	ENTRY "a1-folder.conf: " NO_TEXT,
	"find: disk: ram0 /loader/entries/a0-good.conf: kernel of 5000 bytes",
};

/* All of @texts, one behind the other. */
static void check_order(const char *const *texts, size_t count)
{
	const char *at = mock.console;

	for (size_t i = 0; i < count; i++) {
		const char *found = strstr(at, texts[i]);

		CHECK(found);
		if (found)
			at = found;
		else
			rig_said(texts[i]);
	}
}

TEST_APART(disk_says_why_an_entry_is_refused)
{
	rig_machine(0);
	rig_disk("wrong");
	CHECK(rig_boots("kernel-a", "good=1"));
	check_order(refusals, ARRAY_SIZE(refusals));
	CHECK_EQ(rig_stopped(), 1);
}

TEST_APART(disk_says_what_is_left_out)
{
	rig_machine(0);
	rig_disk("wrong");
	rig_disk("bls");
	rig_list();
	CHECK(rig_said("find: a2-counters+99999999999.conf: warning: the name "
		       "is too long, or its counters are no numbers: it is "
		       "left out (EINVAL)"));
	CHECK(rig_said("xxxx.conf: warning: the name is too long, or its "
		       "counters are no numbers: it is left out (ERANGE)"));
	CHECK(rig_said("find: ram0: warning: /loader/loader.conf: text: "
		       "has a control character in it"));
	CHECK(!mock_said("notes.txt"));
	CHECK(!mock_said(".hidden"));
}

TEST_APART(disk_says_why_a_label_is_refused)
{
	static const char *const texts[] = {
		"label 5: ../../../kernel-b: " NO_FILE "(ENOENT)",
		"yyyyyyyy...: " NO_FILE "(ERANGE)",
		"label 7: label: it names no kernel",
	};

	rig_machine(0);
	rig_disk("extlinux");
	rig_list();
	check_order(texts, ARRAY_SIZE(texts));
}

/* None of them is in the way of the disk behind it. */
TEST_APART(disk_goes_on_behind_files_that_make_no_sense)
{
	static const char *const names[] = {
		"no-labels", "bad-number", "binary", "huge-conf",
		"folder-conf", "empty", "noise", "no-table", "loader-file",
	};
	static const char *const texts[] = {
		"find: ram7: warning: GPT: its header does not match its CRC",
		"find: ram0: warning: /extlinux/extlinux.conf: label: there is none",
		"find: ram1: warning: /extlinux/extlinux.conf: timeout, prompt: not a",
		"find: ram2: warning: /extlinux/extlinux.conf: text: has a control",
		"find: ram3: warning: /extlinux/extlinux.conf: it cannot be read (ERANGE)",
		"find: ram4: warning: /extlinux/extlinux.conf: it cannot be read (ERANGE)",
		"find: disk: ram8 /vmlinuz: kernel of 5000 bytes",
	};

	rig_machine(0);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		rig_disk(names[i]);
	CHECK(rig_boots("kernel-b", NULL));
	check_order(texts, ARRAY_SIZE(texts));
	CHECK(!mock_said("ram6"));	/* noise is nobody's file system */
	CHECK(!mock_said("find: ram8: warning"));
	CHECK_EQ(rig_stopped(), ARRAY_SIZE(names));
}

TEST_APART(disk_uses_the_backup_of_a_table)
{
	rig_machine(0);
	rig_disk("backup");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("find: ram0: warning: GPT: the first copy is damaged, "
		       "the backup is used"));
	CHECK(rig_said("find: ram0p6: warning: ext4: the superblock's "
		       "checksum is wrong: run e2fsck (EBADMSG)"));
}

TEST_APART(disk_is_not_there)
{
	rig_machine(0);
	CHECK_EQ(rig_run(), MOCK_STOPPED);
	CHECK(rig_said("find: disk: no kernel there"));
	CHECK(rig_said("fail: boot: no candidate could be started"));
}

TEST_APART(disk_has_nothing_to_boot)
{
	rig_machine(0);
	rig_disk("empty");
	CHECK_EQ(rig_run(), MOCK_STOPPED);
	CHECK(rig_said("find: disk: no kernel there"));
}

TEST_APART(disk_cannot_be_read_at_all)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("bls");
	ram->bad = region_of(0, ram->disk.size);
	rig_disk("paths");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("find: ram0: warning: "));
	CHECK(rig_said("(EIO)"));
	CHECK(!mock_said("find: disk: ram0"));
}

/* The block of the disk in which @bytes stand. */
static struct region block_with(const struct ramdisk *ram, const void *bytes,
				size_t size)
{
	for (uint64_t at = 0; at + size <= ram->disk.size; at++)
		if (!memcmp(ram->bytes + at, bytes, size))
			return region_of(ALIGN_DOWN(at, 512), 512);
	printf("# the image does not have what is to be damaged\n");
	CHECK(false);
	return region_of(0, 0);
}

TEST_APART(disk_fails_in_a_folder)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("versions");
	ram->bad = block_with(ram, "OS-62~1 CON", 6);
	rig_disk("bls");
	CHECK(strstr(rig_list(), "ram1 /loader/entries/like-5.conf\n"));
	CHECK(rig_said("find: ram0: warning: a folder of it cannot be read, "
		       "what is there is left out (EIO)"));
}

/* All that looks for files there fails; one line says so. */
TEST_APART(disk_fails_in_its_root)
{
	struct ramdisk *ram;
	const char *first;

	rig_machine(0);
	ram = rig_disk("paths");
	ram->bad = block_with(ram, "IMAGE      ", 11);
	rig_disk("bls");
	rig_list();
	first = strstr(mock.console, "find: ram0: warning: ");
	CHECK(first);
	CHECK(first && !strstr(first + 1, "find: ram0: warning: "));
}

TEST_APART(disk_fails_in_an_entry)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("versions");
	ram->bad = block_with(ram, "title V11", 9);
	CHECK(rig_boots("kernel-b", NULL));
	CHECK(rig_said("find: disk: error: ram0 /loader/entries/os-6.11.conf: "));
	CHECK(rig_said("that can be read (EIO)"));
	CHECK(rig_said("find: disk: ram0 /loader/entries/os-6.2.conf \"V2\""));
}

TEST_APART(disk_fails_in_the_head_of_a_kernel)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("versions");
	ram->bad = block_with(ram, "ARM\x64", 4);
	rig_disk("paths");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("inspect: kernel: error: disk cannot be read"));
}

TEST_APART(disk_fails_in_the_middle_of_a_kernel)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("versions");
	ram->bad = block_with(ram, "ARM\x64", 4);
	ram->bad.base += 2048;
	rig_disk("paths");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("load: kernel: error: disk did not deliver its 5000 "
		       "bytes: "));
}

/* Its first bytes can be read, those that show what is in it cannot. */
TEST_APART(disk_fails_in_a_packed_kernel)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("packed");
	ram->bad = block_with(ram, "\x1f\x8b\x08", 3);
	ram->bad.base += 1024;
	rig_disk("paths");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("inspect: kernel: error: disk cannot be read"));
	CHECK(rig_said("(EIO)"));
}

TEST_APART(disk_fails_in_a_tree)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("extlinux");
	ram->bad = block_with(ram, "own,board", 9);
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("load: dtb: error: disk did not deliver its 422 "
		       "bytes: "));
	CHECK(rig_said("find: disk: ram0 /boot/extlinux/extlinux.conf, label "
		       "1 \"One\""));
}

TEST_APART(disk_fails_in_an_initrd)
{
	struct ramdisk *ram;

	rig_machine(0);
	ram = rig_disk("extlinux");
	ram->bad = block_with(ram, "second\0\0", 8);
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("load: initrd: error: disk did not deliver its 6 "
		       "bytes: "));
}

static int probe_nothing(const struct device *device)
{
	return -EIO;
}

static const char *const compatible[] = { "host,broken-disk", NULL };
static const struct driver driver_broken = {
	.name = "broken", .compatible = compatible, .probe = probe_nothing,
	.late = true,
};
TABLE_ADD(driver, 50, driver_broken);

TEST_APART(disk_driver_fails)
{
	void *tree = (void *)MOCK_RAM_BASE;
	int node;

	rig_machine(0);
	CHECK_EQ(fdt_open_into(tree, tree, SZ_64K), 0);
	node = fdt_add_subnode(tree, 0, "disk");
	CHECK_EQ(fdt_setprop_string(tree, node, "compatible",
				    compatible[0]), 0);
	rig_disk("paths");
	CHECK(rig_boots("kernel-a", NULL));
	CHECK(rig_said("find: broken: warning: a device cannot be used: the "
		       "machine's disks may lack one (EIO)"));
}
