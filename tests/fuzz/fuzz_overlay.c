/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes device tree overlays, through the step that merges them: the tree
 * itself stays as it is whatever happens, the merged one is whole and stays in
 * its room, and every refusal says why. An input is a byte of flags, the sizes
 * of the tree and the first overlay, and the three trees. libfdt is compiled
 * without sanitizers, so every tree ends where a page cannot be touched.
 * link: boot/overlay.c lib/fdt_overlay.c lib/dt_edit.c lib/dt_write.c
 * link: lib/dt.c lib/dt_check.c lib/dt_reg.c lib/region.c
 * libs: fdt
 * max: 6144
 */
#include "boot.h"
#include "err.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD		5u
#define PLACE		(64 * SZ_1K)
#define CANARY		64u
#define must(what)	do { if (!(what)) abort(); } while (0)

enum { ONE = 1, REPAIR = 2, OWN_TREE = 4, NO_ROOM = 8 };
enum { TREE, FIRST, SECOND, MERGED, PLACES };

static struct boot boot;
static uint8_t *ends[PLACES];
static unsigned int told;
static bool no_room;

static uint8_t *make_place(void)
{
	uint8_t *at = mmap(NULL, PLACE + SZ_4K, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	must(at != MAP_FAILED && !mprotect(at + PLACE, SZ_4K, PROT_NONE));
	return at + PLACE;
}

/* The last @size bytes of a place, as nearly as the alignment allows. */
static struct region place_of(unsigned int place, uint64_t size)
{
	uint8_t *at = ends[place] - ALIGN_UP(size, 8);

	must(size <= PLACE - CANARY);
	memset(at - CANARY, 0xee, CANARY);
	return region_of((uintptr_t)at, size);
}

static void check_canary(struct region r)
{
	const uint8_t *at = (const uint8_t *)(uintptr_t)r.base;

	for (unsigned int i = 1; i <= CANARY; i++)
		must(at[-(int)i] == 0xee);
}

int boot_stage(struct boot *b, const char *name, uint64_t size,
	       struct region *r)
{
	if (no_room)
		return -ENOMEM;
	*r = place_of(MERGED, size);
	return 0;
}

/* What is told is read to its end. */
int boot_error(struct boot *b, int err, const char *object, const char *fmt,
	       ...)
{
	char text[512];
	va_list args;

	va_start(args, fmt);
	must(vsnprintf(text, sizeof(text), fmt, args) > 0 && *object);
	va_end(args);
	told++;
	must(err);
	return err;
}

static void put32(uint8_t *to, uint32_t value)
{
	value = __builtin_bswap32(value);
	memcpy(to, &value, sizeof(value));
}

static struct region take_tree(unsigned int place, const uint8_t *data,
			       size_t size, bool repair)
{
	struct region r = place_of(place, size);
	uint8_t *to = (uint8_t *)(uintptr_t)r.base;

	memcpy(to, data, size);
	if (repair && size >= DT_HEADER_SIZE) {
		put32(to, 0xd00dfeed);
		put32(to + 4, (uint32_t)size);
		put32(to + 20, 17);
		put32(to + 24, 16);
	}
	return r;
}

/* The one fragment, if it is as simple as that; negative: it is not. */
static int simple_target(const struct dt *overlay, const char **path)
{
	const int root = dt_root(overlay), only = dt_child(overlay, root, -1);
	struct dt_prop target;

	if (only < 0 || dt_child(overlay, root, only) >= 0 ||
	    dt_prop(overlay, only, "target", NULL) ||
	    !dt_prop(overlay, only, "target-path", &target))
		return -1;
	*path = dt_string(target, 0);
	for (int n = dt_child(overlay, only, -1); n >= 0;
	     n = dt_child(overlay, only, n))
		if (*path && **path == '/' && !strchr(*path, '@') &&
		    !strcmp(dt_name(overlay, n), "__overlay__"))
			return n;
	return -1;
}

/* What a fragment with a path brings is in the node that it names. */
static void check_merged(const struct dt *overlay)
{
	const char *path, *name;
	struct dt_prop prop;
	int from = simple_target(overlay, &path), to;

	if (from < 0)
		return;
	to = dt_path(&boot.handed, path);
	/* A path without unit addresses may mean several nodes. */
	if (to < 0 || dt_path(&boot.tree, path) < 0)
		return;
	for (unsigned int i = 0;
	     (name = dt_prop_number(overlay, from, i, &prop)); i++)
		must(dt_prop(&boot.handed, to, name, &prop));
}

static void check_result(int err, const struct dt *overlay)
{
	const struct region merged = region_of((uintptr_t)boot.handed.blob,
					       boot.handed.size);
	const char *why;
	struct dt dt;

	must(!!err == !!told);
	if (err)
		return;
	must(boot.handed.blob != boot.tree.blob);
	must(region_end(merged) <= (uintptr_t)ends[MERGED]);
	must(!dt_open(&dt, boot.handed.blob, boot.handed.size, &why));
	check_canary(merged);
	if (boot.candidate.overlay_count == 1)
		check_merged(overlay);
}

static void add_overlay(struct region r)
{
	struct candidate *c = &boot.candidate;

	c->overlay[c->overlay_count].size = r.size;
	boot.overlay[c->overlay_count++] = r;
}

/* What was taken apart must not matter: the overlay is spoilt afterwards. */
static struct dt keep(struct region r)
{
	static _Alignas(8) uint8_t copy[PLACE];
	struct dt dt = { 0 };
	const char *why;

	memcpy(copy, (const void *)(uintptr_t)r.base, r.size);
	if (dt_open(&dt, copy, r.size, &why))
		dt.blob = NULL;
	return dt;
}

static void play(struct region tree, const struct region *overlays,
		 unsigned int flags)
{
	static uint8_t before[PLACE];
	const uint8_t *at = (const uint8_t *)(uintptr_t)tree.base;
	struct dt first;
	const char *why;
	int err;

	memset(&boot.candidate, 0, sizeof(boot.candidate));
	memset(&boot.handed, 0, sizeof(boot.handed));
	told = 0;
	no_room = flags & NO_ROOM;
	boot.devicetree = flags & OWN_TREE ? tree : region_of(0, 0);
	if (dt_open(&boot.tree, at, tree.size, &why))
		return;
	add_overlay(overlays[0]);
	if (!(flags & ONE))
		add_overlay(overlays[1]);
	first = keep(overlays[0]);
	memcpy(before, at, tree.size);
	err = boot_open_tree(&boot);
	must(!memcmp(before, at, tree.size));
	must(err || first.blob);
	check_result(err, &first);
	check_canary(tree);
	check_canary(overlays[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dt_edit edit;
	struct region tree, overlays[2];
	size_t sizes[2];
	bool repair;

	if (size < HEAD)
		return 0;
	for (unsigned int i = 0; i < PLACES && !ends[PLACES - 1]; i++)
		ends[i] = make_place();
	sizes[0] = (size_t)(data[1] | data[2] << 8);
	sizes[1] = (size_t)(data[3] | data[4] << 8);
	repair = data[0] & REPAIR;
	if (sizes[0] > size - HEAD || sizes[1] > size - HEAD - sizes[0])
		return 0;
	boot.edit = &edit;
	tree = take_tree(TREE, data + HEAD, sizes[0], repair);
	overlays[0] = take_tree(FIRST, data + HEAD + sizes[0], sizes[1], repair);
	overlays[1] = take_tree(SECOND, data + HEAD + sizes[0] + sizes[1],
				size - HEAD - sizes[0] - sizes[1], repair);
	play(tree, overlays, data[0]);
	return 0;
}
