/* SPDX-License-Identifier: BSD-2-Clause */
/* Flattened Image Trees: have the bytes of an image the digests it names? */
#include "digest.h"
#include "err.h"
#include "fit_parts.h"
#include "words.h"
#include <string.h>

#define HASHES_MAX	8u	/* each is a walk over all bytes */

/* "hash-1", "hash@1"; like mkimage, by how it begins. */
bool fit_is_hash(const struct dt *dt, int node)
{
	return !strncmp(dt_name(dt, node), "hash", strlen("hash"));
}

static int check_hash(const struct dt *dt, int node, const void *data,
		      uint64_t size, const char **why)
{
	uint8_t got[DIGEST_MAX];
	struct dt_prop value;
	const char *algorithm;
	int length;

	*why = WORDS("a hash has no algo or no value: make the FIT again");
	if (fit_text(dt, node, "algo", &algorithm) ||
	    !dt_prop(dt, node, "value", &value))
		return -EINVAL;
	*why = WORDS("a hash is by an algorithm that is not built in: use "
		     "sha256");
	length = digest(algorithm, data, size, got);
	if (length < 0)
		return length;
	*why = WORDS("a hash has a value of another length than its algorithm: "
		     "make the FIT again");
	if (value.size != (uint32_t)length)
		return -EINVAL;
	*why = WORDS("an image has not the hash that its node says: copy it "
		     "again");
	return memcmp(got, value.data, value.size) ? -EBADMSG : 0;
}

int fit_check(const struct dt *dt, const struct fit_image *image,
	      const void *data, unsigned int *count, const char **why)
{
	int node = dt_child(dt, image->node, -1), err = 0;

	for (*count = 0; !err && node >= 0;
	     node = dt_child(dt, image->node, node)) {
		if (!fit_is_hash(dt, node))
			continue;
		if (*count == HASHES_MAX) {
			*why = WORDS("an image has more than 8 hashes: make "
				     "the FIT with fewer");
			return -EINVAL;
		}
		err = check_hash(dt, node, data, image->where.size, why);
		if (!err)
			++*count;
	}
	return err;
}
