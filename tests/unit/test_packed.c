/* SPDX-License-Identifier: BSD-2-Clause */
/* Kernels inside of something: what comes out of it, and what is refused. */
#include "disk/bytes.h"
#include "err.h"
#include "test_disk_rig.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct bytes file;

static void load(const char *name)
{
	char path[64] = "boot/";

	file = bytes_load(strcat(path, name));
}

/* A machine whose only candidate is @file. */
static void offer(uint64_t ram)
{
	rig_machine(ram);
	fake[0].kernel = (struct fake_file){ file.at, file.size, 0, 0 };
	fake_count = 1;
}

/* It must be refused, and say so. */
static void check_refused(const char *text)
{
	offer(0);
	CHECK_EQ(rig_run(), MOCK_STOPPED);
	CHECK(rig_said(text));
	bytes_free(&file);
}

TEST(packed_kernels_run)
{
	static const struct {
		const char *name, *with;
	} all[] = {
		{ "kernel-p.gz", "gzip" }, { "kernel-p.lz4", "lz4" },
		{ "kernel-p.zst", "zstd" }, { "zboot.gzip", "gzip" },
		{ "zboot.zstd22", "zstd" }, { "fit-gz.itb", "gzip" },
		{ "fit-zboot.itb", "zstd" }, { "fit-zboot-outside.itb", "gzip" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
		char text[64];

		load(all[i].name);
		offer(0);
		CHECK_EQ(rig_run(), MOCK_HANDOFF);
		CHECK(rig_runs("kernel-p"));
		snprintf(text, sizeof(text), "inspect: kernel: %s with arm64 "
			 "Image, 64 KiB in memory", all[i].with);
		CHECK(rig_said(text));
		CHECK(rig_said("unpack: kernel: 48064 bytes from "));
		bytes_free(&file);
	}
}

TEST(packed_kernel_has_too_few_bytes)
{
	load("tiny.gz");
	check_refused("inspect: kernel: error: packed with gzip, and damaged "
		      "or too short: pack it again (ERANGE)");
}

TEST(packed_kernel_is_cut_in_its_head)
{
	static const char *const names[] = {
		"kernel-p.gz", "kernel-p.lz4", "kernel-p.zst" };
	static const char *const texts[] = {
		"packed with gzip, and damaged or too short: pack it again",
		"packed with lz4, and damaged or too short: pack it again",
		"packed with zstd, and damaged or too short: pack it again" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		load(names[i]);
		file.size = 30;
		check_refused(texts[i]);
	}
}

/* The first bytes are right; what comes later is not. */
TEST(packed_kernel_is_damaged)
{
	static const char *const names[] = {
		"kernel-p.gz", "kernel-p.lz4", "kernel-p.zst", "zboot.gzip" };
	static const char *const texts[] = {
		"unpack: kernel: error: packed with gzip, and damaged: copy it",
		"unpack: kernel: error: packed with lz4, and damaged: copy it",
		"unpack: kernel: error: packed with zstd, and damaged: copy it",
		"unpack: kernel: error: packed with gzip, and damaged: copy it",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		load(names[i]);
		/* gzip and zstd: a check value; lz4: the stream's end. */
		if (i == 1)
			file.size -= 3;
		else
			file.at[file.size - (i == 2 ? 2 : 7)] ^= 4;
		check_refused(texts[i]);
	}
}

/*
 * The header says 4 KiB, what comes is 1 MiB: nothing is written any further.
 * zstd says so before, and there is room.
 */
TEST(packed_kernel_is_larger_than_its_header_says)
{
	static const char *const names[] = { "lies.lz4", "lies.gz" };
	uint8_t *behind = (uint8_t *)MOCK_RAM_BASE + 4096;
	struct bytes want = bytes_make(SZ_1M);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		load(names[i]);
		offer(0);
		memset(behind, 0xee, want.size);
		CHECK_EQ(rig_run(), MOCK_STOPPED);
		CHECK(rig_said("it is larger than its header says: build it "
			       "again (ERANGE)"));
		CHECK_EQ(rig.place.kernel.base, MOCK_RAM_BASE);
		CHECK_EQ(rig.place.kernel.size, 4096);
		CHECK(!memcmp(behind, want.at, want.size));
		bytes_free(&file);
	}
	bytes_free(&want);
	load("lies.zst");
	offer(0);
	CHECK_EQ(rig_run(), MOCK_HANDOFF);
	CHECK_EQ(rig.place.kernel.size, SZ_1M + 64);
	bytes_free(&file);
}

