/* SPDX-License-Identifier: BSD-2-Clause */
/* Signed configurations as mkimage writes them, and one thing wrong in each. */
#include "err.h"
#include "fit_file.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

#define CONF		"/configurations/conf-1"
#define SIGNATURE	CONF "/signature-1"
#define KERNEL		"/images/kernel-1"

static struct fit_file fit;
static struct trust trust;

static void load(const char *name)
{
	char path[64] = "../signed/";

	fit_load(&fit, strcat(path, name));
}

/* What becomes of configuration @name as it stands now. */
static int try(const char *name)
{
	int err = fit_try(&fit, name, NULL);

	return err ? err : fit_signature(&fit.dt, &fit.choice, &trust,
					 &fit.why);
}

static void want(const char *name, int err, const char *reason, int line)
{
	int got = try(name);

	unit_equal(got, err, __FILE__, line, reason);
	unit_check(got ? strstr(fit.why, reason) != NULL : trust.verified,
		   __FILE__, line, fit.why ? fit.why : reason);
	unit_check(!got || !trust.verified, __FILE__, line, "not verified");
	fit_free(&fit);
}

#define MADE(name, err, reason)						\
	do {								\
		load(name);						\
		want("conf-1", err, reason, __LINE__);			\
	} while (0)
#define DAMAGE(how, err, reason)					\
	do {								\
		load("one.itb");					\
		how;							\
		want("conf-1", err, reason, __LINE__);			\
	} while (0)

#define CHANGED		"changed after it was signed"
#define LEFT_OUT	"leaves out an image"
#define NAMES_OTHERS	"names what is not booted"

static void check_all(const char *file)
{
	static const char *const keys[] = { "main", "my-long", "longest-test" };
	static const char *const pads[] = { "pkc", "pss" };
	char name[64];

	for (unsigned int i = 0; i < 21; i++) {
		const unsigned int hash = 256 + 128 * (i % 3), rsa = i / 3;

		if (rsa < 6)
			snprintf(name, sizeof(name), "sha%u-rsa%u-%s", hash,
				 2048 + 1024 * (rsa % 3), pads[rsa / 3]);
		else
			snprintf(name, sizeof(name), "sha%u-ecdsa256", hash);
		load(file);
		if (try(name) || !trust.verified)
			printf("# %s: %s: %s\n", file, name, fit.why);
		CHECK(trust.verified);
		CHECK(!strcmp(trust.key, rsa < 6 ? keys[rsa % 3] : "curve"));
		fit_free(&fit);
	}
}

TEST(signature_of_every_kind)
{
	check_all("all.itb");
	check_all("all-e.itb");
	check_all("all-p.itb");
}

TEST(signature_brings_index_and_words)
{
	static const char *const files[] = { "one.itb", "one-e.itb",
					     "one-p.itb" };
	char words[16];

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		load(files[i]);
		CHECK_EQ(try("conf-1"), 0);
		CHECK_EQ(trust.rollback_index, 7);
		CHECK_EQ(fit_cmdline(&fit.dt, &fit.choice, words,
				     sizeof(words), &fit.why), 0);
		CHECK(!strcmp(words, "signed words"));
		CHECK_EQ(fit_cmdline(&fit.dt, &fit.choice, words, 12,
				     &fit.why), -ERANGE);
		CHECK_EQ(try("conf-2"), 0);
		CHECK_EQ(trust.rollback_index, 0);
		fit_free(&fit);
	}
	MADE("bare.itb", 0, "");
	MADE("bare-e.itb", 0, "");
	MADE("second.itb", 0, "");
	MADE("loadables-all.itb", 0, "");
	MADE("quiet.itb", 0, "");
}

TEST(signature_is_not_there)
{
	MADE("unsigned.itb", -ENOENT, "the configuration is not signed");
	MADE("image-signed.itb", -ENOENT, "the configuration is not signed");
	load("one.itb");
	want("conf-3", -ENOENT, "the configuration is not signed", __LINE__);
	DAMAGE(fit_call(&fit, SIGNATURE, "Signature-1"), -ENOENT,
	       "the configuration is not signed");
}

