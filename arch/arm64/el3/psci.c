/* SPDX-License-Identifier: BSD-2-Clause */
/* PSCI 1.1 (DEN 0022): CPUs on and off, and the machine's end. */

#include "board_monitor.h"
#include "monitor.h"
#include "mutation.h"
#include "smccc.h"
#include "asm/sysreg.h"

#define PSCI_VERSION		0x84000000u
#define PSCI_CPU_SUSPEND	0x84000001u
#define PSCI_CPU_OFF		0x84000002u
#define PSCI_CPU_ON		0x84000003u
#define PSCI_AFFINITY_INFO	0x84000004u
#define PSCI_MIGRATE_INFO_TYPE	0x84000006u
#define PSCI_SYSTEM_OFF		0x84000008u
#define PSCI_SYSTEM_RESET	0x84000009u
#define PSCI_FEATURES		0x8400000au

#define PSCI_VERSION_1_1	0x10001
#define PSCI_NO_MIGRATION	2	/* no trusted OS that would care */
#define PSCI_STATE_POWERDOWN	BIT(16)
#define PSCI_STATE_RESERVED	(~(BIT(16) | 0xffffull | FIELD(3, 24)))

enum psci_result {
	PSCI_SUCCESS = 0,
	PSCI_NOT_SUPPORTED = -1,
	PSCI_INVALID_PARAMETERS = -2,
	PSCI_DENIED = -3,
	PSCI_ALREADY_ON = -4,
	PSCI_ON_PENDING = -5,
	PSCI_INTERNAL_FAILURE = -6,
	PSCI_INVALID_ADDRESS = -9,
};

enum psci_affinity { AFFINITY_ON, AFFINITY_OFF, AFFINITY_ON_PENDING };

bool cpu_has_arrived(struct cpu *cpu)
{
	struct cpu *self = cpu_self();

	if (cpu->hold == HOLD_HERE) {
		lock_take(self);
		if (cpu->hold == HOLD_HERE)
			cpu->hold = HOLD_GO;
		lock_release(self);
		dsb_sy();
		__asm__ volatile("sev");
	}
	return cpu->hold == HOLD_IN;
}

/* The record of @mpidr, or NULL if this machine has no such CPU. */
static struct cpu *psci_target(uint64_t mpidr)
{
	const int index = (mpidr & ~MPIDR_AFFINITY) ? -1 : hold_index(mpidr);

	if (index < 0 || !board_cpu_possible(mpidr))
		return NULL;
	if (cpu_has_arrived(&cpus[index]) ||
	    IS_ENABLED(CONFIG_CPUS_HELD_IN_RESET))
		return &cpus[index];
	return NULL;
}

/* No instruction lies at such an address: misaligned, or beyond 52 bits. */
#define NO_ENTRY		(~UL(0x000ffffffffffffc))

/* The kernel's entry must be code that it can fetch: not our memory. */
static bool psci_entry_is_valid(uint64_t entry)
{
	if (entry & NO_ENTRY)
		return false;
	return entry < CONFIG_MONITOR_ADDR ||
	       entry - CONFIG_MONITOR_ADDR >= CONFIG_MONITOR_SIZE;
}

/* A fault says yes to some of them, and starts nothing. */
static int psci_entry_refuse(uint64_t entry)
{
	const bool huge = entry >> 52 && !(entry & 3);

	if (mutation_is(MUTATION_CPU_ON_ADDRESS) ||
	    (mutation_is(MUTATION_CPU_ON_MONITOR) && !(entry & NO_ENTRY)) ||
	    (mutation_is(MUTATION_CPU_ON_HUGE) && huge))
		return PSCI_SUCCESS;
	return PSCI_INVALID_ADDRESS;
}

/*
 * Under the lock, so that of two CPUs that want the same target one gets
 * it, that a reset register shared by CPUs has one writer, and that the
 * wake-up is sent before the target can leave for the kernel.
 */
static int psci_cpu_start(struct cpu *target, uint64_t mpidr, uint64_t entry,
			  uint64_t context)
{
	if (target->state == CPU_STATE_ON)
		return mutation_is(MUTATION_CPU_ON_TWICE) ? PSCI_SUCCESS :
							    PSCI_ALREADY_ON;
	if (target->state == CPU_STATE_ON_PENDING)
		return PSCI_ON_PENDING;
	if (mutation_is(MUTATION_CPU_ON_LOST))
		return PSCI_SUCCESS;
	target->entry = entry;
	target->context = context;
	dsb_sy();
	target->state = CPU_STATE_ON_PENDING;
	if (IS_ENABLED(CONFIG_CPUS_HELD_IN_RESET) &&
	    board_cpu_on(mpidr, (uint64_t)monitor_warm_entry)) {
		target->state = CPU_STATE_OFF;
		return PSCI_INTERNAL_FAILURE;
	}
	dsb_sy();
	__asm__ volatile("sev");
	gic_wake(target);
	return PSCI_SUCCESS;
}

static int psci_cpu_on(uint64_t mpidr, uint64_t entry, uint64_t context)
{
	struct cpu *target = psci_target(mpidr);
	struct cpu *self = cpu_self();
	int result;

	if (!target)
		return mutation_is(MUTATION_CPU_ON_NOBODY) ? PSCI_SUCCESS :
			PSCI_INVALID_PARAMETERS;
	if (!psci_entry_is_valid(entry))
		return psci_entry_refuse(entry);
	lock_take(self);
	result = psci_cpu_start(target, mpidr, entry, context);
	lock_release(self);
	return result;
}

/* The SMC's frame is left behind: CPU_ON gives this CPU a new life. */
static noreturn void psci_cpu_off(void)
{
	struct cpu *self = cpu_self();

	lock_take(self);
	self->state = CPU_STATE_OFF;
	lock_release(self);
	monitor_park();
}