/* 1 MiB and 64 in the frame's header (RFC 8878, 3.1.1.1), then others. */
TEST(packed_kernel_lies_about_its_size)
{
	static const uint8_t size[4] = { 0x40, 0, 0x10, 0 };

	for (int i = 0; i < 2; i++) {
		load("lies.zst");
		CHECK(!memcmp(file.at + 5, size, 4));
		file.at[7] = i ? 0xf0 : 8;
		file.at[8] = i ? 7 : 0;
		check_refused(i ? "place: kernel: error: no free 130048 KiB "
			      "where the boot protocol allows it" :
			      "unpack: kernel: error: ");
	}
}

TEST(packed_kernel_in_two_layers)
{
	load("twice.gz");
	check_refused("inspect: kernel: error: compressed with gzip: give the "
		      "Image that is in it (gunzip) (ENOEXEC)");
}

/* There is memory for the kernel, but not for its packed bytes as well. */
TEST(packed_kernel_has_no_room_beside_itself)
{
	const size_t size = 60 * SZ_1M;
	uint8_t *large = calloc(1, size);

	load("kernel-p.gz");
	memcpy(large, file.at, file.size);
	memcpy(large + size - 4, file.at + file.size - 4, 4);
	bytes_free(&file);
	file = (struct bytes){ .at = large, .size = size };
	offer(0);
	CHECK_EQ(rig_run(), MOCK_STOPPED);
	CHECK(rig_said("load: kernel: error: fake did not deliver its "
		       "62914560 bytes: "));
	CHECK(rig_said("(ENOMEM)"));
	free(large);
}

/* Between two looks at it the file becomes another. */
static int change_to(const char *name)
{
	int err;

	load("kernel-p.gz");
	offer(0);
	err = rig_steps(step_inspect);
	bytes_free(&file);
	load(name);
	fake[0].kernel.bytes = file.at;
	rig.candidate.kernel.size = fake[0].kernel.size = file.size;
	err = err ? err : step_place(&rig);
	err = err ? err : step_load(&rig);
	err = err ? err : step_verify(&rig);
	rig.step = "unpack";
	err = err ? err : step_unpack(&rig);
	bytes_free(&file);
	return err;
}

TEST(packed_kernel_changes_on_its_way)
{
	CHECK_EQ(change_to("kernel-p.gz"), 0);
	CHECK_EQ(change_to("kernel-q.gz"), -EBADMSG);
	CHECK(rig_said("unpack: kernel: error: unpacked it has another header "
		       "than was inspected: do not trust fake (EBADMSG)"));
	CHECK_EQ(change_to("tiny.gz"), -EBADMSG);
	CHECK_EQ(change_to("kernel-p.zst"), -EINVAL);
}

TEST(zboot_is_packed_in_an_unknown_way)
{
	load("zboot.xzkern");
	check_refused("inspect: kernel: error: an EFI zboot image, packed in a "
		      "way that is not built in: build it with gzip or zstd "
		      "(ENOTSUP)");
	load("zboot.gzip");
	memset(file.at + 24, 'g', 32);		/* a name without an end */
	check_refused("an EFI zboot image, packed in a way that is not");
}

TEST(zboot_is_cut_short)
{
	static const char text[] = "inspect: kernel: error: an EFI zboot image "
				   "that is cut short: copy it again (ERANGE)";

	load("zboot.gzip");
	file.size--;
	check_refused(text);
	load("zboot.gzip");
	memset(file.at + 8, 0xff, 8);		/* offset and size */
	check_refused(text);
	load("zboot.gzip");
	memset(file.at + 12, 0, 4);		/* no bytes at all */
	check_refused("packed with gzip, and damaged or too short");
}

static void check_whole(const char *ramdisk)
{
	struct dt tree = rig_tree();
	struct bytes initrd = bytes_load(ramdisk);

	CHECK(rig_runs("kernel-p"));
	CHECK(dt_prop_is(&tree, dt_root(&tree), "compatible", "own,board"));
	CHECK(dt_prop_is(&tree, dt_path(&tree, "/soc/uart"), "status",
			 "okay"));
	CHECK_EQ(rig.place.initrd.size, initrd.size);
	CHECK(!memcmp((void *)rig.place.initrd.base, initrd.at, initrd.size));
	CHECK(rig_said("verify: kernel: kernel of the FIT has the digests"));
	CHECK(rig_said("verify: initrd: ramdisk of the FIT has the digests"));
	CHECK(rig_said("verify: dtb: fdt of the FIT has the digests"));
	CHECK(rig_said("verify: overlay: overlay of the FIT has the digests"));
	bytes_free(&initrd);
}

