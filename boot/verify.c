/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step "verify": over the very bytes that will run. For now only this: the
 * header in memory is the one by which the kernel was placed, so a source
 * that answers differently the second time is found out. There are no
 * signatures yet; the content behind the header is believed.
 */
#include "boot.h"
#include "err.h"
#include <string.h>

int step_verify(struct boot *boot)
{
	const void *loaded = (const void *)(uintptr_t)boot->place.kernel.base;

	if (memcmp(loaded, boot->head, sizeof(boot->head)))
		return boot_refuse(boot, -EBADMSG, "kernel",
				   "the header that was loaded is not the one "
				   "that was inspected: do not trust %s",
				   boot->candidate.source);
	return 0;
}
