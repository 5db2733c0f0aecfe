/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of a CPU in the monitor: the primary goes on to the loader, a
 * secondary sleeps until CPU_ON sends it to the kernel.
 */

#include "monitor.h"
#include "asm/crash_test.h"
#include "asm/guard.h"
#include "asm/poison.h"
#include "asm/quiet.h"
#include "asm/reset.h"
#include "asm/sysreg.h"
#include "mutation.h"
#include "print.h"
#include "semihosting.h"
#include "uart.h"

_Static_assert(sizeof(struct cpu) == CPU_SIZE, "entry.S computes with it");
_Static_assert(offsetof(struct cpu, hold) == CPU_HOLD, "reset.S polls it");
_Static_assert(offsetof(struct cpu, stack) == CPU_STACK, "stack at the end");
_Static_assert(sizeof(struct smc_frame) == SMC_FRAME_SIZE, "entry.S saves it");

/* A section of its own, so that reset.S finds it by __monitor_hold. */
struct cpu cpus[CONFIG_NR_CPUS] __attribute__((section(".hold"), aligned(64)));

/* The counter's frequency, the same for every CPU (BP-TMR-01). */
static uint64_t counter_freq;

uint64_t cpu_mpidr(const struct cpu *cpu)
{
	const uint64_t index = cpu - cpus;

	return index / 16 << 8 | index % 16;
}

struct cpu *cpu_self(void)
{
	return &cpus[hold_index(sysreg_read(MPIDR_EL1))];
}

void monitor_refuse_say(const char *found, const char *built,
			const char *remedy)
{
	print("monitor: machine: %s; this image is built for %s: %s\n", found,
	      built, remedy);
	uart_flush();
	if (IS_ENABLED(CONFIG_FAIL_EXIT))
		semihosting_exit(1);
	while (true)
		__asm__ volatile("wfi");
}

/* The wrong machine is named before the first access that would trap. */
static void machine_check(const struct id_regs *ids)
{
	const bool el2 = gate_field(ids, ID_PFR0, 8);
	const bool gicv3 = gate_field(ids, ID_PFR0, 24);

	if (IS_ENABLED(CONFIG_EL2_PRESENT) && !el2)
		monitor_refuse("the CPU has no EL2", "EL2_PRESENT=y",
			       "start QEMU with -M virtualization=on, or build with EL2_PRESENT=n");
	if (IS_ENABLED(CONFIG_GICV3) && !gicv3)
		monitor_refuse("GICv2", "GICv3",
			       "start QEMU with -M gic-version=3, or build with gicv2.config");
	if (IS_ENABLED(CONFIG_GICV2) && gicv3)
		monitor_refuse("GICv3", "GICv2",
			       "start QEMU with -M gic-version=2, or build with gicv3.config");
}

/*
 * All that a CPU needs before it may run Non-secure code, also in its second
 * life after CPU_OFF: streaming mode and timers must not be left running.
 */
static void cpu_setup_el3(struct cpu *self, const struct id_regs *ids)
{
	features_setup(ids, KERNEL_EL);
	cpu_quiet();
	sysreg_write(CNTFRQ_EL0, counter_freq);
	gic_cpu_init(self);
	if (gate_field(ids, ID_PFR0, 8))
		el2_setup(ids, KERNEL_EL);
	else
		sysreg_write(SCTLR_EL1, SCTLR_EL1_RES1);
}

static void monitor_set_return(uint64_t entry, unsigned int el)
{
	sysreg_write(ELR_EL3, entry);
	sysreg_write(SPSR_EL3, SPSR_DAIF |
		     (el == 2 ? SPSR_EL2h : SPSR_EL1h));
}

/*
 * Secondaries that wait in the reset code may come in now. One that comes
 * later is let in by the first PSCI call about it.
 */
static void secondaries_admit(void)
{
	unsigned int i;

	for (i = 0; i < CONFIG_NR_CPUS; i++) {
		if (cpus[i].hold == HOLD_HERE)
			cpus[i].hold = HOLD_GO;
	}
	dsb_sy();
	__asm__ volatile("sev");
}

