/* SPDX-License-Identifier: BSD-2-Clause */
/* The one list of boot entries: over all kinds, volumes and disks. */
#include "test_disk_rig.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define ENTRIES	"ram0 /loader/entries/"

/*
 * The default first, by loader.conf; then those with a sort-key, newest
 * first; the others by version; at the very end those without tries left.
 */
TEST_APART(disk_sorts_entries_of_the_boot_loader_specification)
{
	rig_machine(0);
	rig_disk("bls");
	CHECK(rig_same(rig_list(),
		       ENTRIES "like-5.conf\n"
		       ENTRIES "like-4.conf\n"
		       ENTRIES "keyed-0.conf\n"
		       ENTRIES "keyed-2.conf\n"
		       ENTRIES "keyed-1.conf\n"
		       ENTRIES "tries+2-1.conf\n"
		       ENTRIES "os-6.10.conf \"Six Ten\"\n"
		       ENTRIES "os-6.9.conf\n"
		       ENTRIES "os-6.9~rc1.conf\n"
		       ENTRIES "os-6.1.conf \"Six\"\n"
		       ENTRIES "used-up+0-3.conf\n"
		       ENTRIES "other-used-up+0.conf\n"));
	CHECK(!mock_said("warning: ram"));
}

TEST_APART(disk_tries_each_kind_in_its_order)
{
	rig_machine(0);
	rig_disk("kinds");
	CHECK(rig_same(rig_list(),
		       "ram0 /boot/loader/entries/x-2.conf\n"
		       ENTRIES "x-1.conf\n"
		       "ram0 /extlinux/extlinux.conf, label 1 \"a\"\n"
		       "ram0 /extlinux/extlinux.conf, label 2 \"b\"\n"
		       "ram0 /boot/extlinux/extlinux.conf, label 2 \"d\"\n"
		       "ram0 /boot/extlinux/extlinux.conf, label 1 \"c\"\n"
		       "ram0 /vmlinuz\n"
		       "ram0 /boot/Image\n"
		       "ram0 /Image.gz\n"
		       "ram0 /fitImage\n"
		       ENTRIES "bad+0.conf\n"));
}

/* The newest kernel is on the second disk, between those of the first. */
TEST_APART(disk_has_one_list_over_all_disks)
{
	const char *got;

	rig_machine(0);
	rig_disk("bls");
	rig_disk("versions");
	rig_disk("paths");
	got = rig_list();
	CHECK(strstr(got, "tries+2-1.conf\n"
		     "ram1 /loader/entries/os-6.11.conf \"V11\"\n"
		     ENTRIES "os-6.10.conf \"Six Ten\"\n"));
	CHECK(strstr(got, "os-6.9~rc1.conf\n"
		     "ram1 /loader/entries/os-6.2.conf \"V2\"\n"
		     ENTRIES "os-6.1.conf"));
	CHECK(strstr(got, "os-6.1.conf \"Six\"\n"
		     "ram2 /boot/Image.gz\n"
		     "ram2 /Image\n"
		     ENTRIES "used-up+0-3.conf\n"));
}

/* A kernel without an entry comes before an entry without tries. */
TEST_APART(disk_tries_what_is_used_up_last)
{
	rig_machine(0);
	rig_disk("used-up");
	CHECK(rig_same(rig_list(), "ram0 /boot/Image\n"
		       ENTRIES "old+0-2.conf\n"));
}

TEST_APART(disk_keeps_the_order_of_the_disks)
{
	rig_machine(0);
	rig_disk("linux");
	rig_disk("kinds");
	rig_disk("extlinux");
	CHECK(strstr(rig_list(),
		     "ram1 /loader/entries/x-1.conf\n"
		     "ram0 /boot/extlinux/extlinux.conf, label 2 \"two\"\n"
		     "ram0 /boot/extlinux/extlinux.conf, label 1 \"One\"\n"
		     "ram1 /extlinux/extlinux.conf, label 1 \"a\"\n"
		     "ram1 /extlinux/extlinux.conf, label 2 \"b\"\n"
		     "ram1 /boot/extlinux/extlinux.conf, label 2 \"d\"\n"
		     "ram1 /boot/extlinux/extlinux.conf, label 1 \"c\"\n"
		     "ram2 /boot/extlinux/extlinux.conf, label 2 \"two\"\n"));
}

TEST_APART(disk_begins_the_list_again)
{
	char first[8192];

	rig_machine(0);
	rig_disk("kinds");
	strcpy(first, rig_list());
	rig.source_index = rig.candidate_index = 0;
	CHECK(rig_same(rig_list(), first));
}

TEST_APART(disk_reads_volumes_of_a_table)
{
	const char *got;

	rig_machine(0);
	rig_disk("table");
	got = rig_list();
	CHECK(strstr(got, "ram0p1 /loader/entries/os-6.1.conf \"Six\"\n"
		     "ram0p2 /boot/extlinux/extlinux.conf, label 2 "
		     "\"two\"\n"));
	CHECK(rig_said("find: ram0p6: warning: "));
	/* Swap, RAID, LVM, and what has no file system that anyone knows. */
	for (int i = 3; i <= 7; i++) {
		char name[8];

		snprintf(name, sizeof(name), "ram0p%d", i);
		CHECK(i == 6 || !mock_said(name));
		CHECK(!strstr(got, name));
	}
}

TEST_APART(disk_leaves_out_entries_that_are_too_many)
{
	const char *got;
	unsigned int lines = 0;

	rig_machine(0);
	rig_disk("many");
	rig_disk("bls");
	rig_disk("paths");
	for (got = rig_list(); (got = strchr(got, '\n')); got++)
		lines++;
	CHECK_EQ(lines, 1024);
	CHECK(rig_said("find: entries: warning: there are more than ITEMS_MAX "
		       "in boot/volumes.h, the last are left out"));
}

TEST_APART(disk_leaves_out_volumes_that_are_too_many)
{
	rig_machine(0);
	rig_disk("crowd");
	CHECK(rig_same(rig_list(), "ram0p1 /boot/Image.gz\nram0p1 /Image\n"));
	CHECK(rig_said("find: ram0p17: warning: there are more volumes than "
		       "VOLUMES_MAX in boot/volumes.h, it is left out"));
	CHECK(rig_said("find: ram0p18: warning: there are more"));
	CHECK(!mock_said("ram0p16"));
}
