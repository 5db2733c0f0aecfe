/* SPDX-License-Identifier: BSD-2-Clause */
/* What a superblock of ext4 may not say, and what a volume may not need. */
#include "test_ext4.h"
#include "err.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

static struct volume v;

/* A number in the superblock, and what comes of it. */
struct lie {
	unsigned int offset, size;
	uint32_t value;
	int err;
	const char *why;
};

/* Mount, and go through the root. */
static int use(void)
{
	int err = volume_again(&v);

	if (!err)
		err = volume_list(&v, "/");
	return err < 0 ? err : 0;
}

static void tell_lies(const char *image, const struct lie *lies, size_t count)
{
	CHECK_EQ(volume_load(&v, image), 0);
	for (size_t i = 0; i < count; i++) {
		uint8_t *at = volume_super(&v) + lies[i].offset;
		uint32_t truth = get(at, lies[i].size);

		put(at, lies[i].size, lies[i].value);
		if (!CHECK_EQ(use(), lies[i].err) ||
		    !CHECK(!lies[i].why || volume_says(&v, lies[i].why)))
			printf("# 0x%x at 0x%x\n", lies[i].value, lies[i].offset);
		put(at, lies[i].size, truth);
	}
	CHECK_EQ(use(), 0);
	volume_free(&v);
}

TEST(ext4_refuses_a_superblock_that_lies)
{
	static const struct lie lies[] = {
		{ 0x38, 2, 0xef54, -ENOEXEC, NULL },
		{ 0x0, 4, UINT32_MAX, -EINVAL, "superblock contradicts" },
		{ 0x0, 4, 1, -EINVAL, "inode number" },
		{ 0x0, 4, 0, -EINVAL, "inode number" },
		{ 0x4, 4, 0, -EINVAL, "superblock contradicts" },
		{ 0x4, 4, 1, -EINVAL, "superblock contradicts" },
		{ 0x4, 4, 2, -EINVAL, "leads out of the volume" },
		{ 0x4, 4, 3 * 1024 + 1, -ERANGE, "larger than its partition" },
		{ 0x4, 4, UINT32_MAX, -ERANGE, "larger than its partition" },
		{ 0x14, 4, 2, -EINVAL, "superblock contradicts" },
		{ 0x14, 4, UINT32_MAX, -EINVAL, "superblock contradicts" },
		{ 0x18, 4, 7, -EINVAL, "superblock contradicts" },
		{ 0x18, 4, UINT32_MAX, -EINVAL, "superblock contradicts" },
		{ 0x18, 4, 54, -EINVAL, "superblock contradicts" },
		{ 0x20, 4, 0, -EINVAL, "superblock contradicts" },
		{ 0x28, 4, 0, -EINVAL, "superblock contradicts" },
		{ 0x28, 4, 1, -EINVAL, "superblock contradicts" },
		{ 0x58, 2, 0, -EINVAL, "superblock contradicts" },
		{ 0x58, 2, 64, -EINVAL, "superblock contradicts" },
		{ 0x58, 2, 192, -EINVAL, "superblock contradicts" },
		{ 0x58, 2, 2048, -EINVAL, "superblock contradicts" },
		{ 0x58, 2, 0x8000, -EINVAL, "superblock contradicts" },
	};

	tell_lies("plain", lies, ARRAY_SIZE(lies));
}

TEST(ext4_refuses_what_it_cannot_read)
{
	static const struct lie lies[] = {
		{ 0x4c, 4, 2, -ENOTSUP, "revision" },
		{ 0x60, 4, 0x43, -ENOTSUP, "compression" },
		{ 0x60, 4, 0x4a, -ENOTSUP, "journal of another" },
		{ 0x60, 4, 0x1042, -ENOTSUP, "dirdata" },
		{ 0x60, 4, 0x62, -ENOTSUP, "a feature that is not known" },
		{ 0x60, 4, 0x80000042, -ENOTSUP, "a feature that is not known" },
		{ 0x60, 4, 0xc2, -ENOTSUP, "group descriptors" },
		/* What only writers have to know. */
		{ 0x5c, 4, 0xfffffddf, 0, NULL },
		{ 0x64, 4, 0xfffffbef, 0, NULL },
	};

	tell_lies("plain", lies, ARRAY_SIZE(lies));
}

