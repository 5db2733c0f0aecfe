/* SPDX-License-Identifier: BSD-2-Clause */
/* Reads the facts that several checks need out of the device tree, once. */
#include "cpu.h"
#include "machine.h"
#include "print.h"
#include "str.h"

struct machine machine;

extern const char _end[], read_byte_trial[];

bool have_fdt(void)
{
	return machine.fdt.base && !machine.fdt_error;
}

bool ranges_meet(struct range a, struct range b)
{
	return a.size && b.size && a.base < b.base + b.size &&
	       b.base < a.base + a.size;
}

bool in_memory(struct range r)
{
	for (unsigned int i = 0; i < machine.memory_count; i++) {
		struct range m = machine.memory[i];

		if (r.base >= m.base && r.size <= m.size &&
		    r.base - m.base <= m.size - r.size)
			return true;
	}
	return false;
}

bool meets_reserved(struct range r, uint64_t *which)
{
	for (unsigned int i = 0; i < machine.reserved_count; i++) {
		if (!ranges_meet(r, machine.reserved[i]))
			continue;
		if (which)
			*which = machine.reserved[i].base;
		return true;
	}
	return false;
}

struct range fdt_range(void)
{
	return (struct range){ machine.fdt_address, machine.fdt.total, false };
}

uint64_t memory_start(void)
{
	uint64_t start = UINT64_MAX;

	for (unsigned int i = 0; i < machine.memory_count; i++)
		if (machine.memory[i].base < start)
			start = machine.memory[i].base;
	return start;
}

uint32_t chosen(void)
{
	return fdt_path(&machine.fdt, "/chosen", 7);
}

const char *bootargs(void)
{
	const char *s = NULL;

	if (have_fdt())
		s = fdt_string(&machine.fdt, chosen(), "bootargs");
	return s ? s : "";
}

const char *bootarg(const char *name, size_t *len)
{
	const char *value = NULL;
	size_t n = strlen(name);

	for (const char *p = bootargs(); *p;) {
		const char *word = p;

		while (*p && *p != ' ')
			p++;
		if ((size_t)(p - word) > n && word[n] == '=' &&
		    str_equal_n(word, n, name)) {
			value = word + n + 1;
			*len = (size_t)(p - value);
		}
		while (*p == ' ')
			p++;
	}
	return value;
}

/* HO-09: only nodes with device_type "memory" that are enabled count. */
static void read_memory(const struct fdt *f)
{
	fdt_each_child(f, node, FDT_ROOT) {
		const char *type = fdt_string(f, node, "device_type");
		struct range r = { 0 };

		if (!type || !str_equal(type, "memory") ||
		    !fdt_enabled(f, node))
			continue;
		for (uint32_t i = 0; fdt_reg(f, node, i, &r.base, &r.size); i++)
			if (r.size && machine.memory_count < MAX_MEMORY)
				machine.memory[machine.memory_count++] = r;
	}
}

static void add_reserved(struct range r)
{
	if (r.size && machine.reserved_count < MAX_RESERVED)
		machine.reserved[machine.reserved_count++] = r;
}

static void read_reserved(const struct fdt *f)
{
	uint32_t parent = fdt_path(f, "/reserved-memory", 16);
	struct range r = { 0 };

	for (uint32_t i = 0; fdt_reserve(f, i, &r.base, &r.size); i++) {
		if (!r.size)
			break;
		add_reserved(r);
	}
	fdt_each_child(f, node, parent) {
		uint32_t len;

		if (!fdt_enabled(f, node))
			continue;
		r.no_map = fdt_prop(f, node, "no-map", &len);
		for (uint32_t i = 0; fdt_reg(f, node, i, &r.base, &r.size); i++)
			add_reserved(r);
	}
}

/* HO-03: one or two cells each, both or none. */
static void read_initrd(const struct fdt *f)
{
	uint32_t start_len, end_len;
	const uint8_t *start, *end;

	start = fdt_prop(f, chosen(), "linux,initrd-start", &start_len);
	end = fdt_prop(f, chosen(), "linux,initrd-end", &end_len);
	if (!start || !end || (start_len != 4 && start_len != 8) ||
	    (end_len != 4 && end_len != 8))
		return;
	machine.initrd.base = fdt_cells(start, start_len / 4);
	machine.initrd.size = fdt_cells(end, end_len / 4);
	if (machine.initrd.size > machine.initrd.base)
		machine.initrd.size -= machine.initrd.base;
	else
		machine.initrd.size = 0;
}

static void read_conduit(const struct fdt *f)
{
	uint32_t node = fdt_path(f, "/psci", 5);
	const char *method = fdt_string(f, node, "method");

	if (!method || !fdt_enabled(f, node))
		return;
	if (str_equal(method, "smc"))
		machine.conduit = CONDUIT_SMC;
	else if (str_equal(method, "hvc"))
		machine.conduit = CONDUIT_HVC;
}

void machine_read(uint64_t address)
{
	struct fdt *f = &machine.fdt;

	machine.image.base = (uint64_t)_head;
	machine.image.size = (uint64_t)(_end - _head);
	machine.uart_node = FDT_NONE;
	machine.fdt_address = address;
	/* A wild x0 must give a red row, not a crash. */
	machine.fdt_error = "x0 to point to readable memory";
	if (!probe(read_byte_trial, address))
		machine.fdt_error = fdt_open(f, address);
	if (!machine.fdt_error)
		machine.fdt_error = fdt_check(f);
	if (machine.fdt_error)
		return;
	read_memory(f);
	read_reserved(f);
	read_initrd(f);
	read_conduit(f);
	machine.uart_node = stdout_node();
}
