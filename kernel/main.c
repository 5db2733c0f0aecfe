/* SPDX-License-Identifier: BSD-2-Clause */
/* The conformance kernel: greet, plan, check, sum up, end the machine. */
#include "check.h"
#include "console.h"
#include "machine.h"
#include "print.h"
#include "report.h"

noreturn void kernel_main(const struct entry_state *state);

static uint64_t memory_mib(void)
{
	uint64_t size = 0;

	for (unsigned int i = 0; i < machine.memory_count; i++)
		size += machine.memory[i].size;
	return size >> 20;
}

static void greet(void)
{
	print("\nHello from the conformance kernel.\n");
	print("I run at EL%u on cpu%u (MPIDR 0x%lx); I see %u CPU%s and %lu "
	      "MiB of RAM.\n", current_el(), boot_cpu()->number,
	      boot_cpu()->mpidr, cpu_count, cpu_count == 1 ? "" : "s",
	      memory_mib());
	print("I am at 0x%lx, my device tree at 0x%lx. Let me see whether "
	      "all is as a kernel may expect.\n", machine.image.base,
	      machine.fdt_address);
	print("# bootargs: %s\n", bootargs());
	if (cpu_count == MAX_CPUS)
		print("# CPUs beyond %u are not tested\n", MAX_CPUS);
	if (machine.fdt_error)
		print("# no usable device tree: expected %s\n",
		      machine.fdt_error);
}

static unsigned int planned_rows(void)
{
	unsigned int others = cpu_count - 1;

	return count_checks(ON_BOOT) + cpu_count * count_checks(ON_CPU) +
	       others * (count_checks(ON_SECONDARY) +
			 count_checks(ABOUT_CPU)) + count_checks(ON_END);
}

void kernel_main(const struct entry_state *state)
{
	set_this_cpu(&cpus[0]);
	/* A bad x0 must not end in silence. */
	machine_read(state->x[0]);
	console_init();
	cpus_find(state);
	greet();
	if (current_el() == 3)
		bail_out("entered at EL3, the protocol says EL2 or EL1");
	report_plan(planned_rows());
	run_checks(ON_BOOT, boot_cpu());
	run_checks(ON_CPU, boot_cpu());
	cpus_visit();
	run_checks(ON_END, boot_cpu());
	finish(report_summary());
}
