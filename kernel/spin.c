/* SPDX-License-Identifier: BSD-2-Clause */
/* Releases CPUs from a spin table, and holds them until their turn comes. */
#include "io.h"
#include "machine.h"
#include "smp.h"
#include "spin.h"
#include "str.h"
#include "time.h"

/* It only has to read a word and jump, with nobody in between. */
#define PATIENCE_SPIN_MS	3000

static struct spin spins[MAX_CPUS];
static bool spins_read;

extern const char read32_trial[], release_trial[];

const struct spin *spin_of(const struct cpu *cpu)
{
	return &spins[cpu->number];
}

/* The word, or all ones if it cannot be read. */
static uint64_t read_word(uint64_t address)
{
	if (address % 8 || probe(read32_trial, address))
		return UINT64_MAX;
	return read64(address);
}

static void read_node(const struct cpu *cpu, struct spin *spin)
{
	const struct fdt *f = &machine.fdt;
	const char *method = fdt_string(f, cpu->node, "enable-method");
	const uint8_t *value;

	spin->used = method && str_equal(method, "spin-table");
	if (!spin->used)
		return;
	value = fdt_prop(f, cpu->node, "cpu-release-addr", &spin->length);
	if (!value)
		spin->length = 0;
	else if (spin->length == 4 || spin->length == 8)
		spin->address = fdt_cells(value, spin->length / 4);
	if (spin->address)
		spin->at_first = read_word(spin->address);
}

void spin_find(void)
{
	if (!have_fdt())
		return;
	for (uint32_t i = 0; i < cpu_count; i++)
		if (cpus[i].node != FDT_NONE)
			read_node(&cpus[i], &spins[i]);
}

/* Those whose word is shared change when the first of them is released. */
static void read_all_words(void)
{
	for (uint32_t i = 0; i < cpu_count && !spins_read; i++)
		if (spins[i].address)
			spins[i].before = read_word(spins[i].address);
	spins_read = true;
}

bool spin_release(const struct cpu *cpu)
{
	struct spin *spin = &spins[cpu->number];
	uint64_t end;

	read_all_words();
	if (!spin->address || spin->before == UINT64_MAX)
		return false;
	/* A word of its own that nobody has written yet. */
	spin->early = spin->in_pen &&
		      read64(spin->address) != (uint64_t)secondary_entry;
	announce_probe("BP-SPIN-06");
	end = deadline(PATIENCE_SPIN_MS);
	write64(spin->address, (uint64_t)secondary_entry);
	probe(release_trial, spin->address);
	while (!spin->in_pen)
		if (expired(end))
			return false;
	spin->turn = true;
	dsb();
	return true;
}

void spin_wait_turn(const struct cpu *cpu)
{
	struct spin *spin = &spins[cpu->number];

	spin->in_pen = true;
	dsb();
	while (!spin->turn)
		yield();
}
