/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Secondary CPUs without PSCI: bring each, set up as the primary, from the
 * wait of the reset code into the spin loop of the reserved pages. They run
 * with the MMU off and we with it on, so a record is cleaned to memory after
 * a write, and out of our cache before a read.
 */

#include "arch.h"
#include "asm/duty.h"
#include "asm/hold.h"
#include "asm/quiet.h"
#include "asm/sysreg.h"
#include "err.h"
#include "mutation.h"

#define PATIENCE	2	/* seconds; much, for an emulator on a busy host */

_Static_assert(offsetof(struct spin_record, hold) == SPIN_HOLD &&
	       offsetof(struct spin_record, release) == SPIN_RELEASE &&
	       sizeof(struct spin_record) == SPIN_RECORD_SIZE,
	       "reset_park.S and spin_table.S compute with it");

static void setup_el2(unsigned int kernel_el)
{
	struct id_regs ids;

	id_regs_read(&ids);
	el2_setup(&ids, kernel_el);
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD)) {
		ids.mutation = mutation_get();
		ids.secondary = true;
		el2_reg_setup(duty_fault_reg(&el2_duties, &ids), &ids,
			      kernel_el);
	}
	sysreg_write(SCTLR_EL2, duty_reg_value(&el2_duties, REG_SCTLR_EL2,
					       kernel_el, &ids));
}

/* Runs on a secondary, MMU off, on the shared stack. */
uint64_t spin_setup(void)
{
	const unsigned int el = IS_ENABLED(CONFIG_KERNEL_EL2) ? 2 : 1;

	cpu_quiet();
	if (IS_ENABLED(CONFIG_EL2_PRESENT))
		setup_el2(el);
	else
		sysreg_write(SCTLR_EL1, SCTLR_EL1_RES1);
	isb();
	return SPSR_DAIF | (el == 2 ? SPSR_EL2h : SPSR_EL1h);
}

static uint64_t hold_read(struct spin_record *record)
{
	arch_cache_clean(region_of((uint64_t)record, sizeof(*record)));
	return record->hold;
}

/* SEV, because a CPU whose HERE our copy of the image erased sleeps. */
static int hold_wait(struct spin_record *record, uint64_t want, uint64_t start)
{
	const uint64_t patience = arch_counter_freq() * PATIENCE;

	while (hold_read(record) != want) {
		if (arch_counter() - start > patience)
			return -ETIMEDOUT;
		__asm__ volatile("sev");
	}
	return 0;
}

static int spin_let_in(struct spin_record *record)
{
	/* All left reset at once: those that are not there wait together. */
	static uint64_t first_asked;
	/* A CPU that went in and did not come out has the only stack. */
	static bool stack_is_taken;
	int err;

	if (!first_asked)
		first_asked = arch_counter();
	err = hold_wait(record, HOLD_HERE, first_asked);
	if (err || stack_is_taken)
		return -ETIMEDOUT;
	/* It runs our code and reads our data in memory, not in our cache. */
	arch_cache_clean(arch_loader_region());
	record->hold = HOLD_GO;
	hold_read(record);
	__asm__ volatile("sev");
	err = hold_wait(record, HOLD_PARKED, arch_counter());
	stack_is_taken = err;
	return err;
}

int arch_spin_park(uint64_t mpidr, uint64_t *release)
{
	const int index = hold_index(mpidr);
	struct spin_record *record;

	if (index < 0)
		return -ENOSPC;
	record = &spin_records[index];
	*release = (uint64_t)&record->release;
	if (mpidr == arch_mpidr() || hold_read(record) == HOLD_PARKED)
		return 0;
	return spin_let_in(record);
}

/* It waits with the MMU off (BP-SPIN-08), and so reads memory. */
int arch_spin_fetch(uint64_t word)
{
	struct region r;
	int err;

	if (!IS_ALIGNED(word, sizeof(uint64_t)) ||
	    region_from(&r, word, sizeof(uint64_t)) ||
	    region_overlaps(r, arch_loader_region()))
		return -EINVAL;
	err = arch_map_ram(r);
	if (err)
		return err;
	*(volatile uint64_t *)word = arch_loader_region().base;
	arch_cache_clean(r);
	__asm__ volatile("sev");
	return 0;
}

struct region arch_spin_region(void)
{
	return region_of((uint64_t)__spin_start, __spin_end - __spin_start);
}
