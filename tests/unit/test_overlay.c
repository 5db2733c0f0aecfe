/* SPDX-License-Identifier: BSD-2-Clause */
/* Trees that come with a kernel, and overlays that are merged into them. */
#include "disk/bytes.h"
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

/* Where the files lie in memory; aligned as the step "load" does it. */
#define FILES		(MOCK_RAM_BASE + 16 * SZ_1M)
#define FILE_ROOM	SZ_1M

static unsigned int file_count;
static char names[4][64];

/* The file boot/@name.dtb of the images, in memory. */
static struct region load(const char *name)
{
	const uint64_t at = FILES + file_count++ * FILE_ROOM;
	char path[64];
	struct bytes file;
	struct region r;

	snprintf(path, sizeof(path), "boot/%s.dtb", name);
	file = bytes_load(path);
	r = region_of(at, file.size);
	memcpy((void *)at, file.at, file.size);
	bytes_free(&file);
	return r;
}

/* A machine that has loaded this tree ("": none). */
static void begin(const char *tree)
{
	rig_machine(0);
	file_count = 0;
	CHECK_EQ(rig_steps(step_board), 0);
	memmap_claim(&rig.map, "files", region_of(FILES, 8 * FILE_ROOM),
		     MEMMAP_LOADER);
	rig.step = "fixup";
	if (!*tree)
		return;
	rig.devicetree = load(tree);
	rig.candidate.devicetree = file_in_memory(rig.devicetree, tree);
}

static void add(const char *overlay)
{
	const unsigned int i = rig.candidate.overlay_count++;

	rig.overlay[i] = load(overlay);
	strcpy(names[i], overlay);
	rig.candidate.overlay[i] = file_in_memory(rig.overlay[i], names[i]);
}

static const char *text_of(const char *path, const char *name)
{
	const int node = dt_path(&rig.handed, path);
	struct dt_prop prop;

	if (node < 0 || !dt_prop(&rig.handed, node, name, &prop))
		return NULL;
	return prop.size ? dt_string(prop, 0) : "";
}

static bool has(const char *path, const char *name, const char *want)
{
	const char *got = text_of(path, name);

	return got && !strcmp(got, want);
}

TEST(overlay_is_merged)
{
	struct dt_prop speed;

	begin("own");
	add("over");
	CHECK_EQ(boot_open_tree(&rig), 0);
	CHECK(has("/soc/uart", "status", "okay"));
	CHECK(dt_prop(&rig.handed, dt_path(&rig.handed, "/soc/uart"), "speed",
		      &speed));
	CHECK_EQ(dt_cell(speed, 0), 9600);
	CHECK(has("/", "compatible", "own,board"));
}

/* By label, by label of what another one has added, by path. */
TEST(overlay_comes_with_others)
{
	struct dt_prop it, handle;

	begin("own");
	add("over-2");
	add("over");
	add("path");
	CHECK_EQ(boot_open_tree(&rig), 0);
	CHECK(has("/soc/uart", "status", "okay"));
	CHECK(has("/soc", "path", ""));
	CHECK(dt_prop(&rig.handed, dt_path(&rig.handed, "/soc/extra"), "it",
		      &it));
	CHECK(dt_prop(&rig.handed, dt_path(&rig.handed, "/soc/uart"),
		      "phandle", &handle));
	CHECK_EQ(dt_cell(it, 0), dt_cell(handle, 0));
	CHECK(has("/__symbols__", "extra", "/soc/extra"));
}

TEST(overlay_changes_the_tree_of_the_machine)
{
	begin("");
	add("path");
	CHECK_EQ(boot_open_tree(&rig), 0);
	CHECK(has("/soc", "path", ""));
	CHECK(has("/", "compatible", "host,machine"));
	/* That of the machine is as it was, for the next candidate. */
	CHECK(!dt_prop(&rig.tree, dt_path(&rig.tree, "/soc"), "path", NULL));
	rig.candidate.overlay_count = 0;
	CHECK_EQ(boot_open_tree(&rig), 0);
	CHECK(!text_of("/soc", "path"));
}

