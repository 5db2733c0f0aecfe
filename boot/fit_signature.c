/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flattened Image Trees: is the configuration that is booted signed by one of
 * our keys? A signature counts where it stands, in the node of that very
 * configuration, and covers what fit_nodes() lists. All is read from the
 * tree as it was staged, once, and nothing writes there before the kernel
 * runs: what is hashed here is what the configuration was chosen from.
 */
#include "digest.h"
#include "err.h"
#include "fit_nodes.h"
#include "fit_parts.h"
#include "noinit.h"
#include "public_key.h"
#include "words.h"
#include <string.h>

#define SIGNATURES_MAX	4u	/* each is tried with every key */

/* What a signature node says; none of it is signed. */
struct signature {
	const char *hash, *key_type;	/* "sha256", "rsa2048" */
	const char *hint;		/* name of the key, "" */
	bool pss;
	struct dt_prop value;
	uint32_t strings_size;
};

static const struct {
	char name[12];
	enum public_key_kind kind;
	uint32_t size;			/* of the key's value */
} key_types[] = {
	{ "rsa2048", PUBLIC_KEY_RSA, 256 },
	{ "rsa3072", PUBLIC_KEY_RSA, 384 },
	{ "rsa4096", PUBLIC_KEY_RSA, 512 },
	{ "ecdsa256", PUBLIC_KEY_P256, 65 },
};

static const char *const hashes[] = { "sha256", "sha384", "sha512" };

static noinit struct fit_nodes nodes;

/* "sha256,rsa2048" */
static int read_algorithm(const char *text, struct signature *s)
{
	const size_t length = strcspn(text, ",");

	s->hash = s->key_type = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(hashes); i++)
		if (strlen(hashes[i]) == length &&
		    !memcmp(hashes[i], text, length))
			s->hash = hashes[i];
	for (size_t i = 0; i < ARRAY_SIZE(key_types) && text[length]; i++)
		if (!strcmp(key_types[i].name, text + length + 1))
			s->key_type = key_types[i].name;
	return s->hash && s->key_type ? 0 : -ENOTSUP;
}

static int read_padding(const struct dt *dt, int node, struct signature *s)
{
	const char *text = "pkcs-1.5";
	int err = fit_text(dt, node, "padding", &text);

	if (err && err != -ENOENT)
		return err;
	s->pss = !strcmp(text, "pss");
	return s->pss || !strcmp(text, "pkcs-1.5") ? 0 : -ENOTSUP;
}

/* Two cells: where in the strings it begins, which mkimage leaves 0; bytes. */
static int read_strings(const struct dt *dt, int node, struct signature *s)
{
	struct dt_prop prop;

	if (!dt_prop(dt, node, "hashed-strings", &prop) || prop.size != 8 ||
	    dt_cell(prop, 0) || dt_cell(prop, 1) > dt->strings_end - dt->strings)
		return -EINVAL;
	s->strings_size = dt_cell(prop, 1);
	return 0;
}

static int read_signature(const struct dt *dt, int node, struct signature *s,
			  const char **why)
{
	const char *text;
	int err = fit_text(dt, node, "algo", &text);

	*why = WORDS("a signature has no algo: sign the FIT again");
	if (!err) {
		err = read_algorithm(text, s);
		*why = WORDS("a signature's algo is none of sha256, sha384 or "
			     "sha512 with rsa2048, rsa3072, rsa4096 or "
			     "ecdsa256: sign with one of them");
	}
	if (err)
		return err;
	*why = WORDS("a signature's padding is neither pkcs-1.5 nor pss: sign "
		     "with one of them");
	err = read_padding(dt, node, s);
	if (err)
		return err;
	*why = WORDS("a signature has no value: sign the FIT with mkimage -k");
	if (!dt_prop(dt, node, "value", &s->value))
		return -EINVAL;
	*why = WORDS("a signature's hashed-strings are no part of the tree's "
		     "strings: sign the FIT again");
	if (fit_text(dt, node, "key-name-hint", &s->hint))
		s->hint = "";
	return read_strings(dt, node, s);
}

static bool is_made_with(const struct public_key *key,
			 const struct signature *s,
			 const struct signed_digest *digest)
{
	for (size_t i = 0; i < ARRAY_SIZE(key_types); i++)
		if (!strcmp(key_types[i].name, s->key_type) &&
		    (key_types[i].kind != key->kind ||
		     key_types[i].size != key->size))
			return false;
	if (key->kind == PUBLIC_KEY_P256)
		return p256_verify(key, digest, s->value.data, s->value.size);
	return (s->pss ? rsa_pss_verify : rsa_pkcs1_verify)
		(key, digest, s->value.data, s->value.size);
}

