/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "unpack": from where it was staged and verified to where it runs. */
#include "boot.h"
#include "err.h"
#include <string.h>

static int failed(struct boot *boot, int err)
{
	const char *name = boot->image.unpacker->name;

	if (err == -ERANGE)
		return boot_refuse(boot, err, "kernel", "unpacked with %s it "
				   "is larger than its header says: build it "
				   "again", name);
	return boot_refuse(boot, err, "kernel", "packed with %s, and damaged: "
			   "copy it again", name);
}

int step_unpack(struct boot *boot)
{
	const struct region to = boot->place.kernel;
	uint64_t start = arch_counter(), hz = arch_counter_freq(), made;
	int err;

	if (!boot_is_packed(boot))
		return 0;
	err = boot->image.unpacker->unpack(boot->packed, to, &made);
	if (err)
		return failed(boot, err);
	if (made < sizeof(boot->head) ||
	    memcmp((const void *)(uintptr_t)to.base, boot->head,
		   sizeof(boot->head)))
		return boot_refuse(boot, -EBADMSG, "kernel", "unpacked it has "
				   "another header than was inspected: do not "
				   "trust %s", boot->candidate.source);
	boot_note(boot, "kernel", "%lu bytes from %lu in %lu us", made,
		  boot->packed.size, hz < 1000000 ? 0 :
		  (arch_counter() - start) / (hz / 1000000));
	return 0;
}