TEST(signature_covers_too_little)
{
	MADE("some.itb", -EINVAL, LEFT_OUT);
	MADE("default.itb", -EINVAL, LEFT_OUT);
	MADE("loadables.itb", -EINVAL, LEFT_OUT);
	MADE("weak.itb", -EINVAL, "no hash that a signature can rely on");
	DAMAGE(fit_put_text(&fit, KERNEL "/hash-1", "algo", "crc32"), -EINVAL,
	       "no hash that a signature can rely on");
	DAMAGE(fit_call(&fit, KERNEL "/hash-1", "Hash-1"), -EINVAL,
	       "no hash that a signature can rely on");
}

TEST(signature_by_somebody_else)
{
	MADE("other.itb", -EBADMSG, "a key that this image does not trust");
	MADE("many.itb", -EINVAL, "more than 4 signatures");
	DAMAGE(fit_put(&fit, SIGNATURE, "value", 1), -EBADMSG, CHANGED);
	DAMAGE(fit_resize(&fit, SIGNATURE, "value", 255), -EBADMSG, CHANGED);
	DAMAGE(fit_resize(&fit, SIGNATURE, "value", 0), -EBADMSG, CHANGED);
}

TEST(signature_says_nonsense)
{
	MADE("sha1.itb", -ENOTSUP, "algo is none of");
	MADE("kind.itb", -EBADMSG, "does not trust");
	DAMAGE(fit_drop(&fit, SIGNATURE, "algo"), -ENOENT, "has no algo");
	DAMAGE(fit_put_text(&fit, SIGNATURE, "algo", "sha256"), -ENOTSUP,
	       "algo is none of");
	DAMAGE(fit_put_text(&fit, SIGNATURE, "algo", "sha256,"), -ENOTSUP,
	       "algo is none of");
	DAMAGE(fit_put_text(&fit, SIGNATURE, "algo", "sha512,rsa2048"),
	       -EBADMSG, CHANGED);
	DAMAGE(fit_put_text(&fit, SIGNATURE, "algo", "sha256,ecdsa25"),
	       -ENOTSUP, "algo is none of");
	DAMAGE(fit_drop(&fit, SIGNATURE, "value"), -EINVAL, "has no value");
	load("all.itb");
	fit_put_text(&fit, "/configurations/sha256-rsa2048-pss/signature-1",
		     "padding", "oae");
	want("sha256-rsa2048-pss", -ENOTSUP, "padding is neither", __LINE__);
	DAMAGE(fit_drop(&fit, SIGNATURE, "hashed-strings"), -EINVAL,
	       "hashed-strings");
	DAMAGE(fit_put(&fit, SIGNATURE, "hashed-strings", 4), -EINVAL,
	       "hashed-strings");
	DAMAGE(fit_resize(&fit, SIGNATURE, "hashed-strings", 4), -EINVAL,
	       "hashed-strings");
}

/* The second cell of hashed-strings. */
static void put_strings_size(uint32_t size)
{
	struct dt_prop prop = fit_prop(&fit, SIGNATURE, "hashed-strings");

	size = __builtin_bswap32(size);
	memcpy((uint8_t *)(uintptr_t)prop.data + 4, &size, 4);
}

TEST(signature_of_other_strings)
{
	const uint32_t all = 0x10000000;

	DAMAGE(put_strings_size(all), -EINVAL, "hashed-strings");
	DAMAGE(put_strings_size(UINT32_MAX), -EINVAL, "hashed-strings");
	DAMAGE(put_strings_size(0), -EINVAL, "not among the signed strings");
	DAMAGE(put_strings_size(8), -EINVAL, "not among the signed strings");
	DAMAGE(put_strings_size(dt_cell(fit_prop(&fit, SIGNATURE,
						 "hashed-strings"), 1) - 1),
	       -EINVAL, "not among the signed strings");
	/* External data have brought more of them, which nobody signed. */
	load("one-e.itb");
	put_strings_size(dt_cell(fit_prop(&fit, SIGNATURE,
					  "hashed-strings"), 1) + 4);
	want("conf-1", -EBADMSG, CHANGED, __LINE__);
}

