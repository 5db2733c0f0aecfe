/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows around the overwriting of all the RAM that the kernel was given. The
 * first row does it; the others ask who was hurt, now and at the end.
 */
#include "check.h"
#include "fill.h"
#include "io.h"
#include "machine.h"
#include "psci.h"
#include "smp.h"
#include "str.h"

#define NO_MEMORY	"no memory in a usable device tree"
#define NOT_FILLED	"free RAM was not overwritten"

extern char cpu_stacks[];

/* What the row BP-MEM-03 has done; it may be left out. */
static struct fill_result fill;

bool fill_done(void)
{
	return fill.done && !fill.esr;
}

/* What the boot CPU saw before; a static because rows share it. */
static struct {
	uint64_t tree, initrd;
	int64_t version, cpu_on, info[MAX_CPUS];
} before;

static void ask_firmware(int64_t *version, int64_t *cpu_on, int64_t *info)
{
	*version = psci(PSCI_VERSION, 0, 0, 0);
	*cpu_on = psci(PSCI_FEATURES, PSCI_CPU_ON, 0, 0);
	for (uint32_t i = 0; i < cpu_count; i++)
		info[i] = psci(PSCI_AFFINITY_INFO, cpus[i].mpidr, 0, 0);
}

/* BSS and stacks count from the end of the file: HO-21. */
static struct range spare_stacks(void)
{
	uint64_t first = (uint64_t)cpu_stacks + cpu_count * CPU_STACK_SIZE;
	uint64_t end = (uint64_t)cpu_stacks + MAX_CPUS * CPU_STACK_SIZE;

	return (struct range){ first, end - first, false };
}

static uint64_t stack_word(uint64_t address)
{
	return address * 0x9e3779b97f4a7c15ul;
}

static void fill_spare_stacks(void)
{
	struct range r = spare_stacks();

	for (uint64_t a = r.base; a < r.base + r.size; a += 8)
		write64(a, stack_word(a));
}

CHECK(90, bp_mem_03, ON_BOOT, "BP-MEM-03",
      "overwriting all free RAM harms nobody")
{
	struct range d = fdt_range(), i = machine.initrd;

	if (!machine.memory_count)
		return skip(NO_MEMORY);
	before.tree = digest(d.base, d.size);
	before.initrd = digest(i.base, i.size);
	ask_firmware(&before.version, &before.cpu_on, before.info);
	announce_probe("BP-MEM-03");
	fill_spare_stacks();
	fill = fill_free_memory();
	if (fill.esr)
		return fail("RAM that can be written", fill.where);
	if (digest(d.base, d.size) != before.tree)
		return fail("an unchanged device tree", d.base);
	return want(digest(i.base, i.size) == before.initrd,
		    "an unchanged initrd", i.base);
}

/* Memory whose addresses wrap would hold the address of another line. */
CHECK(91, ho_10, ON_BOOT, "HO-10", "no RAM is there twice")
{
	if (!fill_done())
		return skip(NOT_FILLED);
	announce_probe("HO-10");
	return want_equal(0, filled_changed());
}

/* Secure or missing memory that is called RAM refuses us. */
CHECK(91, ho_11, ON_BOOT, "HO-11", "RAM of /memory is ours to use")
{
	return fill.done ? want_equal(0, fill.esr) : skip(NOT_FILLED);
}

CHECK(91, ho_14, ON_BOOT, "HO-14", "what firmware keeps in RAM is reserved")
{
	int64_t version, cpu_on, info[MAX_CPUS];

	if (!fill_done())
		return skip(NOT_FILLED);
	if (!psci_usable())
		return skip("no usable PSCI");
	announce_probe("HO-14");
	ask_firmware(&version, &cpu_on, info);
	if (version != before.version || cpu_on != before.cpu_on)
		return fail("PSCI to answer as before", (uint64_t)version);
	for (uint32_t i = 0; i < cpu_count; i++)
		if (info[i] != before.info[i])
			return fail("AFFINITY_INFO as before",
				    (uint64_t)info[i]);
	return pass();
}

CHECK(59, bp_psci_01, ABOUT_CPU, "BP-PSCI-01",
      "it comes although free RAM was overwritten")
{
	if (!fill_done())
		return skip(NOT_FILLED);
	if (!psci_usable())
		return skip("no usable PSCI");
	return want(first_entry(cpu)->currentel, "the CPU to arrive",
		    cpu->mpidr);
}

CHECK(94, ho_21, ON_END, "HO-21", "nobody lives behind the file, in image_size")
{
	struct range r = spare_stacks();

	if (!fill_done())
		return skip(NOT_FILLED);
	for (uint64_t a = r.base; a < r.base + r.size; a += 8)
		if (read64(a) != stack_word(a))
			return fail("words as they were written", a);
	return pass();
}

/* The loader's stack is where SP still points to when it has left. */
CHECK(94, ho_22, ON_END, "HO-22", "nobody uses the stack of the entry again")
{
	uint64_t sp = boot_cpu()->entry.sp & ~63ul;

	if (!fill_done())
		return skip(NOT_FILLED);
	if (!was_filled(sp))
		return skip("SP of the entry is not in free RAM");
	for (uint64_t a = sp & ~0xffful; a < (sp | 0xfff); a += 64)
		if (read64(a) != ~a)
			return fail("words as they were written", a);
	return pass();
}

/* Whoever still wrote there was no CPU of ours. */
CHECK(94, bp_dma_01_ram, ON_END, "BP-DMA-01", "free RAM is as it was written")
{
	if (!fill_done())
		return skip(NOT_FILLED);
	return want_equal(0, filled_changed());
}
