/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Step "place": final ranges for everything that is handed over, chosen by
 * rule in the memory map. The kernel goes as low as possible, all others as
 * high as their rules allow, so that the room behind the kernel stays free.
 */
#include "boot.h"
#include "err.h"
#include "mutation.h"

#define KERNEL_ALIGN	SZ_2M			/* BP-IMG-04 */
#define INITRD_WINDOW	(32 * SZ_1G)		/* BP-INITRD-01 */
#define TREE_WINDOW	(512 * SZ_1M)		/* BP-DTB-04 */
#define TREE_SLACK	(64 * SZ_1K)		/* what fixups may add */

static int no_room(struct boot *boot, int err, const char *object,
		   uint64_t size)
{
	return boot_refuse(boot, err, object, "no free %lu KiB where the boot "
			   "protocol allows it: give the machine more memory",
			   size / SZ_1K);
}

static struct memmap_rule kernel_rule(const struct image *image)
{
	if (IS_ENABLED(CONFIG_FORMAT_ELF) && image->fixed)
		return (struct memmap_rule){
			.size = image->memory_size,
			.align = 1,
			.block = 1,
			.window = region_of(image->base, image->memory_size),
		};
	return (struct memmap_rule){
		.size = image->memory_size,
		.align = KERNEL_ALIGN,
		.offset = image->text_offset,
		.block = 1,
		.window = MEMMAP_ANYWHERE,
	};
}

/* The claim that keeps the file's own bytes; they are not in its way. */
static int own_claim(const struct boot *boot)
{
	uint64_t base = boot->candidate.kernel.memory.base;

	for (unsigned int i = boot->checkpoint; i < boot->map.used_count; i++)
		if (boot->map.used[i].region.base == base)
			return (int)i;
	return -1;
}

/* May the kernel run where its file lies? Saves the only copy. */
static bool try_to_stay(struct boot *boot)
{
	const struct image *image = &boot->image;
	uint64_t base = boot->candidate.kernel.memory.base;
	struct region r;

	if (region_is_empty(boot->candidate.kernel.memory) ||
	    boot_is_packed(boot) || !image->anywhere || image->unbounded ||
	    base < image->text_offset ||
	    !IS_ALIGNED(base - image->text_offset, KERNEL_ALIGN) ||
	    region_from(&r, base, image->memory_size) ||
	    !memmap_is_ram(&boot->map, r) ||
	    memmap_holder(&boot->map, r, own_claim(boot)))
		return false;
	boot->place.kernel = r;
	return true;
}

static int place_kernel(struct boot *boot)
{
	struct memmap_rule rule = kernel_rule(&boot->image);
	int err;

	if (mutation_is(MUTATION_KERNEL_OFFSET))
		rule.offset += SZ_64K;
	if (mutation_is(MUTATION_KERNEL_HIGH))
		rule.highest = true;
	boot->kernel_stays = try_to_stay(boot);
	if (boot->kernel_stays)
		err = memmap_claim(&boot->map, "kernel", boot->place.kernel,
				   MEMMAP_PLACED);
	else
		err = memmap_alloc(&boot->map, "kernel", &rule,
				   &boot->place.kernel);
	if (err && IS_ENABLED(CONFIG_FORMAT_ELF) && boot->image.fixed)
		return boot_refuse(boot, err, "kernel", "it runs at 0x%lx "
				   "only, and there is no free RAM of %lu KiB: "
				   "link it for another address",
				   boot->image.base, rule.size / SZ_1K);
	if (err)
		return no_room(boot, err, "kernel", rule.size);
	boot_note(boot, "kernel", "0x%lx..0x%lx%s", boot->place.kernel.base,
		  region_end(boot->place.kernel),
		  boot->kernel_stays ? ", stays where it lies" : "");
	return 0;
}

/* @size bytes from @base on, or all that there is above it. */
static struct region window(uint64_t base, uint64_t size)
{
	struct region r;

	if (region_from(&r, base, size))
		r = region_of(base, UINT64_MAX - base);
	return r;
}

/* Only the tree could say that there is one. */
static int leave_out_initrd(struct boot *boot)
{
	if (boot->candidate.initrd_count)
		boot_warn(boot, "initrd", "left out, the tree is passed on "
			  "untouched: build with DTB_FIXUP");
	return 0;
}

