/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes image trees: what is chosen lies in the file, and bytes that are not
 * what was hashed are refused. An input is a byte of flags, a string of the
 * machine's tree up to a NUL, and a file. On request the hash values are made
 * right, so that what they guard is reached; and so are signatures, which are
 * nothing but the digest here. Who changes a byte that one covers is refused.
 * link: boot/fit.c boot/fit_*.c lib/digest.c lib/sha256.c lib/bearssl.c
 * link: lib/crc.c lib/dt.c lib/dt_check.c lib/dt_reg.c lib/dt_region.c
 * link: lib/region.c
 * libs: bearssl
 * max: 16384
 */
#include "digest.h"
#include "err.h"
#include "fit.h"
#include "machine.h"
#include "public_key.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(what)	do { if (!(what)) abort(); } while (0)

/* OTHER_NAME: the string is that of a configuration, not of the machine. */
enum { REPAIR = 1, OTHER_NAME = 2, NO_MACHINE = 4, SIGN = 8 };

/* A key whose signature is the digest; and the last that was asked for. */
const struct public_key trust_keys[] = {
	{ .name = "key", .kind = PUBLIC_KEY_RSA, .size = 256 },
};
const unsigned int trust_key_count = ARRAY_SIZE(trust_keys);
static uint8_t asked[DIGEST_MAX];
static uint32_t asked_size;

bool rsa_pkcs1_verify(const struct public_key *key,
		      const struct signed_digest *digest,
		      const uint8_t *signature, uint32_t size)
{
	memcpy(asked, digest->hash, digest->size);
	asked_size = digest->size;
	return size >= digest->size &&
	       !memcmp(signature, digest->hash, digest->size);
}

bool rsa_pss_verify(const struct public_key *key,
		    const struct signed_digest *digest,
		    const uint8_t *signature, uint32_t size)
{
	return rsa_pkcs1_verify(key, digest, signature, size);
}

bool p256_verify(const struct public_key *key,
		 const struct signed_digest *digest,
		 const uint8_t *signature, uint32_t size)
{
	abort();	/* there is no such key */
}

static uint8_t *file;
static size_t file_size;

/* Every hash of @image gets the value that its bytes have. */
static void repair(const struct dt *dt, const struct fit_image *image)
{
	int node = dt_child(dt, image->node, -1);
	uint8_t made[DIGEST_MAX];
	struct dt_prop algorithm, value;

	for (; node >= 0; node = dt_child(dt, image->node, node)) {
		if (strncmp(dt_name(dt, node), "hash", 4) ||
		    !dt_prop(dt, node, "algo", &algorithm) ||
		    !dt_prop(dt, node, "value", &value) ||
		    !dt_string(algorithm, 0))
			continue;
		if (digest(dt_string(algorithm, 0), file + image->where.base,
			   image->where.size, made) == (int)value.size)
			memcpy((void *)(uintptr_t)value.data, made,
			       value.size);
	}
}

/* With hashes, no other bytes pass; the image is in a place of its own. */
static void check_hashes(const struct dt *dt, const struct fit_image *image)
{
	uint8_t *copy = malloc(image->where.size);
	unsigned int count = 0, again = 0;
	const char *why = NULL;
	int err;

	memcpy(copy, file + image->where.base, image->where.size);
	err = fit_check(dt, image, copy, &count, &why);
	must(!err || why);
	must(!err || err == -EBADMSG || err == -ENOTSUP || err == -EINVAL);
	copy[image->where.size / 2] ^= 0x10;
	if (!err)
		must(fit_check(dt, image, copy, &again, &why) ==
		     (count ? -EBADMSG : 0));
	free(copy);
}

static void check_image(const struct dt *dt, const struct fit_image *image,
			unsigned int flags)
{
	if (image->node < 0)
		return;
	must(image->where.size && image->where.base <= file_size &&
	     image->where.size <= file_size - image->where.base);
	must(image->compression && strlen(image->compression) < file_size);
	if (flags & REPAIR)
		repair(dt, image);
	check_hashes(dt, image);
}

