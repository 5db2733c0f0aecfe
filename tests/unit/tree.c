/* SPDX-License-Identifier: BSD-2-Clause */
/* Device trees for the tests, written by the library that Linux also uses. */
#include "mock.h"
#include <assert.h>
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

static const struct tree_spec *spec;
static void *fdt;

static void cells(const char *name, unsigned int a, unsigned int s,
		  const struct tree_ram *r, unsigned int n)
{
	fdt32_t out[32];
	unsigned int at = 0;

	for (unsigned int i = 0; i < n; i++) {
		if (a == 2)
			out[at++] = cpu_to_fdt32((uint32_t)(r[i].base >> 32));
		out[at++] = cpu_to_fdt32((uint32_t)r[i].base);
		if (s == 2)
			out[at++] = cpu_to_fdt32((uint32_t)(r[i].size >> 32));
		out[at++] = cpu_to_fdt32((uint32_t)r[i].size);
	}
	fdt_property(fdt, name, out, (int)(at * 4));
}

static unsigned int ac(void)
{
	return spec->address_cells ? spec->address_cells : 2;
}

static unsigned int sc(void)
{
	return spec->size_cells ? spec->size_cells : 2;
}

static void memory(void)
{
	unsigned int n = 0;

	if (spec->no_memory)
		return;
	while (n < 4 && (spec->ram[n].base || spec->ram[n].size))
		n++;
	fdt_begin_node(fdt, "memory@40000000");
	fdt_property_string(fdt, "device_type", "memory");
	if (spec->bad_memory)
		fdt_property(fdt, "reg", "odd", 3);
	else
		cells("reg", ac(), sc(), spec->ram, n);
	fdt_end_node(fdt);
}

static void reserved_child(const char *name, const struct tree_ram *r,
			   bool nomap)
{
	if (!r->size)
		return;
	fdt_begin_node(fdt, name);
	cells("reg", ac(), sc(), r, 1);
	if (nomap)
		fdt_property(fdt, "no-map", NULL, 0);
	fdt_end_node(fdt);
}

static void reserved(void)
{
	if (!spec->nomap.size && !spec->reserved.size &&
	    !spec->wrong_reserved_cells)
		return;
	fdt_begin_node(fdt, "reserved-memory");
	fdt_property_u32(fdt, "#address-cells",
			 spec->wrong_reserved_cells ? 1 : ac());
	fdt_property_u32(fdt, "#size-cells",
			 spec->wrong_reserved_cells ? 1 : sc());
	fdt_property(fdt, "ranges", NULL, 0);
	reserved_child("secret@0", &spec->nomap, true);
	reserved_child("kept@0", &spec->reserved, false);
	fdt_end_node(fdt);
}

static void cpus(void)
{
	char name[16];

	fdt_begin_node(fdt, "cpus");
	fdt_property_u32(fdt, "#address-cells", 1);
	fdt_property_u32(fdt, "#size-cells", 0);
	for (unsigned int i = 0; i < (spec->cpus ? spec->cpus : 2); i++) {
		snprintf(name, sizeof(name), "cpu@%x", i);
		fdt_begin_node(fdt, name);
		fdt_property_string(fdt, "device_type", "cpu");
		fdt_property_u32(fdt, "reg", i);
		if (spec->spin_table) {
			fdt_property_string(fdt, "enable-method",
					    "spin-table");
			fdt_property_u64(fdt, "cpu-release-addr",
					 0x1000 + 8 * i + spec->odd_words);
		}
		fdt_end_node(fdt);
	}
	fdt_end_node(fdt);
}

