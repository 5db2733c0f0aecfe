/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "load": the only one that moves bytes, once, to where they will run. */
#include "boot.h"
#include "err.h"

static int load(struct boot *boot, const char *name, const struct file *file,
		struct region to)
{
	uint64_t start = arch_counter(), hz = arch_counter_freq();
	int err = file_read(file, 0, (void *)(uintptr_t)to.base, file->size);

	if (err)
		return boot_refuse(boot, err, name, "%s did not deliver its "
				   "%lu bytes: try another source",
				   boot->candidate.source, file->size);
	/* Dividing first is coarse enough and never overflows. */
	boot_note(boot, name, "%lu bytes from %s in %lu us", file->size,
		  boot->candidate.source, hz < 1000000 ? 0 :
		  (arch_counter() - start) / (hz / 1000000));
	return 0;
}

int step_load(struct boot *boot)
{
	int err = 0;

	if (!boot->kernel_stays)
		err = load(boot, "kernel", &boot->candidate.kernel,
			   boot->place.kernel);
	if (!err && !region_is_empty(boot->place.initrd))
		err = load(boot, "initrd", &boot->candidate.initrd,
			   boot->place.initrd);
	return err;
}
