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

uint64_t call_prepared(const char *id)
{
	announce_probe(id);
	call_with_patterns(&call_table);
	return call_table.x[0];
}

bool claims_smccc_1_1(void)
{
	return psci_version() >= 0x10000 &&
	       psci(PSCI_FEATURES, SMCCC_VERSION, 0, 0) >= 0;
}