TEST(ext4_refuses_other_checksums)
{
	static const struct lie lies[] = {
		{ 0x175, 1, 2, -ENOTSUP, "other than crc32c" },
		{ 0x3fc, 4, 0, -EBADMSG, "superblock's checksum" },
		{ 0x78, 1, 'x', -EBADMSG, "superblock's checksum" },
		{ 0x270, 4, 1, -EBADMSG, "superblock's checksum" },
		{ 0x4, 4, UINT32_MAX, -EBADMSG, "superblock's checksum" },
	};

	tell_lies("seed", lies, ARRAY_SIZE(lies));
}

/* Fields that a superblock of revision 0 does not have yet. */
TEST(ext4_takes_no_features_from_revision_0)
{
	static const struct lie lies[] = {
		{ 0x58, 2, 77, 0, NULL },
		{ 0x60, 4, UINT32_MAX, 0, NULL },
		{ 0x64, 4, UINT32_MAX, 0, NULL },
		{ 0x150, 4, UINT32_MAX, 0, NULL },
	};

	tell_lies("rev0", lies, ARRAY_SIZE(lies));
}

TEST(ext4_refuses_a_64_bit_volume_that_is_larger)
{
	static const struct lie lies[] = {
		{ 0x150, 4, 1, -ERANGE, "larger than its partition" },
		{ 0x150, 4, UINT32_MAX, -ERANGE, "larger than its partition" },
		{ 0xfe, 2, 0, -ENOTSUP, "group descriptors" },
		{ 0xfe, 2, 32, -ENOTSUP, "group descriptors" },
		{ 0xfe, 2, 0xfffe, -ENOTSUP, "group descriptors" },
	};

	tell_lies("uninit64", lies, ARRAY_SIZE(lies));
}

/* Descriptors of meta_bg that would lie anywhere. */
TEST(ext4_bounds_where_descriptors_are)
{
	static const struct lie lies[] = {
		{ 0x60, 4, 0x52, 0, NULL },	/* in one group it is the same */
		{ 0x18, 4, 6, -ERANGE, "larger than its partition" },
	};
	struct fs_node node;

	tell_lies("plain", lies, ARRAY_SIZE(lies));
	CHECK_EQ(volume_load(&v, "uninit"), 0);
	put(volume_super(&v) + 0x60, 4, 0x52 | 0x200);
	put(volume_super(&v) + 0x20, 4, 3);	/* a thousand groups of three */
	put(volume_super(&v) + 0x28, 4, 1);
	put(volume_super(&v) + 0x0, 4, 900);
	CHECK_EQ(volume_again(&v), 0);
	node.number = 900;
	CHECK(fs_open(&v.fs, &node) < 0);
	volume_free(&v);
}

static void cut(uint64_t size, int want, const char *why)
{
	v.ram.disk.size = size;
	CHECK_EQ(volume_again(&v), want);
	CHECK(!why || volume_says(&v, why));
}

TEST(ext4_refuses_a_volume_that_was_cut)
{
	CHECK_EQ(volume_load(&v, "ext4-1k"), 0);
	cut(v.ram.disk.size - 512, -ERANGE, "larger than its partition");
	cut(2048, -ERANGE, "larger than its partition");
	cut(1536, -ENOEXEC, NULL);
	cut(512, -ENOEXEC, NULL);
	volume_free(&v);
}

/* A disk that fails is not a volume that is damaged. */
TEST(ext4_passes_on_what_the_disk_says)
{
	struct fs_node node;

	CHECK_EQ(volume_load(&v, "ext4-1k"), 0);
	v.ram.bad = region_of((uint64_t)(volume_data(&v, "/") - v.ram.bytes), 512);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(fs_find(&v.fs, "/size-1", &node), -EIO);
	CHECK(!v.fs.why);
	CHECK_EQ(volume_list(&v, "/"), -EIO);
	v.ram.bad = region_of(1024, 512);
	CHECK_EQ(volume_again(&v), -EIO);
	v.ram.bad = region_of(2048, 512);
	CHECK_EQ(volume_again(&v), 0);
	CHECK_EQ(volume_list(&v, "/"), -EIO);
	volume_free(&v);
}
