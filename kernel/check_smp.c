/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about other CPUs: how PSCI moved them, and what must be equal. */
#include "check.h"
#include "machine.h"
#include "psci.h"
#include "repeat.h"
#include "smp.h"
#include "spin.h"

#define NOT_GONE	"the CPU did not get so far"
#define NO_PSCI		"no usable PSCI"

/* NULL, or why PSCI has nothing to do with @cpu. */
static const char *no_psci(const struct cpu *cpu)
{
	if (spin_of(cpu)->used)
		return "a CPU of a spin table cannot be switched";
	return psci_usable() ? NULL : NO_PSCI;
}

static bool came(const struct cpu *cpu)
{
	return cpu->state >= CPU_CHECKED && cpu->state != CPU_GIVEN_UP;
}

/* NULL, or why @cpu did not come and run its rows by PSCI. */
static const char *not_came(const struct cpu *cpu)
{
	const char *why = no_psci(cpu);

	return why ? why : came(cpu) ? NULL : NOT_GONE;
}

/* NULL, or why @cpu did not come a second time. */
static const char *not_came_back(const struct cpu *cpu)
{
	const char *why = not_came(cpu);

	return why ? why : cpu->state >= CPU_CAME_BACK ? NULL : NOT_GONE;
}

CHECK(60, bp_psci_02, ABOUT_CPU, "BP-PSCI-02", "CPU_ON brought it here")
{
	if (spin_of(cpu)->used)
		return skip(no_psci(cpu));
	if (!psci_usable())
		return fail("a usable /psci", 0);
	if (cpu->calls.on)
		return fail("CPU_ON to return 0", (uint64_t)cpu->calls.on);
	return want(first_entry(cpu)->currentel, "the CPU to arrive",
		    cpu->mpidr);
}

CHECK(60, ps_05_before, ABOUT_CPU, "PS-05", "it was off before CPU_ON")
{
	const char *why = no_psci(cpu);

	return why ? skip(why) : want_equal(1, (uint64_t)cpu->calls.before);
}

CHECK(61, ps_05_on, ABOUT_CPU, "PS-05", "AFFINITY_INFO says on while it runs")
{
	const char *why = not_came(cpu);

	return why ? skip(why) :
	       want_equal(0, (uint64_t)cpu->calls.info_while_on);
}

CHECK(61, ps_03_on, ABOUT_CPU, "PS-03", "CPU_ON while it runs: already on")
{
	const char *why = not_came(cpu);

	if (why)
		return skip(why);
	return want_equal((uint64_t)PSCI_ALREADY_ON,
			  (uint64_t)cpu->calls.on_while_on);
}

CHECK(62, ps_04, ABOUT_CPU, "PS-04", "CPU_OFF turned it off")
{
	const char *why = not_came(cpu);

	if (why)
		return skip(why);
	if (cpu->state == CPU_WOULD_NOT_GO)
		return fail("CPU_OFF not to return", cpu->calls.off_returned);
	return want_equal(1, (uint64_t)cpu->calls.info_after_off);
}

CHECK(63, ps_03_again, ABOUT_CPU, "PS-03", "CPU_ON after CPU_OFF works")
{
	const char *why = not_came(cpu);

	if (why || cpu->calls.info_after_off != 1)
		return skip(why ? why : NOT_GONE);
	if (cpu->calls.on_again)
		return fail("CPU_ON to return 0",
			    (uint64_t)cpu->calls.on_again);
	return want(!not_came_back(cpu), "the CPU to arrive", cpu->mpidr);
}

CHECK(63, ps_03_magic, ABOUT_CPU, "PS-03", "x0 is the context id it was given")
{
	const char *why = not_came_back(cpu);

	if (why)
		return skip(why);
	return want_equal(cpu->calls.magic, cpu->entry.x[0]);
}

/* x4.. and SP are free; what the protocol fixes must be as at first. */
CHECK(63, bp_sec_05, ABOUT_CPU, "BP-SEC-05", "enters as before after CPU_OFF")
{
	const struct entry_state *a = first_entry(cpu), *b = &cpu->entry;
	const char *why = not_came_back(cpu);

	if (why)
		return skip(why);
	if (a->currentel != b->currentel)
		return fail("the same exception level", b->currentel >> 2);
	if (a->daif != b->daif)
		return fail("the same DAIF", b->daif);
	if (b->sctlr & (SCTLR_M | SCTLR_C))
		return fail("MMU and data cache off", b->sctlr);
	for (unsigned int n = 1; n <= 3; n++)
		if (a->x[n] != b->x[n])
			return fail("the same x1 to x3", b->x[n]);
	return pass();
}

CHECK(63, ps_04_again, ABOUT_CPU, "PS-04", "CPU_OFF turned it off again")
{
	const char *why = not_came_back(cpu);

	if (why)
		return skip(why);
	return want_equal(1, (uint64_t)cpu->calls.info_at_end);
}

/* ID registers, and CTR_EL0 and CNTFRQ_EL0 behind them. */
#define ID_AND_MORE	(ID_COUNT + 2)

extern const char bx_18_tid2_trial[];

static void read_id_and_more(uint64_t id[ID_AND_MORE])
{
	read_ids(id);
	id[ID_COUNT] = risky_probe("BX-18", bx_18_tid2_trial, 0) ? 0 :
		       probe_value;
	id[ID_COUNT + 1] = read_sysreg(cntfrq_el0);
}

CHECK(64, ho_30, ON_CPU, "HO-30", "ID registers are those of the boot CPU")
{
	static uint64_t boot[ID_AND_MORE];
	uint64_t id[ID_AND_MORE];

	if (cpu == boot_cpu() && !repeating()) {
		read_id_and_more(boot);
		return want(boot[ID_PFR0], "an ID_AA64PFR0_EL1 that is not 0",
			    boot[ID_PFR0]);
	}
	read_id_and_more(id);
	for (unsigned int i = 0; i < ID_AND_MORE; i++)
		if (id[i] != boot[i])
			return want_equal(boot[i], id[i]);
	return pass();
}

/* The EL above may virtualise both; all CPUs must still be themselves. */
CHECK(64, bx_15, ON_CPU, "BX-15", "MIDR and MPIDR are real")
{
	if (current_el() == 1 && !read_sysreg(midr_el1))
		return fail("a MIDR_EL1 that is not 0", 0);
	if (!(read_sysreg(mpidr_el1) & 1ul << 31))
		return fail("MPIDR_EL1 bit 31 (RES1) = 1",
			    read_sysreg(mpidr_el1));
	return want_equal(cpu->mpidr, current_mpidr());
}
