/* SPDX-License-Identifier: BSD-2-Clause */
/* Flattened Image Trees with one thing wrong: each is refused by its name. */
#include "err.h"
#include "fit_file.h"
#include "unit.h"
#include <string.h>

#define KERNEL	"/images/kernel-1"
#define INITRD	"/images/initrd-1"
#define CONF	"/configurations/conf-two"
#define CONFS	"/configurations"

static struct fit_file fit;

/* What comes of it, and does the reason contain @reason? */
static void want(int err, const char *reason, int line)
{
	int got = fit_try(&fit, NULL, NULL);

	unit_equal(got, err, __FILE__, line, reason);
	unit_check(!got || strstr(fit.why, reason), __FILE__, line, fit.why);
	fit_free(&fit);
}

#define WANT(err, reason)	want(err, reason, __LINE__)
#define DAMAGE(name, how, err, reason)					\
	do {								\
		fit_load(&fit, name);					\
		how;							\
		WANT(err, reason);					\
	} while (0)
#define BOARDS(how, err, reason)	DAMAGE("boards.itb", how, err, reason)
#define OUTSIDE(how, err, reason)	DAMAGE("boards-e.itb", how, err, reason)
#define PLACED(how, err, reason)	DAMAGE("boards-p.itb", how, err, reason)

TEST(fit_refuses_what_is_none)
{
	BOARDS(fit.bytes.at[0] = 0, -ENOEXEC, "no device tree header");
	BOARDS(fit.size = 39, -ENOEXEC, "no device tree header");
	BOARDS(fit.size -= 1, -EINVAL, "shorter than its tree");
	BOARDS(fit_call(&fit, "/images", "Images"), -ENOEXEC, "give a FIT");
	BOARDS(fit_call(&fit, "/images", "image@"), -ENOEXEC, "give a FIT");
	BOARDS(fit_call(&fit, CONFS, "Configurations"), -ENOENT,
	       "no configurations");
	BOARDS(memset(fit.bytes.at + fit.dt.structs, 0, 4), -EINVAL,
	       "structure block");
}

TEST(fit_refuses_the_same_name_twice)
{
	BOARDS(fit_call(&fit, "/images/fdt-one", "fdt-two"), -EINVAL, "same name");
	BOARDS(fit_call(&fit, CONFS "/conf-one", "conf-two"), -EINVAL,
	       "same name");
	BOARDS(fit_rename(&fit, KERNEL, "os", "arch"), -EINVAL, "same name");
	BOARDS(fit_rename(&fit, CONF, "ramdisk", "kernel"), -EINVAL, "same name");
	BOARDS(fit_rename(&fit, "/", "description", "timestamp"), -EINVAL,
	       "same name");
	BOARDS(fit_rename(&fit, KERNEL "/hash-1", "value", "algo"), -EINVAL,
	       "same name");
	DAMAGE("hashes.itb", fit_call(&fit, KERNEL "/hash-2", "hash-1"), -EINVAL,
	       "same name");
}

TEST(fit_refuses_unit_addresses)
{
	BOARDS(fit_call(&fit, "/images/fdt-one", "fdt@one"), -EINVAL,
	       "unit address");
	BOARDS(fit_call(&fit, CONFS "/conf-one", "conf@one"), -EINVAL,
	       "unit address");
	/* That of a hash is nobody's name. */
	BOARDS(fit_call(&fit, KERNEL "/hash-1", "hash@1"), 0, "");
}

TEST(fit_limits_names)
{
	DAMAGE("long.itb", (void)0, -EINVAL, "longer than 63");
	DAMAGE("longer.itb", (void)0, -EINVAL, "longer than 255");
	DAMAGE("wide.itb", (void)0, -EINVAL, "too many");
	DAMAGE("deep.itb", (void)0, -EINVAL, "too many");
}

TEST(fit_refuses_configurations)
{
	BOARDS(fit_put_text(&fit, CONFS, "default", "conf-x"), -ENOENT,
	       "default configuration");
	BOARDS(fit_resize(&fit, CONFS, "default", 8), -EINVAL,
	       "default configuration");
	BOARDS(fit_put_text(&fit, CONFS, "default", ""), -ENOENT,
	       "default configuration");
	BOARDS(fit_drop(&fit, CONFS, "default"), 0, "");
	BOARDS(fit_drop(&fit, CONF, "kernel"), -ENOENT, "no kernel");
	BOARDS(fit_put_text(&fit, CONF, "kernel", "kernel"), -ENOENT, "not there");
	BOARDS(fit_put_text(&fit, CONF, "ramdisk", "initrd"), -ENOENT,
	       "not there");
	BOARDS(fit_put_text(&fit, CONF, "fdt", "fdt-tw"), -ENOENT, "not there");
	BOARDS(fit_resize(&fit, CONF, "kernel", 8), -EINVAL, "one by one");
	BOARDS(fit_resize(&fit, CONF, "ramdisk", 0), -EINVAL, "one by one");
	BOARDS(fit_resize(&fit, CONF, "fdt", 7), -EINVAL, "list of device trees");
	BOARDS(fit_resize(&fit, CONF, "fdt", 0), -EINVAL, "list of device trees");
	BOARDS(fit_drop(&fit, CONF, "ramdisk"), 0, "");
	BOARDS(fit_drop(&fit, CONF, "fdt"), 0, "");
	DAMAGE("firmware.itb", (void)0, -ENOTSUP, "wants firmware");
	DAMAGE("fpga.itb", (void)0, -ENOTSUP, "wants firmware");
	DAMAGE("two-kernels.itb", (void)0, -EINVAL, "one by one");
}