/* For the suite: as the loader's crash_test.c. */
static __attribute__((noinline)) void crash_overrun(void)
{
	volatile char buffer[16];
	volatile char *at = buffer;
	unsigned int i;

	__asm__("" : "+r"(at));
	for (i = 0; i < 64; i++)
		at[i] = 'x';
}

void monitor_main(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3,
		  uint64_t image)
{
	struct cpu *self = cpu_self();
	struct id_regs ids;
	bool random;

	if (IS_ENABLED(CONFIG_STACK_PROTECTOR))
		__stack_chk_guard = guard_canary(guard_number(&random));
	id_regs_read(&ids);
	uart_init();
	machine_check(&ids);
	counter_freq = CONFIG_TIMER_FREQ ? CONFIG_TIMER_FREQ :
					   sysreg_read(CNTFRQ_EL0);
	if (IS_ENABLED(CONFIG_ROLLBACK))
		rollback_init();
	gic_init();
	self->hold = HOLD_IN;
	self->state = CPU_STATE_ON;
	cpu_setup_el3(self, &ids);
	secondaries_admit();
	if (CRASH_TEST_IS("monitor"))
		__asm__ volatile("udf #0");
	if (CRASH_TEST_IS("mon-canary"))
		crash_overrun();
	monitor_set_return(monitor_loader_entry, LOADER_EL);
	if (IS_ENABLED(CONFIG_NARRATE))
		narrate_monitor(image);
	monitor_exit(x0, x1, x2, x3, image | LOADER_FROM_MONITOR);
}

/* Unsafe test builds: after all that sets a secondary up. */
static void secondary_mutate(void)
{
	static uint32_t visits;

	features_mutate(true);
	/* Only a CPU that comes again. */
	if (mutation_is(MUTATION_SECONDARY_AGAIN) && visits++)
		sysreg_write(SPSR_EL3, sysreg_read(SPSR_EL3) & ~SPSR_A);
	if (mutation_is(MUTATION_SECONDARY_CNTFRQ))
		sysreg_write(CNTFRQ_EL0, counter_freq + 1);
	if (mutation_is(MUTATION_SECONDARY_TIMER))
		sysreg_write(CNTV_CTL_EL0, CNT_CTL_ENABLE | CNT_CTL_IMASK);
	sysreg_write(SPSR_EL3, mutation_pstate(sysreg_read(SPSR_EL3)));
}

/* The level of the kernel, or in a fault the other one. */
static unsigned int secondary_el(void)
{
	return mutation_is(MUTATION_SECONDARY_EL) ? 3 - KERNEL_EL : KERNEL_EL;
}

/* For a fault: has this CPU been here before, in an earlier life? */
static bool secondary_was_here(const struct cpu *self)
{
	static bool here[CONFIG_NR_CPUS];
	const bool before = here[self - cpus];

	here[self - cpus] = true;
	return before;
}

void monitor_secondary(void)
{
	struct cpu *self = cpu_self();
	struct id_regs ids;

	self->hold = HOLD_IN;
	if (IS_ENABLED(CONFIG_POISON))
		poison_el3();
	id_regs_read(&ids);
	if (!mutation_is(MUTATION_SECONDARY_ONCE) ||
	    !secondary_was_here(self))
		cpu_setup_el3(self, &ids);
	while (self->state != CPU_STATE_ON_PENDING)
		gic_wait(self);
	/* Once the lock is ours, the one who wants us has sent the wake-up. */
	lock_take(self);
	self->state = CPU_STATE_ON;
	lock_release(self);
	gic_wake_done();
	monitor_set_return(self->entry, secondary_el());
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD))
		secondary_mutate();
	monitor_exit(self->context + mutation_is(MUTATION_SECONDARY_X0),
		     mutation_is(MUTATION_SECONDARY_X1),
		     mutation_is(MUTATION_SECONDARY_X2),
		     mutation_is(MUTATION_SECONDARY_X3), 0);
}
