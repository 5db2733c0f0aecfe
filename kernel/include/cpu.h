/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel knows about each CPU, and how CPUs come and go. */
#ifndef KERNEL_CPU_H
#define KERNEL_CPU_H

#include "entry.h"
#include "fdt.h"
#include "sysreg.h"

/* Results of code that was allowed to take an exception. */
struct probe_state {
	volatile bool armed;
	volatile uint32_t hits;
	volatile uint64_t esr, elr;	/* of the first exception */
};

/* Where a secondary is; it moves the state on, the boot CPU waits for it. */
enum cpu_state {
	CPU_NEVER_ON, CPU_STARTED, CPU_ARRIVED, CPU_CHECKED,
	CPU_CAME_BACK, CPU_CHECKED_AGAIN, CPU_WOULD_NOT_GO, CPU_GIVEN_UP
};

/* What PSCI answered while the boot CPU moved this one (PS-03..PS-05). */
struct cpu_calls {
	int64_t before;		/* AFFINITY_INFO before CPU_ON */
	int64_t on;		/* CPU_ON */
	int64_t on_while_on;	/* CPU_ON of a CPU that runs */
	int64_t info_while_on;	/* AFFINITY_INFO of a CPU that runs */
	int64_t info_after_off;	/* AFFINITY_INFO after CPU_OFF */
	int64_t on_again;	/* CPU_ON after CPU_OFF */
	int64_t info_at_end;	/* AFFINITY_INFO after the second CPU_OFF */
	uint64_t off_returned;	/* what CPU_OFF returned, if it did */
	uint64_t magic;		/* context id of the second CPU_ON */
};

struct cpu {
	uint64_t mpidr;			/* CPU_MPIDR */
	uint64_t stack_top;		/* CPU_STACK_TOP */
	struct entry_state entry;	/* CPU_ENTRY: the latest entry */
	struct probe_state probe;
	volatile enum cpu_state state;
	volatile uint32_t leave;	/* the boot CPU says: off you go */
	uint32_t node;			/* in the device tree, or FDT_NONE */
	uint32_t number;
	struct cpu_calls calls;
	volatile uint32_t irq_count, fiq_count;
	volatile uint32_t irq_id;
	volatile uint32_t rows_done;	/* reported by this CPU itself */
	/* What it does when CPU_ON brings it here, if not its rows. */
	void (*volatile errand)(struct cpu *cpu);
	bool fp_usable, gic_usable;
	char pad[CPU_SIZE - 16 - sizeof(struct entry_state) -
		 sizeof(struct probe_state) - 4 * sizeof(uint32_t) -
		 sizeof(struct cpu_calls) - 6 * sizeof(uint32_t) -
		 sizeof(void *)];
} __attribute__((aligned(16)));

_Static_assert(offsetof(struct cpu, mpidr) == CPU_MPIDR, "entry.h");
_Static_assert(offsetof(struct cpu, stack_top) == CPU_STACK_TOP, "entry.h");
_Static_assert(offsetof(struct cpu, entry) == CPU_ENTRY, "entry.h");
_Static_assert(sizeof(struct cpu) == CPU_SIZE, "entry.h");
_Static_assert(offsetof(struct frame, elr) == FRAME_ELR, "entry.h");
_Static_assert(offsetof(struct frame, esr) == FRAME_ESR, "entry.h");
_Static_assert(sizeof(struct frame) == FRAME_SIZE, "entry.h");

/*
 * All CPUs of the device tree; if the boot CPU is not among them (HO-15) it
 * is appended. Read by entry.S.
 */
extern struct cpu cpus[MAX_CPUS];
extern uint32_t cpu_count;

/* The one that runs this, kept in TPIDR_ELx. */
struct cpu *this_cpu(void);
void set_this_cpu(struct cpu *cpu);
struct cpu *boot_cpu(void);

/* Fill cpus[] from the device tree and this CPU. */
void cpus_find(const struct entry_state *boot_state);

/* Bring up, check, and switch off every other CPU, one at a time. */
void cpus_visit(void);

/* ID_AA64PFR0_EL1 names the level; a hypervisor may hide it. */
bool has_el2(void);
bool has_el3(void);

/* All ID registers; zeros if EL2 traps them (BX-18). */
void read_ids(uint64_t id[ID_COUNT]);

/* A 4-bit field of an ID register of this CPU. */
unsigned int id_field(enum id_index reg, unsigned int shift);

/*
 * Run @fn(@arg), a trial that may take an exception, and skip the instruction
 * that did. Return: ESR of the first exception, 0 if there was none.
 */
uint64_t probe(const void *fn, uint64_t arg);

/* The same, first saying so on the console: it may never come back. */
uint64_t risky_probe(const char *id, const void *fn, uint64_t arg);
void announce_probe(const char *id);

/* What the last probed trial left in x0. */
extern uint64_t probe_value;

#endif
