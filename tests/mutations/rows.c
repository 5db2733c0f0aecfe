/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Print the duty tables for the host, a row a line, with tabs between: number
 * of the fault (mutation.h), rule, register, mask, what the rule wants, the
 * kernel's level (0: either), and "same" if only equality is the rule.
 */
#include "asm/duty.h"
#include <stdio.h>

static void print_table(const struct duty_table *table)
{
	unsigned int i;

	for (i = 0; i < table->count; i++) {
		const struct duty *duty = &table->duties[i];

		printf("%u\t%s\t%s\t0x%llx\t%s\t%u\t%s\n",
		       table->mutation + i, duty->id, duty_reg_name(duty->reg),
		       (unsigned long long)duty_mask(duty),
		       duty->ones ? "ones" : "zeros", duty->kernel_el,
		       duty->same ? "same" : "-");
	}
}

int main(void)
{
	print_table(&el3_duties);
	print_table(&el2_duties);
	return 0;
}
