/* SPDX-License-Identifier: BSD-2-Clause */
/* Evaluate a table of duties against ID registers; pure, host-buildable. */

#include "asm/duty.h"
#include "kconfig.h"

bool gate_open(unsigned int gate, const struct id_regs *ids)
{
	static const uint8_t largest[] = { 0xf, 0xe, 0x7, 0x0 };
	const unsigned int field = gate_field(ids, gate & 0xf,
					      (gate >> 4 & 0xf) * 4);

	return field >= (gate >> 8 & 0xf) && field <= largest[gate >> 12 & 3];
}

bool duty_reg_exists(const struct duty_table *table, unsigned int reg,
		     const struct id_regs *ids)
{
	size_t i;

	for (i = 0; i < table->presence_count; i++) {
		const struct duty_presence *p = &table->presence[i];

		if (reg >= p->first && reg <= p->last &&
		    !gate_open(p->gate, ids))
			return false;
	}
	return true;
}

bool duty_applies(const struct duty *duty, unsigned int kernel_el,
		  const struct id_regs *ids)
{
	if (DUTY_KERNEL_EL(duty) && DUTY_KERNEL_EL(duty) != kernel_el)
		return false;
	return gate_open(duty->gate, ids);
}

/* The bits of @reg that are to be wrong (mutation.h). */
static uint64_t duty_fault(const struct duty_table *table, unsigned int reg,
			   unsigned int kernel_el, const struct id_regs *ids)
{
	const uint32_t row = ids->mutation - table->mutation;
	const struct duty *duty = &table->duties[row];

	if (row >= table->count || duty->reg != reg ||
	    !duty_applies(duty, kernel_el, ids))
		return 0;
	/* A value that only has to be the same is wrong if one CPU differs. */
	if (DUTY_SAME(duty) && !ids->secondary)
		return 0;
	return duty_mask(duty);
}

unsigned int duty_fault_reg(const struct duty_table *table,
			    const struct id_regs *ids)
{
	const uint32_t row = ids->mutation - table->mutation;

	return row < table->count ? table->duties[row].reg : REG_EL2_END;
}

uint64_t duty_reg_value(const struct duty_table *table, unsigned int reg,
			unsigned int kernel_el, const struct id_regs *ids)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < table->base_count; i++) {
		if (table->base[i].reg == reg)
			value = table->base[i].bits;
	}
	for (i = 0; i < table->count; i++) {
		const struct duty *duty = &table->duties[i];

		if (duty->reg == reg && DUTY_ONES(duty) &&
		    duty_applies(duty, kernel_el, ids))
			value |= duty_mask(duty);
	}
	if (IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD))
		value ^= duty_fault(table, reg, kernel_el, ids);
	return value;
}