/* Write @to over the string @from of the list, of the same length. */
static void put_listed(const char *from, const char *to)
{
	struct dt_prop prop = fit_prop(&fit, SIGNATURE, "hashed-nodes");
	char *at = (char *)(uintptr_t)prop.data;
	char *const end = at + prop.size;

	while (at < end && strcmp(at, from))
		at += strlen(at) + 1;
	if (CHECK(at < end && strlen(from) == strlen(to)))
		memcpy(at, to, strlen(to));
}

TEST(signature_of_other_nodes)
{
	DAMAGE(fit_drop(&fit, SIGNATURE, "hashed-nodes"), -EINVAL, LEFT_OUT);
	DAMAGE(put_listed(CONF, "/configurations/conf-2"), -EINVAL,
	       NAMES_OTHERS);
	DAMAGE(put_listed("/images/fdt-1", "/images/fdt-2"), -EINVAL,
	       NAMES_OTHERS);
	DAMAGE(put_listed(KERNEL, "/images/kernel-2"), -EINVAL, NAMES_OTHERS);
	DAMAGE(put_listed(KERNEL, "/images/initrd-1"), -EINVAL, LEFT_OUT);
	DAMAGE(put_listed("/images/kernel-1/hash-1", "/images/initrd-1/hash-1"),
	       -EINVAL, LEFT_OUT);
	DAMAGE(put_listed("/images/fdt-1", "/images//////"), -EINVAL,
	       NAMES_OTHERS);
	DAMAGE(fit_resize(&fit, SIGNATURE, "hashed-nodes", 30), -EINVAL,
	       NAMES_OTHERS);
	/* The same images in a configuration that was not the signed one. */
	DAMAGE({ fit_call(&fit, "/configurations/conf-3", "conf-x");
		 fit_call(&fit, CONF, "conf-3");
		 fit_call(&fit, "/configurations/conf-x", "conf-1"); },
	       -ENOENT, "the configuration is not signed");
}

TEST(signature_does_not_survive_a_change)
{
	DAMAGE(fit_put_text(&fit, CONF, "bootargs", "singed words"), -EBADMSG,
	       CHANGED);
	DAMAGE(fit_put(&fit, CONF, "aglet,rollback-index", 8), -EBADMSG,
	       CHANGED);
	DAMAGE(fit_put(&fit, KERNEL, "load", 1), -EBADMSG, CHANGED);
	DAMAGE(fit_put(&fit, KERNEL "/hash-1", "value", 1), -EBADMSG, CHANGED);
	DAMAGE(fit_put(&fit, "/", "#address-cells", 2), -EBADMSG, CHANGED);
	DAMAGE(fit_drop(&fit, KERNEL, "entry"), -EBADMSG, CHANGED);
	DAMAGE(fit_call(&fit, "/configurations/conf-2", "conf-4"), 0, "");
	DAMAGE(fit_call(&fit, SIGNATURE, "signature-2"), -EBADMSG, CHANGED);
	/* What nobody has signed may change. */
	DAMAGE(fit_put_text(&fit, "/configurations", "default", "conf-2"), 0,
	       "");
	DAMAGE(fit_put(&fit, SIGNATURE, "timestamp", 1), 0, "");
	DAMAGE(fit_put_text(&fit, SIGNATURE, "key-name-hint", "x"), 0, "");
	DAMAGE(fit_put(&fit, KERNEL, "data", 1), 0, "");
}

/* Signed, but nonsense: whoever signed it is told. */
TEST(signature_of_nonsense)
{
	char words[2048];

	MADE("index.itb", -EINVAL, "aglet,rollback-index");
	load("texts.itb");
	CHECK_EQ(try("conf-1"), 0);
	CHECK_EQ(fit_cmdline(&fit.dt, &fit.choice, words, sizeof(words),
			     &fit.why), -EINVAL);
	CHECK(strstr(fit.why, "are not one text"));
	fit_free(&fit);
	load("text.itb");
	CHECK_EQ(try("conf-1"), 0);
	CHECK_EQ(fit_cmdline(&fit.dt, &fit.choice, words, sizeof(words),
			     &fit.why), -ERANGE);
	fit_free(&fit);
}