static void chosen(void)
{
	uint64_t seed[4] = { 1, 2, 3, 4 };

	fdt_begin_node(fdt, "chosen");
	if (spec->seeds) {
		fdt_property(fdt, "kaslr-seed", seed, 8);
		fdt_property(fdt, "rng-seed", seed, sizeof(seed));
	}
	if (spec->initrd) {
		fdt_property_u64(fdt, "linux,initrd-start", 0x100);
		fdt_property_u64(fdt, "linux,initrd-end", 0x200);
		fdt_property_u64(fdt, "linux,elfcorehdr", 0x200);
	}
	if (spec->bootargs)
		fdt_property_string(fdt, "bootargs", spec->bootargs);
	if (spec->stdout_path)
		fdt_property_string(fdt, "stdout-path",
				    spec->aliases ? "serial0:115200n8" :
				    "/soc/uart@0");
	fdt_end_node(fdt);
}

/* A bus that translates: 0 on it is 0x09000000 for the CPU. */
static void soc(void)
{
	fdt32_t ranges[] = { 0, cpu_to_fdt32(0x09000000),
			     cpu_to_fdt32(0x100000) };
	fdt32_t wide[] = { 0, 0, cpu_to_fdt32(0x09000000),
			   cpu_to_fdt32(0x100000) };
	struct tree_ram uart = { 0, 0x1000 }, fw = { 0x20000, 0x18 };

	fdt_begin_node(fdt, "soc");
	fdt_property_string(fdt, "compatible", "simple-bus");
	fdt_property_u32(fdt, "#address-cells", 1);
	fdt_property_u32(fdt, "#size-cells", 1);
	fdt_property(fdt, "ranges", ac() == 2 ? (void *)wide : (void *)ranges,
		     ac() == 2 ? 16 : 12);
	fdt_begin_node(fdt, "uart@0");
	fdt_property(fdt, "compatible", "arm,pl011\0arm,primecell", 24);
	cells("reg", 1, 1, &uart, 1);
	fdt_end_node(fdt);
	if (spec->fw_cfg) {
		fdt_begin_node(fdt, "fw-cfg@20000");
		fdt_property_string(fdt, "compatible", "qemu,fw-cfg-mmio");
		cells("reg", 1, 1, &fw, 1);
		fdt_end_node(fdt);
	}
	fdt_end_node(fdt);
	fdt_begin_node(fdt, "intc");
	fdt_property_string(fdt, "compatible",
			    spec->gic ? spec->gic : "arm,gic-v3");
	fdt_end_node(fdt);
}

static void rest(void)
{
	static const uint8_t zeroes[2 * SZ_1M];

	if (spec->psci) {
		fdt_begin_node(fdt, "psci");
		fdt_property_string(fdt, "compatible", "arm,psci");
		fdt_property_string(fdt, "method", spec->psci);
		fdt_property_u32(fdt, "cpu_on", 7);
		fdt_end_node(fdt);
	}
	if (spec->aliases) {
		fdt_begin_node(fdt, "aliases");
		fdt_property_string(fdt, "serial0", "/soc/uart@0");
		fdt_end_node(fdt);
	}
	if (spec->ballast) {
		fdt_begin_node(fdt, "ballast");
		fdt_property(fdt, "bytes", zeroes, (int)spec->ballast);
		fdt_end_node(fdt);
	}
}

size_t tree_make(const struct tree_spec *s, void *to, size_t room)
{
	spec = s;
	fdt = to;
	assert(!fdt_create(to, (int)room));
	if (s->memreserve.size)
		fdt_add_reservemap_entry(to, s->memreserve.base,
					 s->memreserve.size);
	fdt_finish_reservemap(to);
	fdt_begin_node(to, "");
	fdt_property_u32(to, "#address-cells", ac());
	fdt_property_u32(to, "#size-cells", sc());
	fdt_property_string(to, "compatible", "host,machine");
	memory();
	reserved();
	cpus();
	chosen();
	soc();
	rest();
	fdt_end_node(to);
	assert(!fdt_finish(to));
	if (s->pad)
		fdt_set_totalsize(to, (uint32_t)(fdt_totalsize(to) + s->pad));
	return fdt_totalsize(to);
}
