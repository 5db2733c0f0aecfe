/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step "verify": over the very bytes that will run or be unpacked; nothing is
 * read from a source any more. The header in memory is the one by which the
 * kernel was placed, each file has the digests that its container says, and
 * with CONFIG_TRUST the container is signed.
 */
#include "boot.h"
#include "err.h"
#include <string.h>

static const void *at(struct region r)
{
	return (const void *)(uintptr_t)r.base;
}

static int check(struct boot *boot, const char *object,
		 const struct file *file, const void *data)
{
	const char *why = "it cannot be checked";
	int err;

	if (!IS_ENABLED(CONFIG_FORMAT_FIT) || !file->size || !file->check)
		return 0;
	err = file->check(file, data, &why);
	if (err)
		return boot_refuse(boot, err, object, "%s", why);
	boot_debug(boot, object, "%s has the digests that it should have",
		   file->name ? file->name : "it");
	return 0;
}

/* One lies behind the other, as they were loaded. */
static int check_initrds(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	const uint8_t *base = at(boot->place.initrd);
	uint64_t done = 0;
	int err = 0;

	if (region_is_empty(boot->place.initrd))
		return 0;
	for (unsigned int i = 0; i < c->initrd_count && !err; i++) {
		done = ALIGN_UP(done, CANDIDATE_INITRD_ALIGN);
		err = check(boot, "initrd", &c->initrd[i], base + done);
		done += c->initrd[i].size;
	}
	return err;
}

static int check_trees(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	int err = check(boot, "dtb", &c->devicetree, at(boot->devicetree));

	for (unsigned int i = 0; i < c->overlay_count && !err; i++)
		err = check(boot, "overlay", &c->overlay[i],
			    at(boot->overlay[i]));
	return err;
}

int step_verify(struct boot *boot)
{
	const bool packed = boot_is_packed(boot);
	const void *kernel = at(packed ? boot->packed : boot->place.kernel);
	int err;

	/* What is packed shows its header when it is unpacked. */
	if (!packed && memcmp(kernel, boot->head, sizeof(boot->head)))
		return boot_refuse(boot, -EBADMSG, "kernel",
				   "the header that was loaded is not the one "
				   "that was inspected: do not trust %s",
				   boot->candidate.source);
	err = IS_ENABLED(CONFIG_TRUST) ? trust_verify(boot) : 0;
	if (!err)
		err = check(boot, "kernel", &boot->candidate.kernel, kernel);
	if (!err && IS_ENABLED(CONFIG_FORMAT_FIT))
		err = check_initrds(boot);
	if (!err && IS_ENABLED(CONFIG_FORMAT_FIT))
		err = check_trees(boot);
	if (!err && IS_ENABLED(CONFIG_ROLLBACK))
		err = boot_rollback_check(boot);
	return err;
}
