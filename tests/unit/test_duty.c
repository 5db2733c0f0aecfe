/* SPDX-License-Identifier: BSD-2-Clause */
/* Duty tables against made-up CPUs: features absent, present and newer. */
#include "asm/duty.h"
#include "asm/sysreg.h"
#include "unit.h"
#include <stdio.h>
#include <string.h>

struct table {
	const char *name;
	const struct duty_table *table;
	unsigned int first;
	unsigned int end;
};

static const struct table tables[] = {
	{ "EL3", &el3_duties, REG_SCR_EL3, REG_EL3_END },
	{ "EL2", &el2_duties, REG_HCR_EL2, REG_EL2_END },
};

/* A CPU that announces nothing: an Armv8.0 core with FP, EL2 and EL3. */
static struct id_regs plain_cpu(void)
{
	struct id_regs ids = { { 0 } };

	ids.value[ID_ALWAYS] = 1;
	ids.value[ID_PFR0] = 0x2222;
	return ids;
}

static void announce(struct id_regs *ids, struct gate gate, uint64_t field)
{
	ids->value[gate.reg] &= ~(0xfull << gate.shift);
	ids->value[gate.reg] |= field << gate.shift;
}

static bool row_applies(const struct table *t, const struct duty *duty,
			const struct id_regs *ids)
{
	unsigned int el = duty->kernel_el ? duty->kernel_el : 2;

	return (duty_reg_value(t->table, duty->reg, el, ids) & duty->bits) ==
	       duty->bits;
}

static void check_row(const struct table *t, const struct duty *duty)
{
	struct id_regs ids = plain_cpu();
	bool fine;

	/* Present at its smallest value, and newer than we know. */
	announce(&ids, duty->gate, duty->gate.min);
	fine = row_applies(t, duty, &ids);
	announce(&ids, duty->gate, duty->gate.max);
	fine = fine && row_applies(t, duty, &ids);
	/* A gate that is open at 0 is about a feature's absence. */
	if (duty->gate.reg != ID_ALWAYS && duty->gate.min && duty->bits) {
		announce(&ids, duty->gate, duty->gate.min - 1);
		fine = fine && !row_applies(t, duty, &ids);
	}
	if (duty->gate.max < 0xf) {
		announce(&ids, duty->gate, duty->gate.max + 1);
		fine = fine && !row_applies(t, duty, &ids);
	}
	if (!fine)
		printf("# %s row %s\n", t->name, duty->id);
	CHECK(fine);
}

TEST(duty_rows_follow_their_id_field)
{
	size_t i, row;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		for (row = 0; row < tables[i].table->count; row++)
			check_row(&tables[i], &tables[i].table->duties[row]);
	}
}

TEST(duty_rows_name_a_rule_and_a_register_of_their_level)
{
	size_t i, row;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		for (row = 0; row < tables[i].table->count; row++) {
			const struct duty *d = &tables[i].table->duties[row];

			CHECK(!strncmp(d->id, "BP-", 3) ||
			      !strncmp(d->id, "BX-", 3));
			CHECK(d->reg >= tables[i].first &&
			      d->reg < tables[i].end);
			CHECK(d->kernel_el <= 2);
		}
	}
}

/* A feature's row would be lost if its register were thought absent. */
TEST(duty_rows_touch_only_registers_that_exist)
{
	const struct id_regs none = plain_cpu();

	CHECK(!duty_reg_exists(&el3_duties, REG_ZCR_EL3, &none));
	CHECK(!duty_reg_exists(&el3_duties, REG_SMCR_EL3, &none));
	CHECK(!duty_reg_exists(&el3_duties, REG_MPAM3_EL3, &none));
	CHECK(!duty_reg_exists(&el3_duties, REG_AMCNTENSET0_EL0, &none));
	CHECK(!duty_reg_exists(&el2_duties, REG_HCRX_EL2, &none));
	CHECK(!duty_reg_exists(&el2_duties, REG_HFGRTR_EL2, &none));
	CHECK(duty_reg_exists(&el3_duties, REG_SCR_EL3, &none));
	CHECK(duty_reg_exists(&el2_duties, REG_HCR_EL2, &none));
}

TEST(duty_two_fields_may_announce_one_register)
{
	struct id_regs ids = plain_cpu();

	ids.value[ID_PFR1] |= 1ull << 16;	/* MPAM_frac alone: MPAM v0.1 */
	CHECK(duty_reg_exists(&el3_duties, REG_MPAM3_EL3, &ids));
	CHECK(duty_reg_exists(&el2_duties, REG_MPAM2_EL2, &ids));
}

TEST(duty_values_of_a_plain_cpu)
{
	const struct id_regs ids = plain_cpu();

	CHECK_EQ(duty_reg_value(&el3_duties, REG_SCR_EL3, 2, &ids), 0x531);
	CHECK_EQ(duty_reg_value(&el3_duties, REG_CPTR_EL3, 2, &ids), 0);
	CHECK_EQ(duty_reg_value(&el3_duties, REG_MDCR_EL3, 2, &ids), 0);
	CHECK_EQ(duty_reg_value(&el2_duties, REG_HCR_EL2, 1, &ids), 1ull << 31);
	/* TZ and TSM are RES1 without SVE and SME. */
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CPTR_EL2, 1, &ids), 0x33ff);
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CNTHCTL_EL2, 1, &ids), 3);
}

TEST(duty_no_hypervisor_call_without_el2)
{
	struct id_regs ids = plain_cpu();

	ids.value[ID_PFR0] = 0x2022;
	CHECK_EQ(duty_reg_value(&el3_duties, REG_SCR_EL3, 1, &ids), 0x431);
}

/* Pointer authentication at EL2 is the kernel's own affair, at EL1 ours. */
TEST(duty_el1_rows_leave_an_el2_kernel_alone)
{
	struct id_regs ids = plain_cpu();

	ids.value[ID_PAUTH] = 1;
	CHECK_EQ(duty_reg_value(&el2_duties, REG_HCR_EL2, 2, &ids), 1ull << 31);
	CHECK_EQ(duty_reg_value(&el2_duties, REG_HCR_EL2, 1, &ids),
		 1ull << 31 | 3ull << 40);
}

TEST(duty_pmuver_0xf_is_not_a_pmu)
{
	struct id_regs ids = plain_cpu();

	ids.value[ID_DFR0] = 0xf00;
	CHECK_EQ(duty_reg_value(&el3_duties, REG_MDCR_EL3, 2, &ids), 0);
	ids.value[ID_DFR0] = 0x900;
	CHECK_EQ(duty_reg_value(&el3_duties, REG_MDCR_EL3, 2, &ids), 1 << 7);
}
