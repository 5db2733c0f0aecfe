/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about /memory, reserved memory and the initrd. */
#include "check.h"
#include "machine.h"
#include "print.h"
#include "psci.h"
#include "regs.h"
#include "str.h"

#define NO_TREE		"no usable device tree"

extern const char touch_trial[];

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
		    (probe(touch_trial, word.base) || probe_value))
			return word.base;
	word.base = (m.base + m.size - 8) & ~7ul;
	if (m.size >= 16 && is_free(word) &&
	    (probe(touch_trial, word.base) || probe_value))
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

/* In a Realm, memory counts only once it is said to be RAM (RSI). */
#define RSI_VERSION		0xc4000190u
#define RSI_IPA_STATE_GET	0xc4000198u
#define RSI_1_0			0x10000u
#define RIPAS_RAM		1

static struct verdict realm_memory(struct range m)
{
	uint64_t at = m.base & ~0xffful;

	while (at < m.base + m.size) {
		call_prepare(RSI_IPA_STATE_GET);
		call_table.x[1] = at;
		call_table.x[2] = (m.base + m.size) & ~0xffful;
		if (call_prepared("BP-MEM-02"))
			return fail("RSI_IPA_STATE_GET to answer", at);
		if (call_table.x[2] != RIPAS_RAM || call_table.x[1] <= at)
			return fail("RIPAS RAM", at);
		at = call_table.x[1];
	}
	return pass();
}

CHECK(56, bp_mem_02, ON_BOOT, "BP-MEM-02", "all RAM is RAM to the Realm")
{
	struct verdict v = pass();

	if (!psci_usable() || machine.conduit != CONDUIT_SMC)
		return skip("no usable SMC");
	announce_probe("BP-MEM-02");
	if (firmware_call(RSI_VERSION, RSI_1_0, 0, 0))
		return skip("not in a Realm");
	for (unsigned int i = 0; i < machine.memory_count; i++) {
		v = realm_memory(machine.memory[i]);
		if (v.kind != VERDICT_OK)
			return v;
	}
	return v;
}

#define PAGE	0x1000ul

/* Linux keeps whole pages. What else is in the last one would be lost. */
CHECK(41, ho_04_pages, ON_BOOT, "HO-04", "the initrd has its pages to itself")
{
	struct range r = machine.initrd;
	uint64_t end = (r.base + r.size + PAGE - 1) & ~(PAGE - 1), which;

	if (!r.size)
		return skip("no initrd");
	r.base &= ~(PAGE - 1);
	r.size = end - r.base;
	if (!in_memory(r))
		return fail("whole pages of /memory", r.base);
	if (ranges_meet(r, machine.image) || ranges_meet(r, fdt_range()))
		return fail("neither image nor device tree in its pages",
			    r.base);
	return want(!meets_reserved(r, &which), "nothing reserved in its pages",
		    r.base);
}

/* Whoever gave it says in bootargs what its digest is. */
CHECK(41, ho_04_bytes, ON_BOOT, "HO-04", "every byte of the initrd has arrived")
{
	size_t len;
	const char *told = bootarg("aglet.initrd", &len);
	struct range r = machine.initrd;

	if (!told)
		return skip("no digest in bootargs aglet.initrd=");
	return want_equal(parse_hex(told, len), digest(r.base, r.size));
}

/* Linux drops an initrd that its linear map does not reach. */
CHECK(41, ho_05, ON_BOOT, "HO-05", "the linear map reaches the initrd")
{
	struct range r = machine.initrd;
	uint64_t start = memory_start() & ~(SZ_1G - 1);
	unsigned int bits = id_field(ID_MMFR2, 16) ? 51 : 47;

	if (!r.size)
		return skip("no initrd");
	return want(r.base >= start && r.base + r.size - start <= 1ul << bits,
		    "at most half of the kernel's addresses above DRAM start",
		    r.base);
}
