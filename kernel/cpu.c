/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of CPUs, and what this CPU is. */
#include "cpu.h"
#include "machine.h"
#include "print.h"
#include "spin.h"
#include "str.h"

struct cpu cpus[MAX_CPUS];
uint32_t cpu_count;
static struct cpu *the_boot_cpu;

extern char cpu_stacks[];
extern const char id_register_trial[];

struct cpu *this_cpu(void)
{
	return (struct cpu *)(current_el() == 2 ? read_sysreg(tpidr_el2) :
						  read_sysreg(tpidr_el1));
}

void set_this_cpu(struct cpu *cpu)
{
	if (current_el() == 2)
		write_sysreg(cpu, tpidr_el2);
	else
		write_sysreg(cpu, tpidr_el1);
}

struct cpu *boot_cpu(void)
{
	return the_boot_cpu;
}

/*
 * A CPU that does not show what it has is a red row, not a crash; if nobody
 * handles the trap, the first attempt is the last line.
 */
void read_ids(uint64_t id[ID_COUNT])
{
	static bool announced;

	if (!announced && current_el() == 1)
		announce_probe("BX-18");
	announced = true;
	if (probe(id_register_trial, 0))
		memset(id, 0, ID_COUNT * sizeof(*id));
	else
		read_id_registers(id);
}

unsigned int id_field(enum id_index reg, unsigned int shift)
{
	uint64_t id[ID_COUNT];

	read_ids(id);
	return (id[reg] >> shift) & 15;
}

bool has_el2(void)
{
	return current_el() == 2 || id_field(ID_PFR0, 8);
}

bool has_el3(void)
{
	return id_field(ID_PFR0, 12);
}

static struct cpu *add_cpu(uint64_t mpidr, uint32_t node)
{
	struct cpu *cpu;

	if (cpu_count == MAX_CPUS)
		return NULL;
	cpu = &cpus[cpu_count];
	cpu->mpidr = mpidr;
	cpu->node = node;
	cpu->number = cpu_count++;
	cpu->stack_top = (uint64_t)cpu_stacks +
			 CPU_STACK_SIZE * (cpu->number + 1ul);
	return cpu;
}

static void read_cpu_nodes(const struct fdt *f)
{
	uint32_t parent = fdt_path(f, "/cpus", 5);
	uint64_t mpidr, size;

	fdt_each_child(f, node, parent) {
		const char *type = fdt_string(f, node, "device_type");

		if (type && str_equal(type, "cpu") && fdt_enabled(f, node) &&
		    fdt_reg(f, node, 0, &mpidr, &size))
			add_cpu(mpidr, node);
	}
}

void cpus_find(const struct entry_state *boot_state)
{
	if (have_fdt())
		read_cpu_nodes(&machine.fdt);
	for (uint32_t i = 0; i < cpu_count; i++)
		if (cpus[i].mpidr == current_mpidr())
			the_boot_cpu = &cpus[i];
	if (!the_boot_cpu)
		the_boot_cpu = add_cpu(current_mpidr(), FDT_NONE);
	/* 64 CPUs listed and this one is not: report it instead of the last. */
	if (!the_boot_cpu) {
		the_boot_cpu = &cpus[MAX_CPUS - 1];
		the_boot_cpu->mpidr = current_mpidr();
		the_boot_cpu->node = FDT_NONE;
	}
	memcpy(&the_boot_cpu->entry, boot_state, sizeof(*boot_state));
	the_boot_cpu->state = CPU_STARTED;
	set_this_cpu(the_boot_cpu);
	spin_find();
}