TEST(fit_refuses_kinds_of_images)
{
	BOARDS(fit_drop(&fit, KERNEL, "type"), -EINVAL, "another type");
	BOARDS(fit_put_text(&fit, KERNEL, "type", "script"), -ENOTSUP,
	       "another type");
	BOARDS(fit_resize(&fit, KERNEL, "type", 6), -EINVAL, "another type");
	BOARDS(fit_put_text(&fit, INITRD, "type", "kernel"), -ENOTSUP,
	       "another type");
	BOARDS(fit_put_text(&fit, "/images/fdt-two", "type", "kernel"), -ENOTSUP,
	       "another type");
	BOARDS(fit_put_text(&fit, KERNEL, "arch", "arm"), -ENOTSUP, "arm64");
	BOARDS(fit_drop(&fit, KERNEL, "arch"), -EINVAL, "arm64");
	BOARDS(fit_drop(&fit, INITRD, "arch"), 0, "");
	BOARDS(fit_put_text(&fit, INITRD, "arch", "arm"), -ENOTSUP, "arm64");
	BOARDS(fit_put_text(&fit, "/images/fdt-two", "arch", "mips"), -ENOTSUP,
	       "arm64");
	/* What the configuration does not use may be as it likes. */
	BOARDS(fit_put_text(&fit, "/images/fdt-one", "arch", "mips"), 0, "");
	BOARDS(fit_drop(&fit, KERNEL, "os"), 0, "");
	BOARDS(fit_put_text(&fit, KERNEL, "os", "qnx"), -ENOTSUP, "Linux");
	BOARDS(fit_call(&fit, KERNEL "/hash-1", "cipher"), -ENOTSUP, "encrypted");
}

TEST(fit_refuses_facts_of_images)
{
	BOARDS(fit_drop(&fit, KERNEL, "compression"), 0, "");
	BOARDS(fit_resize(&fit, KERNEL, "compression", 4), -EINVAL,
	       "compression");
	BOARDS(fit_drop(&fit, KERNEL, "load"), 0, "");
	BOARDS(fit_resize(&fit, KERNEL, "load", 3), -EINVAL, "load or entry");
	BOARDS(fit_resize(&fit, KERNEL, "entry", 0), -EINVAL, "load or entry");
}

TEST(fit_refuses_data_inside)
{
	BOARDS(fit_drop(&fit, KERNEL, "data"), -EINVAL, "in one way");
	BOARDS((fit_drop(&fit, KERNEL, "load"),
		fit_rename(&fit, KERNEL, "entry", "data"),
		fit_resize(&fit, KERNEL, "data", 4)), -EINVAL, "same name");
	DAMAGE("empty.itb", (void)0, -EINVAL, "no data");
	DAMAGE("both.itb", (void)0, -EINVAL, "in the tree and behind");
	DAMAGE("twice.itb", (void)0, -EINVAL, "in one way");
}

TEST(fit_refuses_data_behind)
{
	OUTSIDE(fit_drop(&fit, KERNEL, "data-offset"), -EINVAL, "in one way");
	OUTSIDE(fit_drop(&fit, KERNEL, "data-size"), -EINVAL, "in one way");
	OUTSIDE(fit_resize(&fit, KERNEL, "data-size", 2), -EINVAL, "in one way");
	OUTSIDE(fit_resize(&fit, KERNEL, "data-offset", 0), -EINVAL,
		"in one way");
	OUTSIDE(fit_put(&fit, KERNEL, "data-size", 0), -EINVAL, "no data");
	OUTSIDE(fit_put(&fit, KERNEL, "data-size", 0x10000), -ERANGE,
		"outside of the file");
	OUTSIDE(fit_put(&fit, KERNEL, "data-offset", UINT32_MAX), -ERANGE,
		"outside of the file");
	OUTSIDE(fit_put(&fit, KERNEL, "data-offset", 4), -EINVAL, "overlap");
	OUTSIDE(fit_put(&fit, "/images/fdt-two", "data-offset", 0), -EINVAL,
		"overlap");
	OUTSIDE(fit_put(&fit, "/images/fdt-one", "data-offset", 0), 0, "");
	OUTSIDE(fit.size = fit.dt.size, -ERANGE, "outside of the file");
	OUTSIDE(fit.size = fit.dt.size + 1, -ERANGE, "outside of the file");
	PLACED(fit_put(&fit, KERNEL, "data-position", fit.dt.size - 1), -EINVAL,
	       "lie in the tree");
	PLACED(fit_put(&fit, KERNEL, "data-position", 0), -EINVAL,
	       "lie in the tree");
	PLACED(fit_put(&fit, KERNEL, "data-position", fit.dt.size), 0, "");
	PLACED(fit_put(&fit, KERNEL, "data-position", 0x80000000), -ERANGE,
	       "outside of the file");
}