static int psci_affinity_info(uint64_t mpidr, uint64_t level)
{
	static const int8_t info[] = {
		[CPU_STATE_OFF] = AFFINITY_OFF,
		[CPU_STATE_ON_PENDING] = AFFINITY_ON_PENDING,
		[CPU_STATE_ON] = AFFINITY_ON,
	};
	const struct cpu *target = psci_target(mpidr);
	static bool lied;

	if (mutation_is(MUTATION_AFFINITY_NOBODY) && !target)
		return AFFINITY_OFF;
	if (mutation_is(MUTATION_AFFINITY_OFF))
		return target ? AFFINITY_ON : PSCI_INVALID_PARAMETERS;
	/* Once: the kernel would not wait for a CPU that is about to go. */
	if (mutation_is(MUTATION_AFFINITY_ON) && target &&
	    target->state == CPU_STATE_ON && !lied) {
		lied = true;
		return AFFINITY_OFF;
	}
	/* Levels above 0 are optional since PSCI 1.0. */
	if (level != 0 || !target)
		return PSCI_INVALID_PARAMETERS;
	return info[target->state];
}

/* Standby only: the CPU sleeps here and comes back as it was. */
static int psci_cpu_suspend(uint64_t state, uint64_t entry)
{
	if (mutation_is(MUTATION_SUSPEND_ENTRY) && state & PSCI_STATE_POWERDOWN)
		sysreg_write(ELR_EL3, entry);
	if (state & (PSCI_STATE_POWERDOWN | PSCI_STATE_RESERVED))
		return mutation_is(MUTATION_SUSPEND_RESERVED) ? PSCI_SUCCESS :
			PSCI_INVALID_PARAMETERS;
	if (mutation_is(MUTATION_SUSPEND_ERROR))
		return PSCI_DENIED;
	if (mutation_is(MUTATION_SCR_FIQ))
		sysreg_write(SCR_EL3, sysreg_read(SCR_EL3) | SCR_FIQ);
	dsb_sy();
	__asm__ volatile("wfi");
	return PSCI_SUCCESS;
}

/*
 * The rest of PSCI 1.1 needs a board's help or a trusted OS: suspend-to-RAM,
 * a reset that keeps RAM, memory protection, statistics, migration.
 */
#define PSCI_SYSTEM_SUSPEND	0x8400000eu
#define KNOWN(function)		BIT((function) & 31)
#define KNOWN_BOTH		(KNOWN(PSCI_CPU_SUSPEND) | KNOWN(PSCI_CPU_ON) | \
				 KNOWN(PSCI_AFFINITY_INFO))
#define KNOWN_32		(KNOWN_BOTH | KNOWN(PSCI_VERSION) | \
				 KNOWN(PSCI_CPU_OFF) | \
				 KNOWN(PSCI_MIGRATE_INFO_TYPE) | \
				 KNOWN(PSCI_SYSTEM_OFF) | \
				 KNOWN(PSCI_SYSTEM_RESET) | \
				 KNOWN(PSCI_FEATURES))

static int psci_features(uint32_t function)
{
	const uint32_t number = (function & ~SMC_64) - PSCI_VERSION;
	const uint32_t known = function & SMC_64 ? KNOWN_BOTH : KNOWN_32;

	if (mutation_is(MUTATION_FEATURES_ALL) ||
	    (mutation_is(MUTATION_FEATURES_MORE) &&
	     (function & ~SMC_64) == PSCI_SYSTEM_SUSPEND))
		return PSCI_SUCCESS;
	if ((mutation_is(MUTATION_FEATURES_LESS) &&
	     function == PSCI_CPU_OFF) ||
	    (mutation_is(MUTATION_NO_OFF) && function == PSCI_SYSTEM_OFF) ||
	    (mutation_is(MUTATION_NO_RESET) && function == PSCI_SYSTEM_RESET))
		return PSCI_NOT_SUPPORTED;
	if (function == SMCCC_VERSION ||
	    (number < 32 && (known >> number & 1)))
		return PSCI_SUCCESS;
	return PSCI_NOT_SUPPORTED;
}

int64_t psci_call(uint32_t function, const uint64_t *args)
{
	switch (function) {
	case PSCI_VERSION:
		if (mutation_is(MUTATION_PSCI_VERSION))
			return 1;
		if (mutation_is(MUTATION_PSCI_VERSION_OLD))
			return 2;
		return PSCI_VERSION_1_1;
	case PSCI_FEATURES:
		return psci_features(args[0]);
	case PSCI_CPU_ON:
	case PSCI_CPU_ON | SMC_64:
		return psci_cpu_on(args[0], args[1], args[2]);
	case PSCI_CPU_OFF:
		if (mutation_is(MUTATION_CPU_OFF_RETURNS))
			return PSCI_DENIED;
		psci_cpu_off();
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO | SMC_64:
		return psci_affinity_info(args[0], args[1]);
	case PSCI_CPU_SUSPEND:
	case PSCI_CPU_SUSPEND | SMC_64:
		return psci_cpu_suspend(args[0], args[1]);
	case PSCI_MIGRATE_INFO_TYPE:
		if (mutation_is(MUTATION_MIGRATE_TYPE))
			return 7;
		if (mutation_is(MUTATION_MIGRATE_BOUND))
			return 1;
		return PSCI_NO_MIGRATION;
	case PSCI_SYSTEM_OFF:
		board_system_off();
		return PSCI_INTERNAL_FAILURE;
	case PSCI_SYSTEM_RESET:
		board_system_reset();
		return PSCI_INTERNAL_FAILURE;
	}
	return PSCI_NOT_SUPPORTED;
}
