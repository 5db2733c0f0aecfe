/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory for bytes on their way: taken from the kernel's until it starts. */
#include "boot.h"
#include "err.h"

int boot_stage(struct boot *boot, const char *name, uint64_t size,
	       struct region *r)
{
	struct memmap_rule rule = {
		.size = size,
		.align = SZ_4K,
		.block = 1,
		.window = MEMMAP_ANYWHERE,
		.highest = true,
	};
	int err = memmap_alloc(&boot->map, name, &rule, r);

	return err ? err : arch_map_ram(*r);
}

int boot_stage_file(struct boot *boot, const struct file *file, uint64_t size,
		    struct region *r)
{
	int err;

	/* What lies in memory stays there until the kernel runs. */
	if (!region_is_empty(file->memory))
		return region_slice(r, file->memory, 0, size);
	err = boot_stage(boot, "staging", size, r);
	if (!err)
		err = file_read(file, 0, (void *)(uintptr_t)r->base, size);
	r->size = size;
	return err;
}
