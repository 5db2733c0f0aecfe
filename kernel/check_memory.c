/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about /memory, reserved memory and the initrd. */
#include "check.h"
#include "machine.h"
#include "print.h"
#include "psci.h"
#include "str.h"

#define NO_TREE		"no usable device tree"

extern const char touch_stub[];
void fill_memory(uint64_t base, uint64_t size, uint64_t value);

static bool has_memory_type(uint32_t node)
{
	const char *type = fdt_string(&machine.fdt, node, "device_type");

	return type && str_equal(type, "memory");
}

static bool called_memory(uint32_t node)
{
	const char *name = fdt_name(&machine.fdt, node);

	return str_equal(name, "memory") ||
	       (strlen(name) > 7 && str_equal_n(name, 7, "memory@"));
}

CHECK(40, ho_09, ON_BOOT, "HO-09", "memory nodes are complete and disjoint")
{
	if (!have_fdt())
		return skip(NO_TREE);
	fdt_each_child(&machine.fdt, node, FDT_ROOT)
		if (called_memory(node) && !has_memory_type(node))
			return fail("device_type memory in every memory node",
				    0);
	if (!machine.memory_count)
		return fail("a memory node that is enabled", 0);
	for (unsigned int i = 0; i < machine.memory_count; i++)
		for (unsigned int j = 0; j < i; j++)
			if (ranges_meet(machine.memory[i], machine.memory[j]))
				return fail("ranges that do not overlap",
					    machine.memory[i].base);
	return want(in_memory(machine.image) && in_memory(fdt_range()),
		    "image and device tree inside", machine.image.base);
}

CHECK(40, ho_12, ON_BOOT, "HO-12", "/reserved-memory can be read by Linux")
{
	const struct fdt *f = &machine.fdt;
	uint32_t node, len;

	if (!have_fdt())
		return skip(NO_TREE);
	node = fdt_path(f, "/reserved-memory", 16);
	if (node == FDT_NONE)
		return skip("no /reserved-memory");
	if (fdt_u32(f, node, "#address-cells", 0) !=
	    fdt_u32(f, FDT_ROOT, "#address-cells", 1))
		return fail("the root's #address-cells",
			    fdt_u32(f, node, "#address-cells", 0));
	if (fdt_u32(f, node, "#size-cells", 0) !=
	    fdt_u32(f, FDT_ROOT, "#size-cells", 1))
		return fail("the root's #size-cells",
			    fdt_u32(f, node, "#size-cells", 0));
	return want(fdt_prop(f, node, "ranges", &len), "a property ranges",
		    0);
}

CHECK(41, ho_03, ON_BOOT, "HO-03", "initrd-start and initrd-end make sense")
{
	const struct fdt *f = &machine.fdt;
	uint32_t len, end_len;
	const uint8_t *start, *end;
	uint64_t which = 0;

	if (!have_fdt())
		return skip(NO_TREE);
	start = fdt_prop(f, chosen(), "linux,initrd-start", &len);
	end = fdt_prop(f, chosen(), "linux,initrd-end", &end_len);
	if (!start && !end)
		return skip("no initrd");
	if (!machine.initrd.size)
		return fail("both, 4 or 8 bytes each, start below end",
			    machine.initrd.base);
	if (!in_memory(machine.initrd))
		return fail("the initrd inside /memory", machine.initrd.base);
	if (ranges_meet(machine.initrd, machine.image) ||
	    ranges_meet(machine.initrd, fdt_range()))
		return fail("neither image nor device tree inside",
			    machine.initrd.base);
	return want(!meets_reserved(machine.initrd, &which),
		    "no reserved memory inside", which);
}

CHECK(41, bp_initrd_01, ON_BOOT, "BP-INITRD-01",
      "initrd and image in one 32 GiB window")
{
	struct range i = machine.initrd, k = machine.image;
	uint64_t low = i.base < k.base ? i.base : k.base;
	uint64_t high = i.base + i.size > k.base + k.size ?
			i.base + i.size : k.base + k.size;

	if (!i.size)
		return skip("no initrd");
	low &= ~(SZ_1G - 1);
	high = (high + SZ_1G - 1) & ~(SZ_1G - 1);
	return want(high - low <= 32 * SZ_1G, "at most 32 GiB", high - low);
}

/* Nothing that is still needed lies in @r. */
static bool is_free(struct range r)
{
	return !ranges_meet(r, machine.image) &&
	       !ranges_meet(r, fdt_range()) &&
	       !ranges_meet(r, machine.initrd) && !meets_reserved(r, NULL);
}

/* Return: 0, or the first address in @m that does not keep its word. */
static uint64_t touch_range(struct range m)
{
	struct range word = { (m.base + 7) & ~7ul, 8, false };

	for (; word.base + 8 <= m.base + m.size; word.base += SZ_2M)
		if (is_free(word) &&
		    (probe(touch_stub, word.base) || probe_value))
			return word.base;
	word.base = (m.base + m.size - 8) & ~7ul;
	if (m.size >= 16 && is_free(word) &&
	    (probe(touch_stub, word.base) || probe_value))
		return word.base;
	return 0;
}

CHECK(42, bp_mem_01, ON_BOOT, "BP-MEM-01", "all RAM of /memory answers")
{
	if (!machine.memory_count)
		return skip("no memory in a usable device tree");
	announce_probe("BP-MEM-01");
	for (unsigned int i = 0; i < machine.memory_count; i++) {
		uint64_t bad = touch_range(machine.memory[i]);

		if (bad)
			return fail("words that keep what is written", bad);
	}
	return pass();
}

/*
 * BP-MEM-03. One page of every 64 KiB by default, at a place that moves on
 * from block to block, and fewer far from the start, where loaders rarely
 * are: filling a machine whole takes QEMU seconds and the host its memory.
 * aglet.fill=all does.
 */
#define PAGE		0x1000ul
#define NEAR		0x20000000ul
#define NEAR_STRIDE	0x11000ul
#define FAR_STRIDE	0x101000ul

static bool fill_all(void)
{
	size_t len;
	const char *word = bootarg("aglet.fill", &len);

	return word && str_equal_n(word, len, "all");
}

static void fill_range(struct range m, bool all)
{
	struct range page = { (m.base + PAGE - 1) & ~(PAGE - 1), PAGE, false };

	while (page.base + PAGE <= m.base + m.size) {
		/* BP-MEM-01 tells about memory that is not there. */
		if (is_free(page) && !probe(touch_stub, page.base))
			fill_memory(page.base, PAGE, ~page.base);
		page.base += all ? PAGE : page.base - m.base < NEAR ?
			     NEAR_STRIDE : FAR_STRIDE;
	}
}

CHECK(90, bp_mem_03, ON_BOOT, "BP-MEM-03",
      "overwriting all free RAM harms nobody")
{
	struct range d = fdt_range(), i = machine.initrd;
	uint64_t tree = digest(d.base, d.size);
	uint64_t initrd = digest(i.base, i.size);
	int64_t version = psci_version();

	if (!machine.memory_count)
		return skip("no memory in a usable device tree");
	announce_probe("BP-MEM-03");
	for (unsigned int n = 0; n < machine.memory_count; n++)
		fill_range(machine.memory[n], fill_all());
	if (digest(d.base, d.size) != tree)
		return fail("an unchanged device tree", d.base);
	if (digest(i.base, i.size) != initrd)
		return fail("an unchanged initrd", i.base);
	if (version && psci(PSCI_VERSION, 0, 0, 0) != version)
		return fail("firmware that still answers", 0);
	return pass();
}
