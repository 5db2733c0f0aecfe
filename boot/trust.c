/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Policy: whose kernels are booted (docs/trust.md). TRUST_REQUIRED refuses all
 * that nobody has signed, TRUST_REPORT says what that would have been.
 */
#include "boot.h"
#include "err.h"
#include "fit.h"
#include "public_key.h"
#include "words.h"
#include <string.h>

/* The word of a policy. Return: @err if it is to be obeyed. */
static int refuse(struct boot *boot, int err, const char *object,
		     const char *why)
{
	if (IS_ENABLED(CONFIG_TRUST_REQUIRED))
		return boot_refuse(boot, err, object, "%s", why);
	boot_warn(boot, object, "TRUST_REQUIRED would refuse it: %s (%s)", why,
		  err_name(err));
	return 0;
}

/* Whatever LOG_* says: who sees the console must know. */
void trust_announce(struct boot *boot)
{
	log_line(LOG_LEVEL_INFO, boot->step, "trust", "%s, %u key(s)",
		 IS_ENABLED(CONFIG_TRUST_REQUIRED) ?
		 WORDS("required: only what is signed boots") :
		 WORDS("report: what is not signed boots, and is told of"),
		 trust_key_count);
	for (unsigned int i = 0; i < trust_key_count; i++)
		if (trust_keys[i].development)
			log_line(LOG_LEVEL_WARN, boot->step, "trust", "%s %s",
				 trust_keys[i].name,
				 WORDS("is a key for DEVELOPMENT: whoever has "
				       "it can boot anything, so never ship "
				       "this image"));
}

/* A command line is common beside a kernel, so it is only left out. */
static void check_cmdline(struct boot *boot)
{
	struct candidate *c = &boot->candidate;

	if (!*c->cmdline)
		return;
	if (!IS_ENABLED(CONFIG_TRUST_REQUIRED)) {
		boot_warn(boot, "cmdline", "TRUST_REQUIRED would leave it out, "
			  "as the source brings one that is not signed: use "
			  "bootargs of the FIT's configuration");
		return;
	}
	boot_warn(boot, "cmdline", "the source brings one that is not signed, "
		  "it is left out: use bootargs of the FIT's configuration");
	c->cmdline[0] = '\0';
}

/* What the source brings beside the kernel file is signed by nobody. */
static int check_beside(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	const char *why = WORDS("the source brings one that is not signed: put "
				"it into the FIT");
	int err = 0;

	if (c->initrd_count)
		err = refuse(boot, -EBADMSG, "initrd", why);
	if (!err && c->devicetree.size)
		err = refuse(boot, -EBADMSG, "dtb", why);
	if (!err && c->overlay_count)
		err = refuse(boot, -EBADMSG, "overlay", why);
	if (!err)
		check_cmdline(boot);
	return err;
}

int trust_inspect(struct boot *boot, const void *head)
{
	int err = check_beside(boot);

	if (err)
		return err;
	if (!fit_tree_size(head))
		return refuse(boot, -EBADMSG, "kernel",
			      WORDS("not signed: only a FIT can be; make one "
				    "with mkimage -k"));
	return 0;
}

/* The signed command line is the only one, or the one if there is no other. */
static int take_cmdline(struct boot *boot)
{
	struct candidate *c = &boot->candidate;
	const char *why = WORDS("it cannot be read");
	int err;

	if (*c->cmdline)
		return 0;
	err = c->read_cmdline(c, &why);
	if (!err || err == -ENOENT)
		return 0;
	c->cmdline[0] = '\0';
	return refuse(boot, err, "cmdline", why);
}

int trust_verify(struct boot *boot)
{
	struct candidate *c = &boot->candidate;
	const char *why = WORDS("what it came in cannot be signed: make a FIT");
	int err = c->verify ? c->verify(c, &why) : -ENOEXEC;

	if (err) {
		memset(&c->trust, 0, sizeof(c->trust));
		return refuse(boot, err, "trust", why);
	}
	boot_note(boot, "trust", "signed with the key %s, rollback index %u",
		  c->trust.key, c->trust.rollback_index);
	return take_cmdline(boot);
}