/* The last byte of external data is the last of the file. */
TEST(fit_refuses_a_file_that_is_cut)
{
	for (uint64_t cut = 1; cut < 3000; cut += 7) {
		fit_load(&fit, "one-e.itb");
		fit.size = fit.dt.size + 3001 - cut;
		WANT(-ERANGE, "outside of the file");
	}
	DAMAGE("one-e.itb", fit.size = ALIGN_UP(fit.dt.size, 4) + 3001, 0, "");
}

/* The file is less than its tree: the caller's numbers do not agree. */
TEST(fit_bounds_data_by_the_file)
{
	struct fit_choice choice;

	fit_load(&fit, "one.itb");
	CHECK_EQ(fit_choose(&fit.dt, fit.dt.size / 2, NULL, NULL, &choice,
			    &fit.why), -ERANGE);
	CHECK_EQ(fit_choose(&fit.dt, 0, NULL, NULL, &choice, &fit.why), -ERANGE);
	fit_free(&fit);
	fit_load(&fit, "one-e.itb");
	CHECK_EQ(fit_choose(&fit.dt, 0, NULL, NULL, &choice, &fit.why), -ERANGE);
	CHECK_EQ(fit_choose(&fit.dt, UINT64_MAX, NULL, NULL, &choice, &fit.why),
		 0);
	fit_free(&fit);
}

static void check(int err, const char *reason, int line)
{
	unsigned int count;
	int got;

	CHECK_EQ(fit_try(&fit, NULL, NULL), 0);
	got = fit_check(&fit.dt, &fit.choice.kernel, fit.bytes.at +
			fit.choice.kernel.where.base, &count, &fit.why);
	unit_equal(got, err, __FILE__, line, reason);
	unit_check(!got || strstr(fit.why, reason), __FILE__, line, fit.why);
	fit_free(&fit);
}

#define HASH(how, err, reason)						\
	do {								\
		fit_load(&fit, "one.itb");				\
		how;							\
		check(err, reason, __LINE__);				\
	} while (0)
#define HASH_1	KERNEL "/hash-1"

TEST(fit_refuses_hashes)
{
	HASH((void)0, 0, "");
	HASH(fit_drop(&fit, HASH_1, "algo"), -EINVAL, "no algo");
	HASH(fit_drop(&fit, HASH_1, "value"), -EINVAL, "no value");
	HASH(fit_resize(&fit, HASH_1, "algo", 5), -EINVAL, "no algo");
	HASH(fit_put_text(&fit, HASH_1, "algo", "md5"), -ENOTSUP, "not built in");
	HASH(fit_put_text(&fit, HASH_1, "algo", "sha1"), -EINVAL,
	     "another length");
	HASH(fit_put_text(&fit, HASH_1, "algo", "sha512"), -EINVAL,
	     "another length");
	HASH(fit_resize(&fit, HASH_1, "value", 31), -EINVAL, "another length");
	HASH(fit_resize(&fit, HASH_1, "value", 0), -EINVAL, "another length");
	HASH(fit_put(&fit, HASH_1, "value", 1), -EBADMSG, "has not the hash");
	/* However it is called, as long as it begins so. */
	HASH((fit_put(&fit, HASH_1, "value", 1),
	      fit_call(&fit, HASH_1, "hash@1")), -EBADMSG, "has not the hash");
	HASH((fit_put(&fit, HASH_1, "value", 1),
	      fit_call(&fit, HASH_1, "hashes")), -EBADMSG, "has not the hash");
	HASH((fit_put(&fit, HASH_1, "value", 1),
	      fit_call(&fit, HASH_1, "notice")), 0, "");
}

/* Whatever is damaged: no byte outside of the file is said to be an image. */
TEST(fit_survives_random_damage)
{
	static const char *const names[] = { "boards.itb", "boards-e.itb",
					     "overlays.itb", "hashes.itb" };
	struct fit_file bad;
	unsigned int count;

	for (unsigned int i = 0; i < 4000; i++) {
		fit_load(&bad, names[i % ARRAY_SIZE(names)]);
		for (uint64_t n = 1 + unit_random_below(3); n; n--) {
			const uint64_t at = unit_random_below(bad.dt.size);

			bad.bytes.at[at] = (uint8_t)unit_random();
		}
		if (!fit_try(&bad, NULL, NULL) &&
		    CHECK(region_end(bad.choice.kernel.where) <= bad.size))
			fit_check(&bad.dt, &bad.choice.kernel, bad.bytes.at +
				  bad.choice.kernel.where.base, &count, &bad.why);
		fit_free(&bad);
	}
}