static int place_initrd(struct boot *boot)
{
	uint64_t size = candidate_initrd_size(&boot->candidate);
	struct memmap_rule rule = {
		.align = SZ_4K,
		.block = 1,
		.window = window(ALIGN_DOWN(boot->place.kernel.base, SZ_1G),
				 INITRD_WINDOW),
		.highest = true,
	};
	struct region whole;
	int err;

	boot->place.initrd = region_of(0, 0);
	if (!size)
		return 0;
	if (region_from(&whole, 0, size))
		return no_room(boot, -ERANGE, "initrd", size);
	rule.size = region_grow(whole, SZ_4K).size;	/* HO-04 */
	err = memmap_alloc(&boot->map, "initrd", &rule, &whole);
	if (err)
		return no_room(boot, err, "initrd", rule.size);
	boot->place.initrd = region_of(whole.base, size);
	boot_debug(boot, "initrd", "0x%lx..0x%lx", whole.base,
		  region_end(boot->place.initrd));
	return 0;
}

/* A tree that is passed on untouched stays if it lies right already. */
static bool tree_stays(const struct boot *boot, struct region tree)
{
	return !IS_ENABLED(CONFIG_DTB_FIXUP) &&
	       memmap_is_ram(&boot->map, region_grow(tree, SZ_2M));
}

/* Bytes that the tree may need when it is edited. */
static uint64_t tree_room(const struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	uint64_t room = boot->tree.size;

	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return room;
	if (c->devicetree.size)
		room = c->devicetree.size;
	for (unsigned int i = 0; i < c->overlay_count; i++)
		room += c->overlay[i].size;
	return room + TREE_SLACK;
}

/* Trees and overlays of a candidate are no larger than a tree may be. */
static int check_trees(struct boot *boot)
{
	const struct candidate *c = &boot->candidate;
	bool good = c->devicetree.size <= DT_SIZE_MAX;

	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return 0;
	for (unsigned int i = 0; i < c->overlay_count; i++)
		good &= c->overlay[i].size <= DT_SIZE_MAX;
	return good ? 0 : boot_refuse(boot, -ERANGE, "dtb", "a device tree or "
				      "overlay of more than 2 MiB: it is not "
				      "one");
}

static int place_tree(struct boot *boot)
{
	struct region tree = region_of((uintptr_t)boot->tree.blob,
				       boot->tree.size);
	uint64_t room = tree_room(boot);
	struct memmap_rule rule = {
		.size = ALIGN_UP(room, SZ_4K),
		.align = SZ_4K,
		.block = SZ_2M,				/* BP-DTB-03 */
		.window = window(boot->place.kernel.base, TREE_WINDOW),
		.highest = true,
	};
	int err = 0;

	boot->place.tree = tree;
	if (!tree_stays(boot, tree)) {
		err = memmap_alloc(&boot->map, "dtb", &rule,
				   &boot->place.tree);
		if (err == -ENOMEM) {
			rule.window = MEMMAP_ANYWHERE;
			err = memmap_alloc(&boot->map, "dtb", &rule,
					   &boot->place.tree);
		}
	}
	if (err)
		return no_room(boot, err, "dtb", rule.size);
	boot_debug(boot, "dtb", "0x%lx, room for %lu KiB",
		  boot->place.tree.base, boot->place.tree.size / SZ_1K);
	return 0;
}

/* The ledger can only stay if the tree can say that it is there. */
static int place_ledger(struct boot *boot)
{
	struct memmap_rule rule = {
		.size = ALIGN_UP(sizeof(struct ledger), SZ_64K),
		.align = SZ_64K,	/* pages of any kernel */
		.block = 1,
		.window = MEMMAP_ANYWHERE,
		.highest = true,
	};
	int err;

	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return 0;
	boot->place.ledger = region_of(0, 0);
	err = memmap_alloc(&boot->map, "ledger", &rule, &boot->place.ledger);
	return err ? no_room(boot, err, "ledger", rule.size) : 0;
}

static int map_all(struct boot *boot)
{
	const struct region ranges[] = {
		boot->place.kernel, boot->place.tree, boot->place.initrd,
		boot->place.ledger,
	};
	/* The last two need a tree that announces them. */
	const size_t count = IS_ENABLED(CONFIG_DTB_FIXUP) ? 4 : 2;

	for (size_t i = 0; i < count; i++) {
		int err = region_is_empty(ranges[i]) ? 0
						     : arch_map_ram(ranges[i]);

		if (err)
			return boot_refuse(boot, err, "map", "0x%lx..0x%lx "
					   "cannot be mapped: raise the "
					   "loader's page table pool",
					   ranges[i].base,
					   region_end(ranges[i]));
	}
	return 0;
}

int step_place(struct boot *boot)
{
	static int (*const parts[])(struct boot *) = {
		place_kernel, check_trees, place_tree,
		IS_ENABLED(CONFIG_DTB_FIXUP) ? place_initrd : leave_out_initrd,
		place_ledger, map_all,
	};
	int err = 0;

	for (size_t i = 0; i < ARRAY_SIZE(parts) && !err; i++)
		err = parts[i](boot);
	return err;
}