TEST(overlay_is_large)
{
	struct dt_prop bytes;

	begin("own");
	add("large");
	CHECK_EQ(boot_open_tree(&rig), 0);
	CHECK(dt_prop(&rig.handed, dt_path(&rig.handed, "/soc/uart"), "bytes",
		      &bytes));
	CHECK_EQ(bytes.size, 30000);
	CHECK_EQ(bytes.data[29999], 0x5a);
}

/* References of its own are numbers of the tree then. */
TEST(overlay_has_labels_of_its_own)
{
	struct dt_prop on, it, one, far;
	int node;

	begin("own");
	add("local");
	CHECK_EQ(boot_open_tree(&rig), 0);
	node = dt_path(&rig.handed, "/soc/one");
	CHECK(dt_prop(&rig.handed, node, "phandle", &one));
	node = dt_path(&rig.handed, "/soc/one/far");
	CHECK(dt_prop(&rig.handed, node, "phandle", &far));
	CHECK(dt_prop(&rig.handed, node, "on", &on));
	CHECK(dt_prop(&rig.handed, dt_path(&rig.handed, "/soc/two"), "it",
		      &it));
	CHECK_EQ(on.size, 12);
	CHECK_EQ(dt_cell(on, 0), 0);
	CHECK_EQ(dt_cell(on, 1), dt_cell(one, 0));
	CHECK_EQ(dt_cell(on, 2), 7);
	CHECK_EQ(dt_cell(it, 0), dt_cell(far, 0));
}

/* Where in its overlay a reference is, if it is anywhere else. */
static void check_place(uint32_t place, int want)
{
	const char path[] =
		"/__local_fixups__/fragment@0/__overlay__/one/far";
	struct dt overlay;
	struct dt_prop on;
	const char *why;

	begin("own");
	add("local");
	CHECK_EQ(dt_open(&overlay, (void *)rig.overlay[0].base,
			 rig.overlay[0].size, &why), 0);
	CHECK(dt_prop(&overlay, dt_path(&overlay, path), "on", &on));
	CHECK_EQ(dt_cell(on, 0), 4);
	place = __builtin_bswap32(place);
	memcpy((uint8_t *)(uintptr_t)on.data, &place, 4);
	CHECK_EQ(boot_open_tree(&rig), want);
	CHECK(!want || rig_said("fixup: overlay: error: local: it cannot be "
				"applied: check it with fdtoverlay (EINVAL)"));
}

TEST(overlay_lies_about_its_references)
{
	check_place(8, 0);
	check_place(9, -EINVAL);
	check_place(12, -EINVAL);
	check_place(0x10000, -EINVAL);
	check_place(UINT32_MAX, -EINVAL);
}

/* @overlay behind a good one does not fit; the tree of the file stays. */
static void check_refused(const char *tree, const char *overlay, int err,
			  const char *text)
{
	struct bytes before;

	begin(tree);
	add("path");
	add(overlay);
	before = bytes_make(rig.devicetree.size);
	memcpy(before.at, (void *)rig.devicetree.base, before.size);
	CHECK_EQ(boot_open_tree(&rig), err);
	CHECK(rig_said(text));
	CHECK(!memcmp(before.at, (void *)rig.devicetree.base, before.size));
	bytes_free(&before);
	/* The next one does not hear of it. */
	rig.candidate.overlay_count = 0;
	CHECK_EQ(boot_open_tree(&rig), 0);
	CHECK(!text_of("/soc", "path"));
}

TEST(overlay_wants_a_label_that_is_not_there)
{
	check_refused("own", "missing", -ENOENT,
		      "fixup: overlay: error: missing: /fragment@1:target:0 wants the "
		      "label nowhere, which the tree does not have: build the "
		      "tree with dtc -@, or take the overlay for this board "
		      "(ENOENT)");
}

TEST(overlay_finds_no_labels_at_all)
{
	check_refused("plain", "over", -ENOENT,
		      "over: /fragment@0:target:0 wants the label uart, which "
		      "the tree does not have");
}

