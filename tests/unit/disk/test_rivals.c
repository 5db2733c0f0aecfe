/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bugs that bit other loaders when they read disks, each by its name, as far
 * as no other test has them: MBR tables that hold themselves are in test_mbr.c
 * (CVE-2019-13103), sizes and links of ext4 in test_ext4_lies.c, _names.c and
 * _noise.c (CVE-2019-13104, -13106, CVE-2024-57254, -57256, CVE-2025-26723),
 * numbers of FAT in test_fat_mount.c and _chain.c (CVE-2025-24857).
 */
#include "err.h"
#include "fit_file.h"
#include "test_ext4.h"
#include "unit.h"
#include <string.h>

#define GUARD	0xa5

static struct fit_file fit;
static struct volume v;

/* All bytes from @from on are still what they were. */
static bool untouched(const uint8_t *buffer, size_t from, size_t size)
{
	for (size_t i = from; i < size; i++)
		if (buffer[i] != GUARD)
			return false;
	return true;
}

/* CVE-2018-18439, -18440: a file was loaded behind the end of its buffer. */
TEST(rivals_cve_2018_18439_a_read_stays_in_file_and_buffer)
{
	static uint8_t buffer[8192];
	struct fs_node node;

	memset(buffer, GUARD, sizeof(buffer));
	CHECK_EQ(volume_load(&v, "plain"), 0);
	CHECK_EQ(fs_find(&v.fs, "/size-4097", &node), 0);
	CHECK(fs_read(&v.fs, &node, 0, buffer, sizeof(buffer)) < 0);
	CHECK(fs_read(&v.fs, &node, 4097, buffer, 1) < 0);
	CHECK(fs_read(&v.fs, &node, UINT64_MAX, buffer, 2) < 0);
	CHECK(fs_read(&v.fs, &node, 1, buffer, UINT64_MAX) < 0);
	CHECK(untouched(buffer, 0, sizeof(buffer)));
	CHECK_EQ(fs_read(&v.fs, &node, 0, buffer, 4097), 0);
	CHECK(untouched(buffer, 4097, sizeof(buffer)));
	volume_free(&v);
}

/* The same with a size that the inode promises and the volume cannot have. */
TEST(rivals_cve_2018_18439_a_size_alone_brings_nothing)
{
	static uint8_t buffer[65536];
	struct fs_node node;
	uint8_t *inode;

	memset(buffer, GUARD, sizeof(buffer));
	CHECK_EQ(volume_load(&v, "plain"), 0);
	inode = volume_inode(&v, "/size-4097");
	put(inode + I_SIZE, 4, 40000);
	CHECK_EQ(volume_again(&v), 0);
	if (!fs_find(&v.fs, "/size-4097", &node))
		fs_read(&v.fs, &node, 0, buffer, 40000);
	CHECK(untouched(buffer, 40000, sizeof(buffer)));
	volume_free(&v);
}

/* CVE-2019-13105: what a damaged tree left was freed twice; we keep nothing. */
TEST(rivals_cve_2019_13105_damage_is_forgotten)
{
	uint8_t *magic;

	CHECK_EQ(volume_load(&v, "plain"), 0);
	magic = volume_inode(&v, "/size-4097") + I_BLOCK;
	for (unsigned int i = 0; i < 100; i++) {
		put(magic, 2, 0);
		CHECK_EQ(volume_read(&v, "/size-4097"), -EINVAL);
		CHECK_EQ(volume_again(&v), 0);
		put(magic, 2, 0xf30a);
		CHECK_EQ(volume_again(&v), 0);
		CHECK_EQ(volume_read(&v, "/size-4097"), 0);
	}
	volume_free(&v);
}

/*
 * CVE-2020-10648: what was checked was not what was started. A digest belongs
 * to the bytes of the image that the configuration takes, and to no others.
 */
TEST(rivals_cve_2020_10648_what_is_checked_is_what_is_taken)
{
	const struct fit_choice *choice = &fit.choice;
	unsigned int count;

	fit_load(&fit, "boards.itb");
	CHECK_EQ(fit_try(&fit, NULL, NULL), 0);
	CHECK_EQ(fit_check(&fit.dt, &choice->kernel,
			   fit.bytes.at + choice->kernel.where.base, &count,
			   &fit.why), 0);
	CHECK_EQ(count, 1);
	CHECK_EQ(fit_check(&fit.dt, &choice->kernel, fit.bytes.at, &count,
			   &fit.why), -EBADMSG);
	CHECK_EQ(fit_check(&fit.dt, &choice->initrd,
			   fit.bytes.at + choice->kernel.where.base, &count,
			   &fit.why), -EBADMSG);
	fit_free(&fit);
}

/* Another image in front of it, with its name, would be found in its place. */
TEST(rivals_cve_2020_10648_no_second_image_of_that_name)
{
	fit_load(&fit, "boards.itb");
	fit_call(&fit, "/images/fdt-one", "fdt-two");
	CHECK_EQ(fit_try(&fit, NULL, NULL), -EINVAL);
	CHECK(strstr(fit.why, "same name"));
	fit_free(&fit);
}

/*
 * CVE-2021-27097, CVE-2021-27138: "kernel-1" found "kernel-1@evil", which
 * nobody had signed. No name of an image or a configuration has an address.
 */
TEST(rivals_cve_2021_27097_no_unit_addresses)
{
	static const char *const nodes[][2] = {
		{ "/images/kernel-1", "kernel@1" },
		{ "/images/initrd-1", "initrd@1" },
		{ "/images/fdt-one", "fdt@one" },
		{ "/configurations/conf-two", "conf@two" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(nodes); i++) {
		fit_load(&fit, "boards.itb");
		fit_call(&fit, nodes[i][0], nodes[i][1]);
		CHECK_EQ(fit_try(&fit, NULL, NULL), -EINVAL);
		CHECK(strstr(fit.why, "unit address"));
		fit_free(&fit);
	}
}

/* CVE-2024-57258, CVE-2025-26721 to -26725: size + constant wraps. */
TEST(rivals_cve_2024_57258_no_sum_wraps)
{
	const struct region all = region_of(0, UINT64_MAX);
	struct region r;

	for (uint64_t more = 1; more < 4096; more++) {
		CHECK(region_from(&r, UINT64_MAX - more + 1, more + 1) < 0);
		CHECK(region_slice(&r, all, UINT64_MAX - more, more + 1) < 0);
		CHECK(region_slice(&r, region_of(more, 8), UINT64_MAX - 4, 8) < 0);
	}
}
