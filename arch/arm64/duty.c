/* SPDX-License-Identifier: BSD-2-Clause */
/* Evaluate a table of duties against ID registers; pure, host-buildable. */

#include "asm/duty.h"

bool gate_open(struct gate gate, const struct id_regs *ids)
{
	const unsigned int field = (ids->value[gate.reg] >> gate.shift) & 0xf;

	return field >= gate.min && field <= gate.max;
}

/* A register may have several rows: any open gate is enough. */
bool duty_reg_exists(const struct duty_table *table, unsigned int reg,
		     const struct id_regs *ids)
{
	bool listed = false;
	size_t i;

	for (i = 0; i < table->presence_count; i++) {
		if (table->presence[i].reg != reg)
			continue;
		if (gate_open(table->presence[i].gate, ids))
			return true;
		listed = true;
	}
	return !listed;
}

uint64_t duty_reg_value(const struct duty_table *table, unsigned int reg,
			unsigned int kernel_el, const struct id_regs *ids)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < table->count; i++) {
		const struct duty *duty = &table->duties[i];

		if (duty->reg != reg)
			continue;
		if (duty->kernel_el && duty->kernel_el != kernel_el)
			continue;
		if (gate_open(duty->gate, ids))
			value |= duty->bits;
	}
	return value;
}
