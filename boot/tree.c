/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finds the device tree and checks it before it is believed. With DTB_FIXUP
 * it is copied out of the way at once: QEMU leaves it at the start of RAM,
 * just where the kernel would like to be, and pads it to 1 MiB.
 */
#include "board.h"
#include "boot.h"
#include "dt_edit.h"
#include "err.h"
#include "noinit.h"
#include "words.h"
#include <string.h>

/* QEMU's virt with 512 CPUs and 4 PCI segments stays below this. */
#define ARENA_SIZE	(256 * SZ_1K)

static noinit uint8_t arena[IS_ENABLED(CONFIG_DTB_FIXUP) ? ARENA_SIZE : 8]
	__attribute__((aligned(8)));

static const char *const origin_name[] = {
	[TREE_PAYLOAD] = "built in as PAYLOAD_DTB",
	[TREE_REGISTER] = "from x0",
	[TREE_MACHINE] = "left by the machine",
	[TREE_BOARD] = "built in for the board",
};

/* Where a tree of @origin would be; empty if there is no such place. */
static struct region place_of(enum tree_origin origin)
{
	struct region place = { 0, 0 };
	uint64_t base = 0;

	switch (origin) {
	case TREE_PAYLOAD:
		return arch_payload_dtb();
	case TREE_BOARD:
		if (IS_ENABLED(CONFIG_BOARD_HAS_DTS))
			return region_of((uintptr_t)board_dtb_start,
					 (uint64_t)(board_dtb_end -
						    board_dtb_start));
		break;
	case TREE_REGISTER:
		base = arch_boot_arg(0);
		break;
	case TREE_MACHINE:
		base = CONFIG_DTB_ADDR;
	}
	/* x0 may hold anything; what wraps is no place for a tree. */
	if (base && region_from(&place, base, DT_SIZE_MAX))
		place.size = 0;
	return place;
}

/* A place that we were only told of: look at its header, map its size. */
static int map_tree(struct region *place)
{
	struct region head = region_of(place->base, DT_HEADER_SIZE);
	int err;

	if (!IS_ALIGNED(place->base, DT_ALIGN))
		return -EINVAL;
	err = arch_map_ram(head);
	if (err)
		return err;
	place->size = dt_probe((const void *)(uintptr_t)place->base,
			       DT_HEADER_SIZE);
	return place->size ? arch_map_ram(*place) : -ENOEXEC;
}

static int open_tree(struct boot *boot, enum tree_origin origin,
		     struct region place)
{
	const char *why = WORDS("there is no device tree header");
	bool told = origin == TREE_REGISTER || origin == TREE_MACHINE;
	int err = told ? map_tree(&place) : 0;

	if (!err)
		err = dt_open(&boot->tree, (const void *)(uintptr_t)place.base,
			      place.size, &why);
	if (err)
		boot_warn(boot, "dtb", "0x%lx, %s: %s (%s)", place.base,
			  origin_name[origin], why, err_name(err));
	else
		boot_note(boot, "dtb", "0x%lx, %u bytes, %s", place.base,
			  boot->tree.size, origin_name[origin]);
	return err;
}

/* Take the tree to where nothing is in its way, without its padding. */
static int stow_tree(struct boot *boot)
{
	const char *why;
	uint32_t size;
	int err;

	if (!IS_ENABLED(CONFIG_DTB_FIXUP))
		return memmap_claim(&boot->map, "dtb",
				    region_of((uintptr_t)boot->tree.blob,
					      boot->tree.size),
				    MEMMAP_PLACED);
	dt_edit_open(boot->edit, &boot->tree, arena, sizeof(arena));
	err = dt_edit_close(boot->edit, &size);
	if (err)
		return boot_refuse(boot, err, "dtb",
				   "more than %lu KiB without its padding: "
				   "raise ARENA_SIZE in boot/tree.c",
				   sizeof(arena) / SZ_1K);
	return dt_open(&boot->tree, arena, size, &why);
}

int board_find_tree(struct boot *boot)
{
	static const enum tree_origin order[] = {
		TREE_PAYLOAD, TREE_REGISTER, TREE_MACHINE, TREE_BOARD,
	};

	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		struct region place = place_of(order[i]);

		if (region_is_empty(place) ||
		    open_tree(boot, order[i], place))
			continue;
		boot->tree_origin = order[i];
		return stow_tree(boot);
	}
	return boot_refuse(boot, -ENOENT, "dtb",
			   "no device tree (x0 = 0x%lx, DTB_ADDR = 0x%lx): %s",
			   arch_boot_arg(0), (uint64_t)CONFIG_DTB_ADDR,
			   board.no_tree);
}
