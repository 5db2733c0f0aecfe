/* SPDX-License-Identifier: BSD-2-Clause */
/* Edits of a device tree, and the pass that writes them, read by libfdt. */
#include "dt_edit.h"
#include "err.h"
#include "mock.h"
#include "unit.h"
#include <libfdt.h>
#include <string.h>

static uint8_t from[SZ_64K] __attribute__((aligned(8)));
static uint8_t to[SZ_64K] __attribute__((aligned(8)));
static struct dt_edit edit;
static uint32_t size;

/* Begin an edit of the tree that @spec makes. */
static bool begin(struct tree_spec spec, size_t room)
{
	const char *why;
	struct dt dt;

	if (!spec.ram[0].size)
		spec.ram[0] = (struct tree_ram){ MOCK_RAM_BASE, SZ_1M };
	tree_make(&spec, from, sizeof(from));
	if (!CHECK_EQ(dt_open(&dt, from, sizeof(from), &why), 0))
		return false;
	dt_edit_open(&edit, &dt, to, room);
	return true;
}

/* Write it; libfdt and our own reader find nothing wrong. */
static bool end(void)
{
	const char *why;
	struct dt dt;

	return CHECK_EQ(dt_edit_close(&edit, &size), 0) &&
	       CHECK_EQ(fdt_totalsize(to), size) &&
	       CHECK_EQ(fdt_check_full(to, size), 0) &&
	       CHECK_EQ(dt_open(&dt, to, size, &why), 0);
}

static const void *prop(const char *path, const char *name, int *length)
{
	return fdt_getprop(to, fdt_path_offset(to, path), name, length);
}

/* All nodes and properties of the old tree, with their values, in order. */
static bool same_tree(void)
{
	int a = 0, b = 0, depth_a = 0, depth_b = 0;

	while (a >= 0 && b >= 0 && depth_a >= 0 && depth_b >= 0) {
		int pa = fdt_first_property_offset(from, a);
		int pb = fdt_first_property_offset(to, b);

		for (; pa >= 0 && pb >= 0; pa = fdt_next_property_offset(from, pa),
		     pb = fdt_next_property_offset(to, pb)) {
			const char *na, *nb;
			int la, lb;
			const void *va = fdt_getprop_by_offset(from, pa, &na, &la);
			const void *vb = fdt_getprop_by_offset(to, pb, &nb, &lb);

			if (strcmp(na, nb) || la != lb || memcmp(va, vb, (size_t)la))
				return false;
		}
		if (pa >= 0 || pb >= 0 || depth_a != depth_b ||
		    strcmp(fdt_get_name(from, a, NULL), fdt_get_name(to, b, NULL)))
			return false;
		a = fdt_next_node(from, a, &depth_a);
		b = fdt_next_node(to, b, &depth_b);
	}
	return (a < 0 || depth_a < 0) && (b < 0 || depth_b < 0);
}

TEST(dt_edit_without_changes_copies)
{
	if (!begin((struct tree_spec){ .cpus = 9, .psci = "smc", .pad = 4096,
				       .memreserve = { 0x1000, 0x2000 } },
		   sizeof(to)) || !end())
		return;
	CHECK(same_tree());
	CHECK_EQ(fdt_num_mem_rsv(to), 1);
	CHECK(size < fdt_totalsize(from));
}

TEST(dt_edit_sets_what_is_there_and_what_is_not)
{
	int length, node;

	if (!begin((struct tree_spec){ .cpus = 2, .psci = "hvc" }, sizeof(to)))
		return;
	node = dt_edit_node(&edit, "/psci");
	CHECK_EQ(dt_edit_set_string(&edit, node, "method", "first"), 0);
	CHECK_EQ(dt_edit_set_string(&edit, node, "method", "smc"), 0);
	CHECK_EQ(dt_edit_set_u32(&edit, node, "new", 0x01020304), 0);
	CHECK_EQ(dt_edit_set_u64(&edit, 0 + dt_root(&edit.from), "wide", 5), 0);
	CHECK_EQ(dt_edit_set(&edit, node, "empty", "", 0), 0);
	CHECK_EQ(dt_edit_remove(&edit, node, "compatible"), 0);
	CHECK_EQ(dt_edit_remove(&edit, node, "never-was"), 0);
	if (!end())
		return;
	CHECK(!strcmp(prop("/psci", "method", &length), "smc"));
	CHECK_EQ(fdt32_ld(prop("/psci", "new", &length)), 0x01020304);
	CHECK_EQ(fdt64_ld(prop("/", "wide", &length)), 5);
	CHECK(prop("/psci", "empty", &length) && length == 0);
	CHECK(!prop("/psci", "compatible", NULL));
	CHECK(prop("/cpus/cpu@1", "reg", NULL));
}

