/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about registers that must survive a firmware call (HO-32, SMCCC 2.6). */
#include "check.h"
#include "probe.h"
#include "psci.h"
#include "regs.h"

#define FIRST_FREE	4	/* x4..x17 are kept since SMCCC 1.1 */
#define FIRST_KEPT	18
#define NO_PSCI		"no usable PSCI"

extern const char use_fp_trial[];

static struct verdict kept(unsigned int first, unsigned int last,
			   const char *expected)
{
	for (unsigned int n = first; n <= last; n++)
		if (call_table.x[n] != x_pattern(n))
			return fail(expected, n);
	return pass();
}

/* The stack pointers of this level and of those below it. */
static void fill_stack_pointers(void)
{
	write_sysreg(x_pattern(40), sp_el0);
	if (current_el() == 2)
		write_sysreg(x_pattern(41), sp_el1);
}

static struct verdict stack_pointers_kept(const char *expected)
{
	if (call_table.sp != call_table.sp_after)
		return fail(expected, call_table.sp_after);
	if (read_sysreg(sp_el0) != x_pattern(40))
		return fail(expected, read_sysreg(sp_el0));
	if (current_el() == 2 && read_sysreg(sp_el1) != x_pattern(41))
		return fail(expected, read_sysreg(sp_el1));
	return pass();
}

static struct verdict high_registers(const struct sample_call *call)
{
	struct verdict v = kept(FIRST_KEPT, 30, here(call->registers));

	return v.kind == VERDICT_OK ?
	       stack_pointers_kept(here(call->stack)) : v;
}

static struct verdict low_registers(const struct sample_call *call)
{
	return kept(FIRST_FREE, FIRST_KEPT - 1, here(call->registers));
}

static struct verdict fp_registers(const struct sample_call *call)
{
	for (unsigned int n = 0; n < Q_WORDS; n++)
		if (call_table.q[n] != q_pattern(n))
			return fail(here(call->registers), n / 2);
	return pass();
}

/* @look at the table after each of the calls that stand for all. */
static struct verdict after_each(struct verdict (*look)(const struct sample_call *),
				 bool use_fp)
{
	struct verdict v = pass();

	for (unsigned int i = 0; i < SAMPLE_CALLS && v.kind == VERDICT_OK; i++) {
		call_prepare_sample(i);
		call_table.use_fp = use_fp;
		fill_stack_pointers();
		call_prepared("HO-32");
		v = look(&sample_calls[i]);
	}
	return v;
}

CHECK(86, ho_32_kept, ON_CPU, "HO-32", "x18 to x30 and SP_ELx survive a call")
{
	return psci_usable() ? after_each(high_registers, false) :
			       skip(NO_PSCI);
}

CHECK(86, ho_32_more, ON_CPU, "HO-32", "x4 to x17 survive a call")
{
	return claims_smccc_1_1() ? after_each(low_registers, false) :
	       skip("the firmware does not claim SMCCC 1.1");
}

CHECK(87, ho_32_fp, ON_CPU, "HO-32", "q0 to q31 survive a call")
{
	if (!psci_usable())
		return skip(NO_PSCI);
	if (!gate_open(GATE_FP))
		return skip("no FP registers");
	if (open_fp())
		return skip(FP_SHUT);
	if (probe(use_fp_trial, 0))
		return skip(NO_FP_INSN);
	return after_each(fp_registers, true);
}
