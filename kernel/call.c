/* SPDX-License-Identifier: BSD-2-Clause */
/* A firmware call with a known value in every register. */
#include "cpu.h"
#include "machine.h"
#include "psci.h"
#include "regs.h"

void call_with_patterns(struct call_table *table);

struct call_table call_table __attribute__((aligned(16)));

uint64_t x_pattern(unsigned int n)
{
	return 0xa5a50f0f00000000ul * (n + 1) + n;
}

uint64_t q_pattern(unsigned int n)
{
	return x_pattern(100 + n);
}

void call_prepare(uint64_t function)
{
	call_table.smc = machine.conduit == CONDUIT_SMC;
	call_table.use_fp = false;
	call_table.x[0] = function;
	for (unsigned int n = 1; n < ARRAY_SIZE(call_table.x); n++)
		call_table.x[n] = x_pattern(n);
	for (unsigned int n = 0; n < Q_WORDS; n++)
		call_table.q[n] = q_pattern(n);
}

#define SAMPLE(name, number) {						\
	LINK("every register kept by " name ", not number"),		\
	LINK("every SP kept by " name ", not the one that is"),		\
	LINK("every byte of state kept by " name ", not byte"),		\
	LINK("flags kept by " name ", not NZCV, SVCR or TPIDR2 that is"),	\
	number }

/* One table, for the rows of check_regs.c and check_state.c. */
const struct sample_call sample_calls[SAMPLE_CALLS] = {
	SAMPLE("PSCI_VERSION", PSCI_VERSION),
	SAMPLE("an unknown call", 0x84001234u),
	SAMPLE("AFFINITY_INFO", PSCI_AFFINITY_INFO),
};

void call_prepare_sample(unsigned int i)
{
	call_prepare(sample_calls[i].function);
	if (sample_calls[i].function != PSCI_AFFINITY_INFO)
		return;
	call_table.x[1] = current_mpidr();
	call_table.x[2] = 0;
}

uint64_t call_silently(void)
{
	call_with_patterns(&call_table);
	return call_table.x[0];
}

uint64_t call_prepared(const char *id)
{
	announce_probe(id);
	return call_silently();
}

bool claims_smccc_1_1(void)
{
	return psci_version() >= 0x10000 &&
	       psci(PSCI_FEATURES, SMCCC_VERSION, 0, 0) >= 0;
}