TEST(dt_edit_makes_nodes_below_new_ones)
{
	int a, b, c;

	if (!begin((struct tree_spec){ .cpus = 1 }, sizeof(to)))
		return;
	a = dt_edit_node(&edit, "/a");
	b = dt_edit_node(&edit, "/a/b@1");
	c = dt_edit_node(&edit, "/a/b/c");
	CHECK(a >= DT_EDIT_NEW && b > a && c > b);
	CHECK_EQ(dt_edit_node(&edit, "/a/b"), b);
	CHECK(dt_edit_node(&edit, "/a/d") > c);
	CHECK(dt_edit_node(&edit, "/cpus/new") > c);
	CHECK_EQ(dt_edit_set_u32(&edit, c, "deep", 7), 0);
	CHECK_EQ(dt_edit_set_u32(&edit, a, "after", 8), 0);
	if (!end())
		return;
	CHECK_EQ(fdt32_ld(prop("/a/b@1/c", "deep", NULL)), 7);
	CHECK_EQ(fdt32_ld(prop("/a", "after", NULL)), 8);
	CHECK(fdt_path_offset(to, "/a/d") > 0);
	CHECK(fdt_path_offset(to, "/cpus/new") > 0);
	CHECK(fdt_path_offset(to, "/cpus/cpu@0") > 0);
}

TEST(dt_edit_removes_nodes_with_all_below)
{
	if (!begin((struct tree_spec){ .cpus = 3, .psci = "smc" }, sizeof(to)))
		return;
	CHECK_EQ(dt_edit_remove_node(&edit, "/cpus"), 0);
	CHECK_EQ(dt_edit_remove_node(&edit, "/nowhere"), 0);
	CHECK_EQ(dt_edit_node(&edit, "/cpus/cpu@0"), -ENOENT);
	CHECK(dt_edit_node(&edit, "/cpus") >= DT_EDIT_NEW);
	if (!end())
		return;
	CHECK(fdt_path_offset(to, "/cpus") > 0);
	CHECK(fdt_path_offset(to, "/cpus/cpu@0") < 0);
	CHECK(prop("/psci", "method", NULL));
}

TEST(dt_edit_adds_reservations)
{
	uint64_t base, length;

	if (!begin((struct tree_spec){ .memreserve = { 0x1000, 0x2000 } },
		   sizeof(to)))
		return;
	CHECK_EQ(dt_edit_reserve(&edit, region_of(0x8000, 0x100)), 0);
	if (!end())
		return;
	CHECK_EQ(fdt_num_mem_rsv(to), 2);
	CHECK_EQ(fdt_get_mem_rsv(to, 1, &base, &length), 0);
	CHECK(base == 0x8000 && length == 0x100);
}

/* Every room that is too small is refused, and no byte behind it is touched. */
TEST(dt_edit_refuses_what_has_no_room)
{
	struct tree_spec spec = { .cpus = 1, .psci = "smc" };
	uint32_t full;

	if (!begin(spec, sizeof(to)))
		return;
	CHECK_EQ(dt_edit_set_u64(&edit, dt_edit_node(&edit, "/x"), "y", 1), 0);
	if (!end())
		return;
	full = size;
	for (size_t room = 0; room < full; room++) {
		begin(spec, room);
		dt_edit_set_u64(&edit, dt_edit_node(&edit, "/x"), "y", 1);
		to[room] = 0xa5;
		CHECK_EQ(dt_edit_close(&edit, &size), -ENOSPC);
		CHECK_EQ(to[room], 0xa5);
	}
	begin(spec, full);
	dt_edit_set_u64(&edit, dt_edit_node(&edit, "/x"), "y", 1);
	CHECK_EQ(dt_edit_close(&edit, &size), 0);
}

TEST(dt_edit_refuses_senseless_edits)
{
	static uint8_t large[DT_EDIT_DATA + 1];
	int root;

	if (!begin((struct tree_spec){ .cpus = 1 }, sizeof(to)))
		return;
	root = dt_root(&edit.from);
	CHECK_EQ(dt_edit_node(&edit, "/no/where"), -ENOENT);
	CHECK_EQ(dt_edit_remove(&edit, -ENOENT, "x"), -ENOENT);
	CHECK_EQ(dt_edit_set_u32(&edit, -ENOSPC, "new", 1), -ENOSPC);
	CHECK_EQ(dt_edit_set_reg(&edit, root, 1, 1, region_of(1ull << 32, 1)),
		 -ERANGE);
	CHECK_EQ(dt_edit_set_reg(&edit, root, 3, 1, region_of(0, 1)), -ERANGE);
	CHECK_EQ(dt_edit_set(&edit, root, "large", large, sizeof(large)),
		 -ENOSPC);
	/* What was lost is not lost in silence. */
	CHECK_EQ(dt_edit_close(&edit, &size), -ENOSPC);
}

TEST(dt_edit_tables_are_bounded)
{
	char name[16] = "/n00";
	int err = 0;

	if (!begin((struct tree_spec){ .cpus = 1 }, sizeof(to)))
		return;
	for (int i = 0; i <= DT_EDIT_NODES; i++) {
		name[2] = (char)('0' + i / 10);
		name[3] = (char)('0' + i % 10);
		err = dt_edit_node(&edit, name);
	}
	CHECK_EQ(err, -ENOSPC);
	CHECK_EQ(dt_edit_close(&edit, &size), -ENOSPC);
	begin((struct tree_spec){ .cpus = 1 }, sizeof(to));
	for (int i = 0; i <= DT_EDIT_RESERVES; i++)
		err = dt_edit_reserve(&edit, region_of(0, 1));
	CHECK_EQ(err, -ENOSPC);
}