static void check_choice(const struct dt *dt, const struct fit_choice *choice,
			 unsigned int flags)
{
	must(memchr(choice->configuration, 0, FIT_NAME_MAX));
	must(choice->kernel.node >= 0);
	must(choice->overlay_count <= FIT_OVERLAYS);
	must(!choice->overlay_count || choice->devicetree.node >= 0);
	check_image(dt, &choice->kernel, flags);
	check_image(dt, &choice->initrd, flags);
	check_image(dt, &choice->devicetree, flags);
	for (unsigned int i = 0; i < choice->overlay_count; i++)
		check_image(dt, &choice->overlay[i], flags);
}

static int sign(const struct dt *dt, const struct fit_choice *choice,
		struct trust *trust)
{
	const char *why = NULL;
	int err = fit_signature(dt, choice, trust, &why);

	must(!err || why);
	must(trust->verified == !err);
	must(memchr(trust->key, 0, sizeof(trust->key)));
	return err;
}

/* Every signature of the configuration becomes what was asked for last. */
static void put_signatures(const struct dt *dt, int configuration)
{
	int node = dt_child(dt, configuration, -1);
	struct dt_prop value;

	for (; node >= 0; node = dt_child(dt, configuration, node))
		if (!strncmp(dt_name(dt, node), "signature", 9) &&
		    dt_prop(dt, node, "value", &value) &&
		    value.size >= asked_size)
			memcpy((void *)(uintptr_t)value.data, asked,
			       asked_size);
}

/* A byte of a hash, which every signature covers. */
static uint8_t *covered(const struct dt *dt, const struct fit_image *image,
			unsigned int flags)
{
	int node = dt_child(dt, image->node, -1);
	struct dt_prop value;

	while (node >= 0 && strncmp(dt_name(dt, node), "hash", 4))
		node = dt_child(dt, image->node, node);
	must(node >= 0);
	if (!dt_prop(dt, node, flags & 1 ? "value" : "algo", &value) ||
	    !value.size)
		return NULL;
	return (uint8_t *)(uintptr_t)value.data + flags % value.size;
}

static void check_signature(const struct dt *dt,
			    const struct fit_choice *choice,
			    unsigned int flags)
{
	struct trust trust;
	uint8_t *byte;
	int err;

	asked_size = 0;
	err = sign(dt, choice, &trust);
	if (err && flags & SIGN && asked_size) {
		put_signatures(dt, choice->node);
		err = sign(dt, choice, &trust);
	}
	if (err)
		return;
	byte = covered(dt, &choice->kernel, flags >> 4);
	if (!byte)
		return;
	*byte ^= 1;
	must(sign(dt, choice, &trust));
	*byte ^= 1;
	must(!sign(dt, choice, &trust));
}

/* As the format does it: only the tree is in memory when it is judged. */
static void play(const char *text, unsigned int flags)
{
	static struct fit_choice choice;
	const uint64_t size = file_size < FIT_HEAD ? 0 : fit_tree_size(file);
	struct dt dt, machine;
	const char *why = NULL;
	uint8_t *tree;
	int err;

	if (!size || size > file_size)
		return;
	tree = aligned_alloc(8, ALIGN_UP(size, 8));
	memcpy(tree, file, size);
	err = fit_open(&dt, tree, size, &why);
	must(!err || why);
	if (!err) {
		make_machine(&machine, flags & OTHER_NAME ? "" : text);
		err = fit_choose(&dt, file_size, flags & OTHER_NAME ? text : "",
				 flags & NO_MACHINE ? NULL : &machine, &choice,
				 &why);
		must(!err || why);
		if (!err)
			check_choice(&dt, &choice, flags);
		if (!err)
			check_signature(&dt, &choice, flags);
	}
	free(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size < 2 ? NULL : memchr(data + 1, 0, size - 1);
	size_t text;

	if (!nul || nul - data > MACHINE_TEXT_MAX)
		return 0;
	text = (size_t)(nul - data);
	file_size = size - text - 1;
	file = malloc(file_size ? file_size : 1);
	memcpy(file, nul + 1, file_size);
	play((const char *)data + 1, data[0]);
	free(file);
	return 0;
}
