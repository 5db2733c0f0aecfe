/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about CPUs that wait in a spin table, by the boot CPU (BP-SPIN-*). */
#include "check.h"
#include "fill.h"
#include "machine.h"
#include "smp.h"
#include "spin.h"

#define OTHER_METHOD	"enable-method is not spin-table"
#define NO_WORD		"no usable cpu-release-addr"

/* NULL, or why @cpu cannot be released by a word. */
static const char *no_word(const struct spin *spin)
{
	if (!spin->used)
		return OTHER_METHOD;
	return spin->address && spin->before != UINT64_MAX ? NULL : NO_WORD;
}

/* Linux reads one u64, whatever #address-cells says. */
CHECK(58, bp_spin_01, ABOUT_CPU, "BP-SPIN-01", "cpu-release-addr is one u64")
{
	const struct spin *spin = spin_of(cpu);

	return spin->used ? want_equal(8, spin->length) : skip(OTHER_METHOD);
}

CHECK(58, bp_spin_02, ABOUT_CPU, "BP-SPIN-02", "the release word is aligned")
{
	const struct spin *spin = spin_of(cpu);

	if (!spin->used || !spin->address)
		return skip(spin->used ? NO_WORD : OTHER_METHOD);
	return want_equal(0, spin->address % 8);
}

CHECK(58, bp_spin_03, ABOUT_CPU, "BP-SPIN-03", "the release word is 0 at first")
{
	const struct spin *spin = spin_of(cpu);
	const char *why = no_word(spin);

	return why ? skip(why) : want_equal(0, spin->at_first);
}

static bool in_memreserve(uint64_t address)
{
	struct range r = { 0 }, word = { address, 8, false };

	for (uint32_t i = 0; fdt_reserve(&machine.fdt, i, &r.base, &r.size);
	     i++) {
		if (!r.size)
			break;
		if (word.base >= r.base && word.base - r.base < r.size)
			return true;
	}
	return false;
}

static struct verdict arrives(const struct cpu *cpu, const char *expected)
{
	const char *why = no_word(spin_of(cpu));

	return why ? skip(why) :
	       want(first_entry(cpu)->currentel, expected, cpu->mpidr);
}

/* Where the loop is cannot be asked; that it was overwritten, it can tell. */
CHECK(58, bp_spin_04, ABOUT_CPU, "BP-SPIN-04", "the loop is where we do not write")
{
	if (!fill_done())
		return skip("free RAM was not overwritten");
	return arrives(cpu, "the CPU to survive what the kernel writes");
}

CHECK(58, bp_spin_05, ABOUT_CPU, "BP-SPIN-05", "/memreserve/ has the release word")
{
	const struct spin *spin = spin_of(cpu);

	if (!spin->used || !spin->address)
		return skip(spin->used ? NO_WORD : OTHER_METHOD);
	return want(in_memreserve(spin->address), "a reserved word",
		    spin->address);
}

/* A CPU whose loop or word is overwritten is red above, with the cause. */
static struct verdict released(const struct cpu *cpu, const char *expected)
{
	const struct spin *spin = spin_of(cpu);

	return spin->at_first == spin->before ? arrives(cpu, expected) :
	       skip("its release word was overwritten");
}

CHECK(58, bp_spin_06, ABOUT_CPU, "BP-SPIN-06", "it wakes up by SEV and comes")
{
	return released(cpu, "the CPU to arrive");
}

CHECK(58, bp_spin_07, ABOUT_CPU, "BP-SPIN-07",
      "it takes the word as 64 bits, little-endian")
{
	return released(cpu, "the CPU at the address that was written");
}

CHECK(58, bp_spin_08, ABOUT_CPU, "BP-SPIN-08", "it comes as the boot CPU came")
{
	const struct entry_state *e = first_entry(cpu);

	if (!spin_of(cpu)->used)
		return skip(OTHER_METHOD);
	if (!e->currentel)
		return skip("the CPU did not come");
	if (e->sctlr & (SCTLR_M | SCTLR_C))
		return fail("MMU and data cache off", e->sctlr);
	if (e->currentel != boot_cpu()->entry.currentel)
		return fail("the same exception level", e->currentel >> 2);
	return want(!(e->x[0] | e->x[1] | e->x[2] | e->x[3]), "x0 to x3 = 0",
		    e->x[0] | e->x[1] | e->x[2] | e->x[3]);
}

CHECK(58, ho_14_word, ABOUT_CPU, "HO-14", "its release word is not free RAM")
{
	const struct spin *spin = spin_of(cpu);
	const char *why = no_word(spin);

	if (why || !fill_done())
		return skip(why ? why : "free RAM was not overwritten");
	return want_equal(spin->at_first, spin->before);
}

CHECK(58, ho_27, ABOUT_CPU, "HO-27", "it waits for its release word")
{
	const struct spin *spin = spin_of(cpu);
	const char *why = no_word(spin);

	if (why)
		return skip(why);
	return want(!spin->early, "it to come after the word is written",
		    spin->address);
}
