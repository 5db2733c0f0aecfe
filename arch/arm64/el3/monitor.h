/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The EL3 monitor's own contract. It runs with the MMU off from memory that
 * only the secure world can write: every access is Device memory, so there
 * is no cache to maintain, no exclusive access may be used (Arm ARM B2.2),
 * and everything is compiled with strict alignment.
 */
#ifndef MONITOR_H
#define MONITOR_H

#include "asm/hold.h"

/* Offsets and sizes for entry.S, asserted against the C view below. */
#define CPU_HOLD		0
#define CPU_STACK		56
#ifdef CONFIG_NARRATE
#define CPU_SIZE		2048	/* print() on the stack of a CPU */
#elif defined(CONFIG_UNSAFE_TEST_BUILD)
#define CPU_SIZE		1024	/* features_mutate() nests deeper */
#elif defined(CONFIG_ROLLBACK)
#define CPU_SIZE		1024	/* counter_write() nests deeper */
#else
#define CPU_SIZE		512
#endif
#define SMC_FRAME_SIZE		176

/* The highest Non-secure level, and the one in which the kernel starts. */
#ifdef CONFIG_KERNEL_EL2
#define KERNEL_EL		2
#else
#define KERNEL_EL		1
#endif
#ifdef CONFIG_EL2_PRESENT
#define LOADER_EL		2
#else
#define LOADER_EL		1
#endif

#ifndef __ASSEMBLER__
#include "asm/duty.h"
#include "types.h"

enum cpu_state { CPU_STATE_OFF, CPU_STATE_ON_PENDING, CPU_STATE_ON };

struct cpu {
	volatile uint64_t hold;		/* HOLD_HERE, HOLD_GO, HOLD_IN */
	volatile uint32_t state;	/* enum cpu_state, under the lock */
	volatile uint32_t gic_target;	/* GICv2: its CPU interface, a bit */
	volatile uint64_t entry;	/* where CPU_ON sends it */
	volatile uint64_t context;	/* x0 there */
	volatile uint64_t lock_ticket;
	volatile uint64_t lock_choosing;
	volatile uint64_t bottom;	/* 0, or the stack has overrun it */
	uint8_t stack[CPU_SIZE - CPU_STACK];
};

extern struct cpu cpus[CONFIG_NR_CPUS];

/* What C may change of the caller's registers; x0..x3 are results. */
struct smc_frame {
	uint64_t x[19];
	uint64_t x29;
	uint64_t x30;
	uint64_t pad;
};

/* The affinity of a record's CPU, the inverse of hold_index(). */
uint64_t cpu_mpidr(const struct cpu *cpu);

/* The record of the CPU that calls. */
struct cpu *cpu_self(void);

/* entry.S: park again with an empty stack; used by CPU_OFF. */
noreturn void monitor_park(void);

/* entry.S: ERET with x0..x4 as given and every other register 0. */
noreturn void monitor_exit(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3,
			   uint64_t x4);

/* entry.S: where a CPU that comes out of reset enters the monitor. */
void monitor_warm_entry(void);

/* exit.S: the address at which the loader starts, in Non-secure memory. */
extern const uint64_t monitor_loader_entry;

/* Called by entry.S. */
noreturn void monitor_main(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3,
			   uint64_t image);
noreturn void monitor_secondary(void);
void monitor_trap(struct smc_frame *frame);

/* EL3's system registers on this CPU (features.c). */
void features_setup(const struct id_regs *ids, unsigned int kernel_el);

/* Unsafe test builds: put the fault that the build asks for into this CPU. */
void features_mutate(bool secondary);

/* One lock for the PSCI state (lock.c); @self may take it once. */
void lock_take(struct cpu *self);
void lock_release(struct cpu *self);

/*
 * Is @cpu in the monitor, and no longer in the image? Where that lies in RAM,
 * the kernel may write over it. One that waits there is let in (psci.c).
 */
bool cpu_has_arrived(struct cpu *cpu);

/* CONFIG_ROLLBACK: read the counter, once, on the primary (rollback.c). */
void rollback_init(void);

/* The GIC driver of the variant (gicv2.c, gicv3.c or gic_none.c). */
void gic_init(void);			/* once, on the primary */
void gic_cpu_init(struct cpu *self);	/* each CPU, before it runs */
void gic_wake(const struct cpu *target);	/* end its gic_wait() */
void gic_wait(struct cpu *self);	/* sleep till gic_wake() or spuriously */
void gic_wake_done(void);		/* forget a gic_wake() not waited for */

/* CONFIG_NARRATE: what was set up, before the loader starts (narrate.c). */
void narrate_monitor(uint64_t image);

/* Print what was found, what was built for, the remedy; never return. */
noreturn void monitor_refuse(const char *found, const char *built,
			     const char *remedy);
noreturn void monitor_refuse_say(const char *found, const char *built,
				 const char *remedy);	/* from exit.S only */
#endif
#endif
