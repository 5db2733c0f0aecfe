/* SPDX-License-Identifier: BSD-2-Clause */
/* Step "inspect": the first bytes only; what is it, and where may it go? */
#include "boot.h"
#include "err.h"
#include "words.h"
#include <string.h>

static int read_head(struct boot *boot)
{
	const struct file *kernel = &boot->candidate.kernel;
	uint64_t size = kernel->size < FORMAT_HEAD ? kernel->size : FORMAT_HEAD;
	int err;

	memset(boot->head, 0, sizeof(boot->head));
	err = file_read(kernel, 0, boot->head, size);
	if (err)
		return boot_refuse(boot, err, "kernel", "%s cannot be read",
				   boot->candidate.source);
	return 0;
}

int step_inspect(struct boot *boot)
{
	const char *why = WORDS("no known format: give an arm64 Image");
	const struct format *const *it;
	int err = read_head(boot);

	if (err)
		return err;
	err = -ENOEXEC;
	table_for_each(format, it) {
		memset(&boot->image, 0, sizeof(boot->image));
		err = (*it)->inspect(boot->head, boot->candidate.kernel.size,
				     &boot->image, &why);
		if (err != -ENOEXEC)
			break;
	}
	if (err)
		return boot_refuse(boot, err, "kernel", "%s", why);
	/* Such a kernel stops without a word at its first instructions. */
	if (IS_ENABLED(CONFIG_ERROR_TEXTS) && boot->image.page_kib &&
	    !arch_has_pages(boot->image.page_kib))
		return boot_refuse(boot, -ENOTSUP, "kernel", "built for pages "
				   "of %u KiB, this CPU has none: build it for "
				   "others", boot->image.page_kib);
	boot->image.format = (*it)->name;
	boot_note(boot, "kernel", "%s, %lu KiB in memory, text_offset 0x%lx%s",
		  (*it)->name, boot->image.memory_size / SZ_1K,
		  boot->image.text_offset,
		  boot->image.anywhere ? ", anywhere" : "");
	return 0;
}