/* One and the same but for where its trees lie: multiples of 4, or of 8. */
static const struct {
	const char *name, *initrd;
} fits[] = {
	{ "whole.itb", "boot/initrd" }, { "moved.itb", "boot/initrd-4" },
	{ "outside.itb", "boot/initrd" },
};

TEST(fit_brings_all_that_is_in_it)
{
	for (size_t i = 0; i < ARRAY_SIZE(fits); i++) {
		load(fits[i].name);
		offer(0);
		CHECK_EQ(rig_run(), MOCK_HANDOFF);
		check_whole(fits[i].initrd);
		bytes_free(&file);
	}
}

/* It lies in memory, where its parts stay until they are moved. */
TEST(fit_is_embedded)
{
	uint8_t *at = (uint8_t *)MOCK_RAM_BASE + 8 * SZ_1M;

	for (size_t i = 0; i < ARRAY_SIZE(fits); i++) {
		load(fits[i].name);
		rig_machine(0);
		memcpy(at, file.at, file.size);
		mock.kernel = region_of((uintptr_t)at, file.size);
		CHECK_EQ(rig_run(), MOCK_HANDOFF);
		check_whole(fits[i].initrd);
		bytes_free(&file);
	}
}

/* Where the bytes of an image of the FIT begin, and one of them is wrong. */
static void damage(const char *image)
{
	char path[64] = "boot/";
	struct bytes part = bytes_load(strcat(path, image));
	size_t at = 0;

	load("whole.itb");
	while (at + part.size <= file.size &&
	       memcmp(file.at + at, part.at, part.size))
		at++;
	CHECK(at + part.size <= file.size);
	file.at[at + part.size - 1] ^= 1;
	bytes_free(&part);
}

TEST(fit_has_another_digest)
{
	static const char *const images[] = { "kernel-p", "initrd", "own.dtb",
					      "over.dtb" };
	static const char *const texts[] = {
		"verify: kernel: error: ", "verify: initrd: error: ",
		"verify: dtb: error: ", "verify: overlay: error: " };

	for (size_t i = 0; i < ARRAY_SIZE(images); i++) {
		damage(images[i]);
		check_refused(texts[i]);
		CHECK(rig_said("(EBADMSG)"));
		CHECK(!mock_said("handoff:"));
	}
}

TEST(fit_is_cut_short)
{
	load("whole.itb");
	file.size -= 100;
	check_refused("inspect: kernel: error: a FIT that is cut short: copy "
		      "it again (ERANGE)");
	load("outside.itb");
	file.size -= 100;
	check_refused("inspect: kernel: error: ");
}

TEST(fit_holds_no_kernel)
{
	load("fit-noise.itb");
	check_refused("inspect: kernel: error: no arm64 Image header");
}

/* The outer one's digests would be forgotten. */
TEST(fit_is_in_a_fit)
{
	load("fit-in.itb");
	check_refused("inspect: kernel: error: a FIT inside of a FIT: give the "
		      "inner one (ENOTSUP)");
}

/* The digest is over all of the zboot image, not over what is packed in it. */
TEST(fit_has_another_digest_of_a_zboot_image)
{
	struct bytes part = bytes_load("boot/zboot.zstd22");
	size_t at = 0;

	load("fit-zboot.itb");
	while (memcmp(file.at + at, part.at, part.size))
		at++;
	file.at[at + 70] ^= 1;		/* padding of its header */
	bytes_free(&part);
	check_refused("inspect: kernel: error: an image has not the hash that "
		      "its node says: copy it again (EBADMSG)");
}

TEST(fit_has_no_room_for_its_tree)
{
	load("whole.itb");
	offer(0);
	fake[0].kernel.error = 0;
	CHECK_EQ(rig_steps(step_find), 0);
	rig.map.ram_count = 0;
	rig.step = "inspect";
	CHECK_EQ(step_inspect(&rig), -ENOMEM);
	bytes_free(&file);
}
