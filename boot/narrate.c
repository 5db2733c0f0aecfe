/* SPDX-License-Identifier: BSD-2-Clause */
/* CONFIG_NARRATE: what each step of the flow has found and decided, and why. */
#include "boot.h"
#include "narrate.h"
#include <string.h>

/* The header of booting.rst; all fields are little endian, as we are. */
#define HEAD_TEXT_OFFSET	8
#define HEAD_IMAGE_SIZE		16
#define HEAD_FLAGS		24

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static void narrate_board(const struct boot *boot)
{
	static const char *const origin[] = {
		[TREE_PAYLOAD] = "was built in for the kernel",
		[TREE_REGISTER] = "was told by x0",
		[TREE_MACHINE] = "was left in RAM by the machine",
		[TREE_BOARD] = "was built in for the board",
	};

	narrate("board: the device tree %s; its magic is 0x%x (BP-DTB-02) and each of its %u bytes has its place, so it is believed.",
		origin[boot->tree_origin], be32(boot->tree.blob),
		boot->tree.size);
	narrate("board: it names %u range(s) of RAM, the first from 0x%lx to 0x%lx; %u range(s) are not free: what it reserves and what is ours.",
		boot->map.ram_count, boot->map.ram[0].base,
		region_end(boot->map.ram[0]), boot->map.used_count);
}

static void narrate_find(const struct boot *boot)
{
	const struct candidate *c = &boot->candidate;

	narrate("find: the source %s offers a kernel of %lu bytes and %s; not a byte of them was moved yet.",
		c->source, c->kernel.size,
		c->initrd_count ? "an initrd" : "no initrd");
}

static uint64_t head64(const struct boot *boot, size_t offset)
{
	uint64_t value;

	memcpy(&value, boot->head + offset, sizeof(value));
	return value;
}

static void narrate_inspect(const struct boot *boot)
{
	const uint64_t flags = head64(boot, HEAD_FLAGS);
	static const char *const page[] = {
		"any size", "4 KiB", "16 KiB", "64 KiB",
	};

	narrate("inspect: bytes 56 to 59 are \"ARM\\x64\": an arm64 Image (BP-IMG-01); its first 64 bytes say the rest.");
	narrate("inspect: text_offset = 0x%lx, image_size = 0x%lx (0: unknown), flags = 0x%lx: pages of %s (bits 2:1), %s-endian (bit 0), wants to be %s (bit 3).",
		head64(boot, HEAD_TEXT_OFFSET), head64(boot, HEAD_IMAGE_SIZE),
		flags, page[flags >> 1 & 3], flags & 1 ? "big" : "little",
		flags & 8 ? "anywhere in RAM" : "near the start of RAM");
}

static void narrate_place(const struct boot *boot)
{
	const struct placement *p = &boot->place;

	narrate("place: the kernel's place is 0x%lx: a multiple of 2 MiB plus text_offset 0x%lx (BP-IMG-04), %s.",
		p->kernel.base, boot->image.text_offset,
		boot->kernel_stays ? "where its file lies already" :
		"the lowest that is free (BP-IMG-10)");
	narrate("place: it owns all up to 0x%lx, its BSS too (BP-IMG-06).",
		region_end(p->kernel));
	if (!region_is_empty(p->initrd))
		narrate("place: the initrd's place is 0x%lx, in one window of 32 GiB with the kernel (BP-INITRD-01).",
			p->initrd.base);
	narrate("place: the device tree's place is 0x%lx: a multiple of 8 (BP-DTB-01) in RAM (BP-DTB-05), in nobody's way.",
		p->tree.base);
}

static void narrate_load(const struct boot *boot)
{
	if (boot->kernel_stays)
		narrate("load: the kernel lies where it will run; nothing was copied.");
	else
		narrate("load: %lu bytes went from %s to 0x%lx, straight to where they will run.",
			boot->candidate.kernel.size, boot->candidate.source,
			boot->place.kernel.base);
}

static void narrate_verify(const struct boot *boot)
{
	const struct trust *trust = &boot->candidate.trust;

	narrate("verify: the header at 0x%lx is the one that was inspected: the source has not changed its mind.",
		boot->place.kernel.base);
	if (trust->verified)
		narrate("verify: who has the key %s has signed all that will be used, as number %u: a hash of each file is signed, and these are the files.",
			trust->key, trust->rollback_index);
}

/* @name of the node at @path in the tree, and what it is for. */
static void narrate_prop(const struct dt *dt, const char *path,
			 const char *name, const char *meaning)
{
	struct dt_prop prop;
	const char *text;

	if (!dt_prop(dt, dt_path(dt, path), name, &prop)) {
		narrate("fixup: %s has no %s.", path, name);
		return;
	}
	text = dt_string(prop, 0);
	narrate("fixup: %s has %s%s%s%s: %s.", path, name, text ? " = \"" : "",
		text ? text : "", text ? "\"" : "", meaning);
}

/* From the tree that is handed over, not from what we meant to write. */
static void narrate_fixup(const struct boot *boot)
{
	const char *why;
	struct dt dt;

	if (dt_open(&dt, (const void *)(uintptr_t)boot->place.tree.base,
		    boot->place.tree.size, &why))
		return;
	narrate("fixup: the tree that is handed over has %u bytes, %s.",
		dt.size, IS_ENABLED(CONFIG_DTB_FIXUP) ? "ours among them" :
		"none of them ours");
	narrate_prop(&dt, "/chosen", "bootargs", "the kernel's command line");
	narrate_prop(&dt, "/chosen", "stdout-path", "its console");
	narrate_prop(&dt, "/chosen", "kaslr-seed",
		     "from it the kernel's virtual address is drawn (HO-06)");
	narrate_prop(&dt, "/psci", "method",
		     "the instruction that calls the firmware (HO-16)");
	narrate_prop(&dt, "/cpus/cpu", "enable-method",
		     "how a CPU is started (BP-DTB-06)");
	narrate_prop(&dt, "/reserved-memory/aglet-ledger", "compatible",
		     "the record of this boot, which no allocator takes (BP-MEM-03)");
}

static void narrate_clean(const struct boot *boot)
{
	narrate("handoff: the kernel from 0x%lx and the tree are written back from the caches to memory, since the kernel starts without (BP-CACHE-03).",
		boot->place.kernel.base);
}

static const struct {
	char step[8];
	void (*say)(const struct boot *boot);
} sentences[] = {
	{ "board", narrate_board },
	{ "find", narrate_find },
	{ "inspect", narrate_inspect },
	{ "place", narrate_place },
	{ "load", narrate_load },
	{ "verify", narrate_verify },
	{ "fixup", narrate_fixup },
	{ "handoff", narrate_clean },
};

void boot_narrate(const struct boot *boot)
{
	for (size_t i = 0; i < ARRAY_SIZE(sentences); i++)
		if (!strcmp(sentences[i].step, boot->step))
			sentences[i].say(boot);
}
