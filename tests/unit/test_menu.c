/* SPDX-License-Identifier: BSD-2-Clause */
/* The choice of a kernel by a key: when it is asked, and what a key does. */
#include "test_disk_rig.h"
#include "unit.h"
#include <string.h>

#define SECOND	62500000ull	/* of arch_counter_freq() */

/* The disk wants to wait for 7 s; @keys are pressed after @at of them. */
static enum mock_end boot_with(const char *disk, const char *keys,
			       uint64_t seconds)
{
	rig_machine(0);
	rig_disk(disk);
	mock.keys = keys;
	mock.keys_at = seconds * SECOND;
	return rig_run();
}

static bool took(const char *name)
{
	char text[96] = "find: disk: ram0 /loader/entries/";

	return rig_said(strcat(text, name));
}

TEST_APART(menu_waits_and_takes_the_first)
{
	CHECK_EQ(boot_with("bls", NULL, 0), MOCK_HANDOFF);
	CHECK(took("like-5.conf: "));
	CHECK(mock.counter >= 7 * SECOND);
	CHECK(mock.counter < 8 * SECOND);
	CHECK(!mock_said("menu: 1"));
}

TEST_APART(menu_does_not_wait_unless_it_is_told)
{
	rig_machine(0);
	rig_disk("versions");
	mock.tick = 1;
	CHECK_EQ(rig_run(), MOCK_HANDOFF);
	CHECK(took("os-6.11.conf \"V11\": "));
	CHECK(!mock_said("menu:"));
	CHECK_EQ(mock.polls, 1);
	CHECK(mock.counter < SECOND);
}

/* A key that has been pressed before costs no waiting. */
TEST_APART(menu_shows_the_list_and_obeys)
{
	CHECK_EQ(boot_with("bls", " 7", 0), MOCK_HANDOFF);
	CHECK(rig_said("menu: 1  disk: ram0 /loader/entries/like-5.conf"));
	CHECK(rig_said("menu: 7  disk: ram0 /loader/entries/os-6.10.conf "
		       "\"Six Ten\""));
	CHECK(rig_said("menu: c  disk: ram0 /loader/entries/other-used-up+0"));
	CHECK(!mock_said("menu: d"));
	CHECK(rig_said("menu: press a key of the list, or Enter for the "
		       "first"));
	CHECK(took("os-6.10.conf \"Six Ten\": "));
	CHECK(mock.counter < SECOND);
}

TEST_APART(menu_takes_letters_behind_the_digits)
{
	CHECK_EQ(boot_with("bls", " a", 0), MOCK_HANDOFF);
	CHECK(took("os-6.1.conf \"Six\": "));
	CHECK(took("os-6.1.conf \"Six\": kernel of 5000 bytes"));
}

TEST_APART(menu_ignores_keys_that_have_no_line)
{
	CHECK_EQ(boot_with("bls", "x0dzA~\x1b[B\xff" "8", 0), MOCK_HANDOFF);
	CHECK(took("os-6.9.conf: "));
}

TEST_APART(menu_enter_takes_the_first)
{
	CHECK_EQ(boot_with("bls", "\n\r", 0), MOCK_HANDOFF);
	CHECK(took("like-5.conf: "));
	CHECK(rig_said("menu: 1 "));
}

TEST_APART(menu_line_feed_takes_the_first)
{
	CHECK_EQ(boot_with("bls", "  \n", 0), MOCK_HANDOFF);
	CHECK(took("like-5.conf: "));
}

TEST_APART(menu_hears_a_key_while_it_waits)
{
	CHECK_EQ(boot_with("bls", " 2", 3), MOCK_HANDOFF);
	CHECK(took("like-4.conf: "));
	CHECK(rig_said("menu: starting in 5 s"));
	CHECK(!mock_said("menu: starting in 3 s"));
}

TEST_APART(menu_comes_too_late_for_a_key)
{
	CHECK_EQ(boot_with("bls", " 2", 10), MOCK_HANDOFF);
	CHECK(took("like-5.conf: "));
	CHECK(!mock_said("menu: 1 "));
}

/* What is refused behind the chosen one is not asked for again. */
TEST_APART(menu_goes_on_behind_a_bad_choice)
{
	CHECK_EQ(boot_with("overlays", " 2", 0), MOCK_HANDOFF);
	CHECK(rig_said("menu: 3  disk: ram0 /extlinux/extlinux.conf, label 3 "
		       "\"own\""));
	CHECK(rig_said("find: disk: ram0 /extlinux/extlinux.conf, label 2 "
		       "\"worse\": kernel"));
	CHECK(rig_said("find: disk: ram0 /extlinux/extlinux.conf, label 3 "
		       "\"own\": kernel"));
	CHECK(!mock_said("label 1 \"bad\": kernel"));
}

TEST_APART(menu_has_more_lines_than_keys)
{
	CHECK_EQ(boot_with("many", " z", 0), MOCK_HANDOFF);
	CHECK(rig_said("menu: z  disk: ram0 /extlinux/extlinux.conf, label 35 "
		       "\"34\""));
	CHECK(rig_said("menu:    and 989 more, which have no key"));
	CHECK(rig_said("find: disk: ram0 /extlinux/extlinux.conf, label 35 "
		       "\"34\": kernel of 64 bytes"));
}

/* Not only disks are in it. */
TEST_APART(menu_lists_all_sources)
{
	uint8_t *at = (uint8_t *)MOCK_RAM_BASE + 8 * SZ_1M;

	rig_machine(0);
	rig_disk("versions");
	image_make(at, 0, SZ_1M, 0);
	mock.kernel = region_of((uintptr_t)at, 64);
	mock.keys = " 3";
	CHECK_EQ(rig_run(), MOCK_HANDOFF);
	CHECK(rig_said("menu: 1  embedded"));
	CHECK(rig_said("menu: 2  disk: ram0 /loader/entries/os-6.11.conf"));
	CHECK(took("os-6.2.conf \"V2\": "));
	CHECK(rig_runs("kernel-b"));
}
