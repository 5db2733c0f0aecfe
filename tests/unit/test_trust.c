/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The policies over a whole boot: what TRUST_REQUIRED refuses, TRUST_REPORT
 * says and boots. Which signatures are good: disk/test_signature.c.
 */
#include "disk/bytes.h"
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define REQUIRED	IS_ENABLED(CONFIG_TRUST_REQUIRED)

static struct bytes file, initrd;

/* A machine whose only candidate is "signed/@name", read into memory. */
static void offer(const char *name, const char *cmdline)
{
	char path[64] = "signed/";

	file = bytes_load(strcat(path, name));
	rig_machine(0);
	memset(fake, 0, sizeof(fake));
	fake[0].kernel = (struct fake_file){ file.at, file.size, 0, 0 };
	fake[0].cmdline = cmdline;
	fake_count = 1;
}

/* It boots with this command line. */
static void check_boots(const char *cmdline)
{
	struct dt tree;

	if (CHECK_EQ(rig_run(), MOCK_HANDOFF)) {
		tree = rig_tree();
		CHECK(dt_prop_is(&tree, dt_path(&tree, "/chosen"), "bootargs",
				 cmdline));
	}
	bytes_free(&file);
}

/* It is refused with @why, or boots as it would without a policy. */
static void check_objection(const char *step, const char *object,
			    const char *why, const char *cmdline)
{
	char text[256];

	snprintf(text, sizeof(text), REQUIRED ? "%s: %s: error: %s" :
		 "%s: %s: warning: TRUST_REQUIRED would refuse it: %s", step,
		 object, why);
	if (REQUIRED) {
		CHECK_EQ(rig_run(), MOCK_STOPPED);
		bytes_free(&file);
	} else {
		check_boots(cmdline);
	}
	CHECK(rig_said(text));
	CHECK(!rig.candidate.trust.verified);
}

TEST(trust_says_its_policy_and_its_keys)
{
	offer("one.itb", NULL);
	check_boots("signed words");
	CHECK(rig_said(REQUIRED ?
		       "board: trust: required: only what is signed boots, 4" :
		       "board: trust: report: what is not signed boots, and"));
	CHECK(rig_said("board: trust: warning: longest-test is a key for "
		       "DEVELOPMENT"));
	CHECK(!mock_said("main is a key for DEVELOPMENT"));
}

TEST(trust_boots_what_is_signed)
{
	static const char *const files[] = { "one.itb", "one-e.itb",
					     "one-p.itb" };

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		offer(files[i], NULL);
		check_boots("signed words");
		CHECK(rig_said("verify: trust: signed with the key main, "
			       "rollback index 7"));
		CHECK(rig.candidate.trust.verified);
		CHECK_EQ(rig.candidate.trust.rollback_index, 7);
		CHECK(!strcmp(rig.candidate.trust.key, "main"));
		CHECK_EQ(rig.candidate.initrd_count, 1);
		CHECK_EQ(rig.candidate.overlay_count, 1);
		CHECK(!mock_said("would refuse"));
	}
}

TEST(trust_and_a_command_line_from_outside)
{
	offer("one.itb", "from outside");
	check_boots(REQUIRED ? "signed words" : "from outside");
	CHECK(rig_said(REQUIRED ?
		       "inspect: cmdline: warning: the source brings one that "
		       "is not signed, it is left out" :
		       "inspect: cmdline: warning: TRUST_REQUIRED would leave "
		       "it out, as the source brings one"));
}

/* What QEMU's -append has left in the tree of the machine. */
TEST(trust_and_the_command_line_of_the_machine)
{
	const struct tree_spec spec = {
		.ram = { { MOCK_RAM_BASE, MOCK_RAM_SIZE } }, .seeds = true,
		.bootargs = "from QEMU",
	};
	struct dt tree;
	int node;

	offer("bare.itb", NULL);
	tree_make(&spec, (void *)MOCK_RAM_BASE, SZ_2M);
	CHECK_EQ(rig_run(), MOCK_HANDOFF);
	tree = rig_tree();
	node = dt_path(&tree, "/chosen");
	CHECK_EQ(dt_prop(&tree, node, "bootargs", NULL), !REQUIRED);
	CHECK_EQ(dt_prop_is(&tree, node, "bootargs", "from QEMU"), !REQUIRED);
	bytes_free(&file);
}

TEST(trust_and_what_is_not_signed)
{
	const char *const unsigned_text = "the configuration is not signed: "
		"give it a signature node and sign with mkimage -k (ENOENT)";

	offer("kernel", "words");
	check_objection("inspect", "kernel", "not signed: only a FIT can be; "
			"make one with mkimage -k (EBADMSG)", "words");
	offer("unsigned.itb", "words");
	check_objection("verify", "trust", unsigned_text, "words");
	offer("image-signed.itb", "words");
	check_objection("verify", "trust", unsigned_text, "words");
	offer("other.itb", "words");
	check_objection("verify", "trust", "the configuration was changed "
			"after it was signed", "words");
	offer("text.itb", NULL);
	if (REQUIRED)
		CHECK_EQ(rig_run(), MOCK_STOPPED);
	else
		CHECK_EQ(rig_run(), MOCK_HANDOFF);
	CHECK(rig_said("bootargs of the configuration are longer than Linux"));
	bytes_free(&file);
}

/* The signature is good, the bytes are not those of the hash. */
TEST(trust_and_other_bytes)
{
	static const char *const files[] = { "one.itb", "one-e.itb",
					     "one-p.itb" };
	struct bytes part = bytes_load("signed/initrd");
	size_t at;

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		offer(files[i], NULL);
		for (at = 0; memcmp(file.at + at, part.at, part.size); at++)
			;
		file.at[at + 100] ^= 1;
		CHECK_EQ(rig_run(), MOCK_STOPPED);
		CHECK(rig_said("verify: trust: signed with the key main"));
		CHECK(rig_said("verify: initrd: error: an image has not the "
			       "hash that its node says: copy it again"));
		bytes_free(&file);
	}
	bytes_free(&part);
}

TEST(trust_and_an_initrd_from_outside)
{
	initrd = bytes_load("signed/initrd");
	offer("bare.itb", NULL);
	fake[0].initrd = (struct fake_file){ initrd.at, initrd.size, 0, 0 };
	if (REQUIRED)
		CHECK_EQ(rig_run(), MOCK_STOPPED);
	else
		CHECK_EQ(rig_run(), MOCK_HANDOFF);
	CHECK(rig_said("initrd: "));
	CHECK(rig_said("the source brings one that is not signed: put it into "
		       "the FIT (EBADMSG)"));
	bytes_free(&file);
	bytes_free(&initrd);
}