TEST(overlay_wants_a_node_that_is_not_there)
{
	check_refused("own", "no-path", -ENOENT,
		      "fixup: overlay: error: no-path: fragment@7 wants the "
		      "node /gone, which the tree does not have: take the "
		      "overlay for this board (ENOENT)");
}

TEST(overlay_wants_no_node_at_all)
{
	check_refused("own", "no-target", -EINVAL,
		      "fixup: overlay: error: no-target: it cannot be applied: "
		      "check it with fdtoverlay (EINVAL)");
}

/* Paths in the tree are long: labels grow when they are merged. */
TEST(overlay_grows_too_much)
{
	begin("deep");
	add("labels");
	CHECK_EQ(boot_open_tree(&rig), -ENOSPC);
	CHECK(rig_said("fixup: overlay: error: labels: with it the tree grows "
		       "by more than twice its size: give it fewer labels "
		       "(ENOSPC)"));
}

TEST(overlay_is_damaged)
{
	begin("own");
	add("over");
	memset((void *)rig.overlay[0].base, 0, 4);
	CHECK_EQ(boot_open_tree(&rig), -ENOEXEC);
	CHECK(rig_said("fixup: overlay: error: over: "));
	begin("own");
	add("over");
	rig.overlay[0].size -= 8;
	CHECK_EQ(boot_open_tree(&rig), -ERANGE);
	CHECK(rig_said("fixup: overlay: error: over: "));
}

/* Whatever is in its bytes, neither tree nor memory suffer. */
TEST(overlay_survives_noise)
{
	struct bytes tree = bytes_load("boot/own.dtb");
	unsigned int merged = 0;

	begin("own");
	for (unsigned int i = 0; i < 3000; i++) {
		const unsigned int used = rig.map.used_count;
		uint8_t *at;

		file_count = 1;
		rig.candidate.overlay_count = 0;
		add(i % 2 ? "over" : "over-2");
		at = (uint8_t *)rig.overlay[0].base;
		for (uint64_t n = unit_random_below(4); n--;)
			at[40 + unit_random_below(rig.overlay[0].size - 40)] ^=
				(uint8_t)(1 << unit_random_below(8));
		merged += !boot_open_tree(&rig);
		CHECK(!memcmp((void *)rig.devicetree.base, tree.at,
			      tree.size));
		memmap_rollback(&rig.map, used);
		mock.console_length = 0;
		memset(mock.console, 0, sizeof(mock.console));
	}
	CHECK(merged > 100);
	CHECK(merged < 2900);
	bytes_free(&tree);
}

TEST(overlay_finds_no_room)
{
	begin("own");
	add("over");
	rig.map.ram_count = 0;
	CHECK_EQ(boot_open_tree(&rig), -ENOMEM);
	CHECK(rig_said("fixup: overlay: error: there is no room to merge: give "
		       "the machine more memory (ENOMEM)"));
}

TEST(overlay_comes_with_a_tree_that_is_none)
{
	begin("own");
	add("over");
	memset((void *)(rig.devicetree.base + 80), 0xff, 64);
	CHECK_EQ(boot_open_tree(&rig), -EINVAL);
	CHECK(rig_said("fixup: dtb: error: own: "));
}

/* On a disk: each refused, the next label gets the tree as it lies there. */
TEST_APART(overlay_of_an_entry_is_refused)
{
	struct dt tree;

	rig_machine(0);
	rig_disk("overlays");
	CHECK(rig_boots("kernel-a", NULL));
	tree = rig_tree();
	CHECK(rig_said("fixup: overlay: error: /bad.dtbo: /fragment@1:target:0 wants "
		       "the label nowhere"));
	CHECK(rig_said("fixup: dtb: error: /bad.dtbo.txt: "));
	CHECK(rig_said("find: disk: ram0 /extlinux/extlinux.conf, label 3"));
	CHECK(dt_prop_is(&tree, dt_path(&tree, "/soc/uart"), "status",
			 "disabled"));
}
