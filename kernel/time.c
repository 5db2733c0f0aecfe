/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounded waiting, by the virtual counter (never trapped at EL1 by EL2). */
#include "sysreg.h"
#include "time.h"

uint64_t counter(void)
{
	isb();
	return read_sysreg(cntvct_el0);
}

uint64_t deadline(unsigned int ms)
{
	uint64_t freq = read_sysreg(cntfrq_el0);

	/* A wrong CNTFRQ_EL0 must not turn into an endless wait. */
	if (freq < 1000000 || freq > 4000000000ul)
		freq = 100000000;
	return counter() + freq / 1000 * ms;
}

bool expired(uint64_t when)
{
	yield();
	return (int64_t)(counter() - when) >= 0;
}
