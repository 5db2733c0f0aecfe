/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: expected ones of probes, interrupts that a check waits for. */
#include "cpu.h"
#include "gic.h"
#include "print.h"
#include "repeat.h"
#include "report.h"

/* Vector numbers: group * 4 + kind; group 1 is the current EL with SP_ELx. */
#define KIND(vector)	((vector) & 3)
#define KIND_SYNC	0
#define KIND_IRQ	1
#define KIND_FIQ	2

/* A trial has a handful of instructions; more exceptions mean a loop. */
#define MAX_HITS	8

uint64_t probe_value;

void exception(uint64_t vector, struct frame *frame);
noreturn void exception_in_exception(void);

static noreturn void crash(uint64_t vector, const struct frame *frame)
{
	const struct cpu *cpu = this_cpu();

	print("\n# unexpected exception, vector %lu, EL%u, cpu%u\n", vector,
	      current_el(), cpu ? cpu->number : 0);
	print("# ELR _head+0x%lx ESR 0x%lx FAR 0x%lx SPSR 0x%lx LR 0x%lx\n",
	      frame->elr - (uint64_t)_head, frame->esr, frame->far,
	      frame->spsr, frame->x[30] - (uint64_t)_head);
	write_sysreg(0, tpidrro_el0);
	bail_out("unexpected exception");
}

/* Called by vectors.S with a fresh stack; the first time it still reports. */
void exception_in_exception(void)
{
	static unsigned int times;

	if (!times++)
		bail_out("exception inside the exception handler");
	uart_drain();
	for (;;)
		asm volatile("wfi");
}

static void probe_hit(struct probe_state *state, struct frame *frame)
{
	unsigned int ec = (unsigned int)ESR_EC(frame->esr);

	if (!state->hits++) {
		state->esr = frame->esr;
		state->elr = frame->elr;
	}
	/* Nothing can be fetched there: back to who jumped. */
	if (ec == EC_INSN_ABORT)
		frame->elr = frame->x[30];
	/* SVC, HVC and SMC that were taken have ELR behind them already. */
	else if (ec < 0x15 || ec > 0x17)
		frame->elr += 4;
}

void exception(uint64_t vector, struct frame *frame)
{
	struct cpu *cpu = this_cpu();

	if (current_el() == 3 || !cpu)
		crash(vector, frame);
	if (KIND(vector) == KIND_SYNC && cpu->probe.armed &&
	    cpu->probe.hits < MAX_HITS)
		probe_hit(&cpu->probe, frame);
	else if (KIND(vector) == KIND_IRQ && cpu->probe.armed)
		cpu->irq_id = gic_take_irq(cpu);
	else if (KIND(vector) == KIND_FIQ && cpu->probe.armed) {
		cpu->fiq_count++;
		frame->spsr |= DAIF_F;
	} else
		crash(vector, frame);
}

uint64_t probe(const void *fn, uint64_t arg)
{
	struct cpu *cpu = this_cpu();
	uint64_t (*trial)(uint64_t) = (uint64_t (*)(uint64_t))(uint64_t)fn;

	cpu->probe.hits = 0;
	cpu->probe.esr = 0;
	cpu->probe.armed = true;
	isb();
	probe_value = trial(arg);
	isb();
	cpu->probe.armed = false;
	return cpu->probe.hits ? cpu->probe.esr : 0;
}

/* A row that runs once more is silent: 300 lines would say nothing new. */
void announce_probe(const char *id)
{
	if (repeating())
		return;
	print("# probe %s cpu%u\n", id, this_cpu()->number);
	uart_drain();
}

uint64_t risky_probe(const char *id, const void *fn, uint64_t arg)
{
	announce_probe(id);
	return probe(fn, arg);
}
