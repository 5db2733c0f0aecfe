/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the device tree as a file, and about /chosen. */
#include "check.h"
#include "machine.h"
#include "print.h"
#include "str.h"

#define NO_TREE		"no usable device tree"
/* arm64 COMMAND_LINE_SIZE */
#define MAX_BOOTARGS	2048

CHECK(30, bp_dtb_01, ON_BOOT, "BP-DTB-01", "x0 is a multiple of 8")
{
	return want_equal(0, cpu->entry.x[0] & 7);
}

CHECK(30, bp_dtb_02, ON_BOOT, "BP-DTB-02", "header is right, at most 2 MiB")
{
	const struct fdt *f = &machine.fdt;

	if (!f->base || !f->version)
		return fail(machine.fdt_error, cpu->entry.x[0]);
	if (f->version < 16)
		return fail("version 16 or later", f->version);
	return want(f->total <= SZ_2M, "totalsize of at most 2 MiB",
		    f->total);
}

/* Linux maps whole 2 MiB blocks around the tree. */
CHECK(30, bp_dtb_03, ON_BOOT, "BP-DTB-03", "its 2 MiB blocks are plain RAM")
{
	struct range r = fdt_range();
	uint64_t end = (r.base + r.size + SZ_2M - 1) & ~(SZ_2M - 1);

	if (!have_fdt())
		return skip(NO_TREE);
	r.base &= ~(SZ_2M - 1);
	r.size = end - r.base;
	if (!in_memory(r))
		return fail("the blocks inside /memory", r.base);
	for (unsigned int i = 0; i < machine.reserved_count; i++)
		if (machine.reserved[i].no_map &&
		    ranges_meet(r, machine.reserved[i]))
			return fail("no no-map memory in the blocks",
				    machine.reserved[i].base);
	return pass();
}

CHECK(30, bp_dtb_05, ON_BOOT, "BP-DTB-05", "it lies in system RAM")
{
	if (!have_fdt())
		return skip(NO_TREE);
	return want(in_memory(fdt_range()), "an address inside /memory",
		    machine.fdt_address);
}

CHECK(30, ho_01, ON_BOOT, "HO-01", "every token of it is well-formed")
{
	if (!machine.fdt.base)
		return fail("a device tree", cpu->entry.x[0]);
	if (machine.fdt_error)
		return fail(machine.fdt_error, machine.fdt.total);
	return want(machine.fdt.version >= 17 && machine.fdt.last_comp <= 16,
		    "version 17, compatible down to 16", machine.fdt.version);
}

CHECK(31, ho_02, ON_BOOT, "HO-02", "/chosen and bootargs")
{
	uint32_t len = 0;
	const uint8_t *args;

	if (!have_fdt())
		return skip(NO_TREE);
	if (chosen() == FDT_NONE)
		return fail("a node /chosen", 0);
	args = fdt_prop(&machine.fdt, chosen(), "bootargs", &len);
	if (args && (!len || args[len - 1]))
		return fail("bootargs that end in NUL", len);
	return want(len <= MAX_BOOTARGS, "at most 2048 bytes", len);
}

CHECK(31, ho_06, ON_BOOT, "HO-06", "kaslr-seed is 8 bytes, not 0")
{
	uint32_t len;
	const uint8_t *seed;

	if (!have_fdt())
		return skip(NO_TREE);
	seed = fdt_prop(&machine.fdt, chosen(), "kaslr-seed", &len);
	if (!seed)
		return skip("no kaslr-seed");
	if (len != 8)
		return fail("8 bytes", len);
	return want(fdt_cells(seed, 2), "a value other than 0", 0);
}

CHECK(31, ho_07, ON_BOOT, "HO-07", "rng-seed is 32 bytes or more, not constant")
{
	uint32_t len;
	const uint8_t *seed;

	if (!have_fdt())
		return skip(NO_TREE);
	seed = fdt_prop(&machine.fdt, chosen(), "rng-seed", &len);
	if (!seed)
		return skip("no rng-seed");
	if (len < 32)
		return fail("32 bytes or more", len);
	for (uint32_t i = 1; i < len; i++)
		if (seed[i] != seed[0])
			return pass();
	return fail("different bytes", seed[0]);
}

CHECK(32, ho_08_path, ON_BOOT, "HO-08", "stdout-path leads to an enabled node")
{
	if (!have_fdt())
		return skip(NO_TREE);
	if (!fdt_string(&machine.fdt, chosen(), "stdout-path"))
		return fail("stdout-path in /chosen", 0);
	if (machine.uart_node == FDT_NONE)
		return fail("the node that stdout-path names", 0);
	return want(fdt_enabled(&machine.fdt, machine.uart_node),
		    "status okay", 0);
}

/* An early console writes without any set-up of its own. */
CHECK(32, ho_08_running, ON_BOOT, "HO-08", "the console UART is left running")
{
	return want(uart_was_on(), "an enabled UART and transmitter", 0);
}

CHECK(33, ho_13, ON_BOOT, "HO-13", "the reserve map ends once, with 0,0")
{
	const struct fdt *f = &machine.fdt;
	uint64_t base, size;
	uint32_t i = 0;

	if (!have_fdt())
		return skip(NO_TREE);
	if (f->reserves % 8)
		return fail("8-byte alignment", f->reserves);
	while (fdt_reserve(f, i, &base, &size)) {
		if (!size)
			return want(!base, "no entry of size 0 before the end",
				    base);
		i++;
	}
	return fail("an entry 0,0 at the end", i);
}