/* The one that the hint names is the first to be tried, no more. */
static const struct public_key *find_key(const struct signature *s,
					 const struct signed_digest *digest)
{
	for (unsigned int turn = 0; turn < 2; turn++)
		for (unsigned int i = 0; i < trust_key_count; i++) {
			const struct public_key *key = &trust_keys[i];
			const bool named = !strcmp(key->name, s->hint);

			if (named == !turn && is_made_with(key, s, digest))
				return key;
		}
	return NULL;
}

static void take(void *run, const void *data, uint64_t size)
{
	digest_add(run, data, size);
}

static int check_signature(const struct dt *dt, const struct signature *s,
			   const struct public_key **key, const char **why)
{
	const struct dt_signed what = { nodes.node, nodes.count,
					s->strings_size };
	uint8_t hash[DIGEST_MAX];
	struct signed_digest digest = { s->hash, hash, 0 };
	struct digest_run run;
	int err = digest_start(&run, s->hash);

	*why = WORDS("a name in a signed node is not among the signed strings: "
		     "do not trust it");
	if (!err)
		err = dt_region(dt, &what, take, &run);
	if (err)
		return err;
	digest.size = (uint32_t)digest_end(&run, hash);
	*key = find_key(s, &digest);
	*why = WORDS("the configuration was changed after it was signed, or "
		     "signed with a key that this image does not trust: sign "
		     "it with one of TRUST_KEYS");
	return *key ? 0 : -EBADMSG;
}

/* One signature node. */
static int verify(const struct dt *dt, int node, const struct public_key **key,
		  const char **why)
{
	struct dt_prop list = { NULL, 0 };
	struct signature s;
	int err = read_signature(dt, node, &s, why);

	if (err)
		return err;
	dt_prop(dt, node, "hashed-nodes", &list);
	err = fit_nodes_listed(dt, list, &nodes, why);
	return err ? err : check_signature(dt, &s, key, why);
}

/* The signature of a configuration after @node; the first for a negative one. */
static int next_signature(const struct dt *dt, int configuration, int node)
{
	do {
		node = dt_child(dt, configuration, node);
	} while (node >= 0 &&
		 strncmp(dt_name(dt, node), "signature", strlen("signature")));
	return node;
}

/* Any good one of the configuration's signatures will do. */
static int verify_any(const struct dt *dt, int configuration,
		      const struct public_key **key, const char **why)
{
	int node = next_signature(dt, configuration, -1), err;
	unsigned int count = 0;

	*why = WORDS("the configuration is not signed: give it a signature "
		     "node and sign with mkimage -k");
	if (node < 0)
		return -ENOENT;
	err = fit_nodes(dt, configuration, &nodes, why);
	if (err)
		return err;
	do {
		if (count++ == SIGNATURES_MAX) {
			*why = WORDS("the configuration has more than 4 "
				     "signatures: sign it with fewer keys");
			return -EINVAL;
		}
		err = verify(dt, node, key, why);
		node = next_signature(dt, configuration, node);
	} while (err && node >= 0);
	return err;
}

static int read_rollback(const struct dt *dt, int node, uint32_t *index,
			 const char **why)
{
	struct dt_prop prop;

	*index = 0;
	if (!dt_prop(dt, node, "aglet,rollback-index", &prop))
		return 0;
	*why = WORDS("aglet,rollback-index of the configuration is not one "
		     "cell: correct it and sign again");
	if (prop.size != 4)
		return -EINVAL;
	*index = dt_cell(prop, 0);
	return 0;
}

int fit_signature(const struct dt *dt, const struct fit_choice *choice,
		  struct trust *trust, const char **why)
{
	const struct public_key *key = NULL;
	int err = verify_any(dt, choice->node, &key, why);

	memset(trust, 0, sizeof(*trust));
	if (!err)
		err = read_rollback(dt, choice->node, &trust->rollback_index,
				    why);
	if (err)
		return err;
	strncpy(trust->key, key->name, sizeof(trust->key) - 1);
	trust->verified = true;
	return 0;
}

int fit_cmdline(const struct dt *dt, const struct fit_choice *choice,
		char *cmdline, uint32_t size, const char **why)
{
	const char *text;
	int err = fit_text(dt, choice->node, "bootargs", &text);

	*why = WORDS("bootargs of the configuration are not one text: "
		     "correct them and sign again");
	if (err)
		return err;
	*why = WORDS("bootargs of the configuration are longer than Linux "
		     "keeps (2047 bytes): shorten them and sign again");
	if (strlen(text) >= size)
		return -ERANGE;
	strcpy(cmdline, text);
	return 0;
}
