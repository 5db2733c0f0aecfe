/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Brings up each CPU by PSCI, lets it check itself, switches it off, and
 * fetches it once more with a magic context id (PS-03). One CPU runs at a
 * time, so plain memory is a good enough mailbox with the MMU off. A CPU of a
 * spin table comes once and stays.
 */
#include "check.h"
#include "clock.h"
#include "print.h"
#include "psci.h"
#include "repeat.h"
#include "smp.h"
#include "spin.h"
#include "str.h"
#include "time.h"

#define MAGIC_BASE	0xa91e7c0de0000000ul

static struct entry_state first_entries[MAX_CPUS];

const struct entry_state *first_entry(const struct cpu *cpu)
{
	return &first_entries[cpu->number];
}

static struct verdict second_verdicts[MAX_CPUS];

const struct verdict *second_verdict(const struct cpu *cpu)
{
	return &second_verdicts[cpu->number];
}

static bool wait_for(struct cpu *cpu, enum cpu_state state)
{
	uint64_t end = deadline(PATIENCE_MS);

	while (cpu->state < state) {
		if (expired(end))
			return false;
		clock_look();
	}
	dsb();
	return true;
}

static int64_t affinity_info(const struct cpu *cpu)
{
	return psci(PSCI_AFFINITY_INFO, cpu->mpidr, 0, 0);
}

/* PS-05: Linux polls for 100 ms; the host may be slow, so wait longer. */
int64_t cpu_wait_off(const struct cpu *cpu)
{
	uint64_t end = deadline(PATIENCE_MS);
	int64_t info;

	do {
		info = affinity_info(cpu);
	} while (info != 1 && !expired(end));
	return info;
}

int64_t cpu_start(const struct cpu *cpu, uint64_t context)
{
	return psci(PSCI_CPU_ON, cpu->mpidr, (uint64_t)secondary_entry,
		    context);
}

static void tell_to_leave(struct cpu *cpu, uint32_t times)
{
	cpu->leave = times;
	dsb();
	asm volatile("sev");
}

static noreturn void go_off(struct cpu *cpu)
{
	cpu->calls.off_returned = (uint64_t)psci(PSCI_CPU_OFF, 0, 0, 0);
	cpu->state = CPU_WOULD_NOT_GO;
	for (;;)
		asm volatile("wfi");
}

static noreturn void leave(struct cpu *cpu, uint32_t times)
{
	while (spin_of(cpu)->used)
		asm volatile("wfe");
	while (cpu->leave < times)
		yield();
	go_off(cpu);
}

/* A third visit that nobody asked for finds the state behind this one. */
static noreturn void second_visit(struct cpu *cpu)
{
	if (cpu->state == CPU_CHECKED) {
		cpu->state = CPU_CAME_BACK;
		dsb();
		second_verdicts[cpu->number] = repeat_rows(cpu);
		dsb();
		cpu->state = CPU_CHECKED_AGAIN;
	}
	dsb();
	leave(cpu, 2);
}

void secondary_main(struct cpu *cpu)
{
	set_this_cpu(cpu);
	if (spin_of(cpu)->used)
		spin_wait_turn(cpu);
	if (cpu->errand) {
		cpu->errand(cpu);
		go_off(cpu);
	}
	if (cpu->state >= CPU_CHECKED)
		second_visit(cpu);
	memcpy(&first_entries[cpu->number], &cpu->entry, sizeof(cpu->entry));
	cpu->state = CPU_ARRIVED;
	dsb();
	run_checks(ON_SECONDARY, cpu);
	run_checks(ON_CPU, cpu);
	if (cpu->state == CPU_ARRIVED)
		cpu->state = CPU_CHECKED;
	dsb();
	leave(cpu, 1);
}

/* The second visit: only to see what CPU_ON hands over. */
static void visit_again(struct cpu *cpu)
{
	announce_probe("PS-03");
	cpu->calls.magic = MAGIC_BASE + cpu->number;
	cpu->calls.on_again = cpu_start(cpu, cpu->calls.magic);
	if (cpu->calls.on_again || !wait_for(cpu, CPU_CAME_BACK) ||
	    !wait_for(cpu, CPU_CHECKED_AGAIN))
		return;
	tell_to_leave(cpu, 2);
	cpu->calls.info_at_end = cpu_wait_off(cpu);
}

/* Return: the CPU came, ran all its rows and may be told to leave. */
static bool visit(struct cpu *cpu)
{
	struct cpu_calls *calls = &cpu->calls;

	calls->before = affinity_info(cpu);
	announce_probe("BP-PSCI-02");	/* each wait is long: say for what */
	calls->on = cpu_start(cpu, 0);
	if (calls->on || !wait_for(cpu, CPU_ARRIVED) ||
	    !wait_for(cpu, CPU_CHECKED))
		return false;
	calls->info_while_on = affinity_info(cpu);
	calls->on_while_on = cpu_start(cpu, 0);
	announce_probe("PS-04");
	tell_to_leave(cpu, 1);
	calls->info_after_off = cpu_wait_off(cpu);
	if (calls->info_after_off == 1)
		visit_again(cpu);
	return true;
}

/* A CPU that does not come is red once, in BP-PSCI-02, not in every row. */
static void give_up(struct cpu *cpu)
{
	bool arrived = cpu->state >= CPU_ARRIVED;

	cpu->state = CPU_GIVEN_UP;
	dsb();
	refuse_rest(cpu, arrived ?
		    fail("the CPU to come back from this", cpu->rows_done) :
		    skip("the CPU did not come"));
}

static bool visit_spinning(struct cpu *cpu)
{
	return spin_release(cpu) && wait_for(cpu, CPU_ARRIVED) &&
	       wait_for(cpu, CPU_CHECKED);
}

static void visit_and_report(struct cpu *cpu)
{
	if (!(spin_of(cpu)->used ? visit_spinning(cpu) : visit(cpu)))
		give_up(cpu);
	run_checks(ABOUT_CPU, cpu);
}

void cpus_visit(void)
{
	for (uint32_t i = 0; i < cpu_count; i++)
		if (&cpus[i] != boot_cpu())
			visit_and_report(&cpus[i]);
}
