/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step "load": the only one that asks a source for bytes. Those that run as
 * they are go to where they will run; what must be unpacked or merged is
 * staged in memory that the kernel gets later.
 */
#include "boot.h"
#include "err.h"
#include <string.h>

static int undelivered(struct boot *boot, int err, const char *name,
		       const struct file *file)
{
	const char *why = file_why(file);

	return boot_refuse(boot, err, name, "%s did not deliver its %lu "
			   "bytes: %s", boot->candidate.source, file->size,
			   why ? why : "try another source");
}

static void note(struct boot *boot, const char *name, uint64_t size,
		 uint64_t start)
{
	uint64_t hz = arch_counter_freq();

	/* Dividing first is coarse enough and never overflows. */
	boot_note(boot, name, "%lu bytes from %s in %lu us", size,
		  boot->candidate.source, hz < 1000000 ? 0 :
		  (arch_counter() - start) / (hz / 1000000));
}

static int load_kernel(struct boot *boot)
{
	const struct file *file = &boot->candidate.kernel;
	uint64_t start = arch_counter();
	int err;

	boot->packed = region_of(0, 0);
	if (boot_is_packed(boot))
		err = boot_stage_file(boot, file, file->size, &boot->packed);
	else
		err = file_read(file, 0,
				(void *)(uintptr_t)boot->place.kernel.base,
				file->size);
	if (err)
		return undelivered(boot, err, "kernel", file);
	note(boot, "kernel", file->size, start);
	return 0;
}

/* One behind the other; Linux wants zeroes between them. */
static int load_initrd(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	uint8_t *base = (uint8_t *)(uintptr_t)boot->place.initrd.base;
	uint64_t start = arch_counter(), at = 0;

	for (unsigned int i = 0; i < c->initrd_count; i++) {
		uint64_t next = ALIGN_UP(at, CANDIDATE_INITRD_ALIGN);
		int err;

		memset(base + at, 0, next - at);
		err = file_read(&c->initrd[i], 0, base + next,
				c->initrd[i].size);
		if (err)
			return undelivered(boot, err, "initrd", &c->initrd[i]);
		at = next + c->initrd[i].size;
	}
	note(boot, "initrd", at, start);
	return 0;
}

/* A FIT aligns what is in it to 4 only; a tree is read at a multiple of 8. */
static int stage_tree(struct boot *boot, const struct file *file,
		      struct region *r)
{
	int err;

	if (IS_ALIGNED(file->memory.base, 8))
		return boot_stage_file(boot, file, file->size, r);
	err = boot_stage(boot, "staging", file->size, r);
	if (!err)
		err = file_read(file, 0, (void *)(uintptr_t)r->base,
				file->size);
	r->size = file->size;
	return err;
}

static int load_tree(struct boot *boot, const char *name,
		     const struct file *file, struct region *r)
{
	int err;

	*r = region_of(0, 0);
	if (!file->size)
		return 0;
	err = stage_tree(boot, file, r);
	if (err)
		return undelivered(boot, err, name, file);
	boot_note(boot, name, "%s, %lu bytes", file->name ? file->name : "",
		  file->size);
	return 0;
}

static int load_trees(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	int err = load_tree(boot, "dtb", &c->devicetree, &boot->devicetree);

	for (unsigned int i = 0; i < c->overlay_count && !err; i++)
		err = load_tree(boot, "overlay", &c->overlay[i],
				&boot->overlay[i]);
	return err;
}

int step_load(struct boot *boot)
{
	int err = 0;

	if (!boot->kernel_stays)
		err = load_kernel(boot);
	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return err;
	if (!err && !region_is_empty(boot->place.initrd))
		err = load_initrd(boot);
	if (!err)
		err = load_trees(boot);
	return err;
}
