/* SPDX-License-Identifier: BSD-2-Clause */
/* Flattened Image Trees that mkimage made: which images, where, which hash. */
#include "err.h"
#include "fit_file.h"
#include "unit.h"
#include <string.h>

static struct fit_file fit;

/* The bytes of @image are the file @name that mkimage took. */
static bool is_file(const struct fit_image *image, const char *name)
{
	char path[64] = "fit/";
	struct bytes file = bytes_load(strcat(path, name));
	bool same = image->node >= 0 && image->where.size == file.size &&
		    region_end(image->where) <= fit.size &&
		    !memcmp(fit.bytes.at + image->where.base, file.at, file.size);

	bytes_free(&file);
	return same;
}

static int check(const struct fit_image *image, unsigned int *count)
{
	return fit_check(&fit.dt, image, fit.bytes.at + image->where.base,
			 count, &fit.why);
}

/* Choose for the machine whose tree is @machine; NULL: for none. */
static int choose(const char *name, const char *want, const char *machine)
{
	char path[64] = "fit/";
	struct bytes tree = { .size = 0 }, aligned;
	const char *why;
	struct dt dt;
	int err;

	fit_load(&fit, name);
	if (!machine)
		return fit_try(&fit, want, NULL);
	tree = bytes_load(strcat(path, machine));
	aligned = bytes_make(ALIGN_UP(tree.size, 8));
	memcpy(aligned.at, tree.at, tree.size);
	CHECK_EQ(dt_open(&dt, aligned.at, tree.size, &why), 0);
	err = fit_try(&fit, want, &dt);
	bytes_free(&aligned);
	bytes_free(&tree);
	return err;
}

static bool chosen(const char *name, const char *want, const char *machine,
		   const char *configuration)
{
	bool good = !choose(name, want, machine) &&
		    !strcmp(fit.choice.configuration, configuration);

	fit_free(&fit);
	return good;
}

TEST(fit_with_one_kernel)
{
	static const char *const names[] = { "one.itb", "one-e.itb",
					     "one-p.itb", "one-b.itb" };
	unsigned int count;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		CHECK_EQ(choose(names[i], NULL, NULL), 0);
		CHECK(!strcmp(fit.choice.configuration, "conf-1"));
		CHECK(is_file(&fit.choice.kernel, "kernel"));
		CHECK(!strcmp(fit.choice.kernel.compression, "none"));
		CHECK_EQ(fit.choice.kernel.load, 0x40200000);
		CHECK_EQ(fit.choice.kernel.entry, 0x40200000);
		CHECK(fit.choice.initrd.node < 0);
		CHECK(fit.choice.devicetree.node < 0);
		CHECK_EQ(fit.choice.overlay_count, 0);
		CHECK_EQ(check(&fit.choice.kernel, &count), 0);
		CHECK_EQ(count, 1);
		fit_free(&fit);
	}
}

TEST(fit_with_boards)
{
	static const char *const names[] = { "boards.itb", "boards-e.itb",
					     "boards-p.itb", "boards-b.itb" };
	unsigned int count;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		CHECK_EQ(choose(names[i], "conf-three", NULL), 0);
		CHECK(is_file(&fit.choice.kernel, "kernel"));
		CHECK(is_file(&fit.choice.initrd, "initrd"));
		CHECK(is_file(&fit.choice.devicetree, "three.dtb"));
		CHECK_EQ(fit.choice.initrd.load, 0);
		CHECK_EQ(check(&fit.choice.kernel, &count), 0);
		CHECK_EQ(check(&fit.choice.initrd, &count), 0);
		CHECK_EQ(check(&fit.choice.devicetree, &count), 0);
		CHECK_EQ(count, 1);
		fit_free(&fit);
	}
}

TEST(fit_chooses_for_the_machine)
{
	/* By what the trees say; the most specific string wins. */
	CHECK(chosen("boards.itb", NULL, "machine-one.dtb", "conf-one"));
	CHECK(chosen("boards.itb", NULL, "machine-three.dtb", "conf-three"));
	/* Nothing in common, or no machine: the default. */
	CHECK(chosen("boards.itb", NULL, "machine-none.dtb", "conf-two"));
	CHECK(chosen("boards.itb", NULL, NULL, "conf-two"));
	CHECK(chosen("boards.itb", "", NULL, "conf-two"));
	/* Trees behind the FIT are not here to be asked. */
	CHECK(chosen("boards-e.itb", NULL, "machine-one.dtb", "conf-two"));
	/* By what the configurations say; the first of several wins. */
	CHECK(chosen("named.itb", NULL, "machine-three.dtb", "conf-three"));
	CHECK(chosen("named.itb", NULL, "machine-all.dtb", "conf-one"));
	CHECK(chosen("named.itb", NULL, "machine-none.dtb", "conf-two"));
	/* A name that is asked for comes before all that. */
	CHECK(chosen("boards.itb", "conf-two", "machine-one.dtb", "conf-two"));
	/* Without a default: the first. */
	CHECK(chosen("one.itb", NULL, "machine-one.dtb", "conf-1"));
}

TEST(fit_refuses_a_name_that_is_not_there)
{
	static const char *const names[] = { "conf", "conf-1x", "CONF-1",
					     "/conf-1", "kernel-1", "conf-" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		CHECK_EQ(choose("one.itb", names[i], NULL), -ENOENT);
		fit_free(&fit);
	}
}

TEST(fit_with_overlays)
{
	CHECK_EQ(choose("overlays.itb", NULL, NULL), 0);
	CHECK(is_file(&fit.choice.devicetree, "one.dtb"));
	CHECK_EQ(fit.choice.overlay_count, 2);
	CHECK(is_file(&fit.choice.overlay[0], "over1.dtb"));
	CHECK(is_file(&fit.choice.overlay[1], "over2.dtb"));
	fit_free(&fit);
}

TEST(fit_limits_overlays)
{
	CHECK_EQ(choose("many.itb", "conf-8", NULL), 0);
	CHECK_EQ(fit.choice.overlay_count, FIT_OVERLAYS);
	fit_free(&fit);
	CHECK_EQ(choose("many.itb", "conf-9", NULL), -ENOSPC);
	fit_free(&fit);
	/* The same bytes twice. */
	CHECK_EQ(choose("many.itb", "conf-twice", NULL), -EINVAL);
	fit_free(&fit);
}

TEST(fit_compares_all_hashes)
{
	unsigned int count;

	CHECK_EQ(choose("hashes.itb", NULL, NULL), 0);
	CHECK_EQ(check(&fit.choice.kernel, &count), 0);
	CHECK_EQ(count, 5);
	fit.bytes.at[fit.choice.kernel.where.base] ^= 1;
	CHECK_EQ(check(&fit.choice.kernel, &count), -EBADMSG);
	CHECK_EQ(count, 0);
	fit_free(&fit);
	CHECK_EQ(choose("md5.itb", NULL, NULL), 0);
	CHECK_EQ(check(&fit.choice.kernel, &count), -ENOTSUP);
	CHECK_EQ(count, 1);
	fit_free(&fit);
	CHECK_EQ(choose("packed.itb", NULL, NULL), 0);
	CHECK_EQ(check(&fit.choice.kernel, &count), 0);
	CHECK_EQ(count, 0);
	fit_free(&fit);
	CHECK_EQ(choose("nine.itb", NULL, NULL), 0);
	CHECK_EQ(check(&fit.choice.kernel, &count), -EINVAL);
	fit_free(&fit);
}

/* Each of the hashes alone is enough to refuse. */
TEST(fit_notices_each_hash)
{
	static const char *const paths[] = {
		"/images/kernel-1/hash-1", "/images/kernel-1/hash-2",
		"/images/kernel-1/hash-3", "/images/kernel-1/hash-4",
		"/images/kernel-1/hash-5",
	};
	unsigned int count;

	CHECK_EQ(choose("hashes.itb", NULL, NULL), 0);
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		struct dt_prop value = fit_prop(&fit, paths[i], "value");
		uint8_t *last = (uint8_t *)(uintptr_t)value.data +
				value.size - 1;

		*last ^= 1;
		CHECK_EQ(check(&fit.choice.kernel, &count), -EBADMSG);
		CHECK_EQ(count, i);
		*last ^= 1;
	}
	CHECK_EQ(check(&fit.choice.kernel, &count), 0);
	fit_free(&fit);
}

TEST(fit_passes_on_what_is_packed)
{
	CHECK_EQ(choose("packed.itb", NULL, NULL), 0);
	CHECK(!strcmp(fit.choice.kernel.compression, "gzip"));
	CHECK_EQ(fit.choice.kernel.load, 0x100000002);
	CHECK_EQ(fit.choice.kernel.entry, 0);
	fit_free(&fit);
}

TEST(fit_leaves_file_systems_to_the_kernel)
{
	CHECK_EQ(choose("loadables.itb", "conf-fs", NULL), 0);
	fit_free(&fit);
	CHECK_EQ(choose("loadables.itb", "conf-tee", NULL), -ENOTSUP);
	fit_free(&fit);
	CHECK_EQ(choose("loadables.itb", "conf-gone", NULL), -ENOTSUP);
	fit_free(&fit);
}

/* As many as Linux has boards, and how long it takes to look at them. */
TEST(fit_with_very_many_boards)
{
	CHECK(chosen("crowd.itb", "conf-1500", NULL, "conf-1500"));
	CHECK(chosen("crowd.itb", NULL, "machine-one.dtb", "conf-1234"));
}

TEST(fit_says_how_long_its_tree_is)
{
	fit_load(&fit, "one-p.itb");
	CHECK_EQ(fit_tree_size(fit.bytes.at), fit.dt.size);
	CHECK(fit.dt.size < fit.size);
	CHECK_EQ(fit_tree_size(fit.bytes.at + 1), 0);
	memset(fit.bytes.at + 4, 0, 4);
	CHECK_EQ(fit_tree_size(fit.bytes.at), 0);
	memset(fit.bytes.at + 4, 0xff, 4);
	CHECK_EQ(fit_tree_size(fit.bytes.at), 0);
	fit_free(&fit);
}
