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
	struct id_regs ids = { .secondary = false };

	ids.value[ID_MADE] = 1;
	ids.value[ID_PFR0] = 0x2222;
	return ids;
}

static void announce(struct id_regs *ids, unsigned int gate, uint64_t field)
{
	const unsigned int shift = (gate >> 4 & 0xf) * 4;

	ids->value[gate & 0xf] &= ~(0xfull << shift);
	ids->value[gate & 0xf] |= field << shift;
}

/* Is the field of the row as the row wants it? */
static bool row_holds(const struct table *t, const struct duty *duty,
		      const struct id_regs *ids)
{
	const unsigned int el = duty->kernel_el ? duty->kernel_el : 2;
	const uint64_t value = duty_reg_value(t->table, duty->reg, el, ids);

	return duty_applies(duty, el, ids) &&
	       (value & duty_mask(duty)) == (duty->ones ? duty_mask(duty) : 0);
}

static bool row_binds(const struct duty *duty, const struct id_regs *ids)
{
	return duty_applies(duty, duty->kernel_el ? duty->kernel_el : 2, ids);
}

static void check_row(const struct table *t, const struct duty *duty)
{
	static const unsigned int largest[] = { 0xf, 0xe, 7, 0 };
	const unsigned int min = duty->gate >> 8 & 0xf;
	const unsigned int max = largest[duty->gate >> 12];
	struct id_regs ids = plain_cpu();
	bool fine;

	/* Present at its smallest value, and newer than we know. */
	announce(&ids, duty->gate, min);
	fine = row_holds(t, duty, &ids);
	announce(&ids, duty->gate, max);
	fine = fine && row_holds(t, duty, &ids);
	if (min) {
		announce(&ids, duty->gate, min - 1);
		fine = fine && !row_binds(duty, &ids);
	}
	if (max < 0xf) {
		announce(&ids, duty->gate, max + 1);
		fine = fine && !row_binds(duty, &ids);
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
			CHECK(d->kernel_el <= 1);
			CHECK(d->lsb <= d->msb);
			CHECK(strlen(duty_reg_name(d->reg)) >= 7);
		}
	}
}

/* Where touching a register without its feature is UNDEFINED. */
static const struct {
	unsigned int first, last;	/* enum duty_reg */
	enum id_reg id;
	unsigned int shift, min;
} presences[] = {
	{ REG_ZCR_EL3, REG_ZCR_EL3, ID_PFR0, 32, 1 },
	{ REG_SMCR_EL3, REG_SMCR_EL3, ID_PFR1, 24, 1 },
	{ REG_MPAM3_EL3, REG_MPAM3_EL3, ID_MADE, 8, 1 },
	{ REG_AMCNTENSET0_EL0, REG_AMCNTENSET0_EL0, ID_PFR0, 44, 1 },
	{ REG_AMCNTENSET1_EL0, REG_AMCNTENSET1_EL0, ID_MADE, 20, 1 },
	{ REG_CPTR_EL2_E2H, REG_CNTHCTL_EL2_E2H, ID_MMFR4, 24, 8 },
	{ REG_CNTPOFF_EL2, REG_CNTPOFF_EL2, ID_MMFR0, 60, 2 },
	{ REG_HCRX_EL2, REG_HCRX_EL2, ID_MMFR1, 40, 1 },
	{ REG_HFGRTR_EL2, REG_HDFGWTR_EL2, ID_MMFR0, 56, 1 },
	{ REG_HAFGRTR_EL2, REG_HAFGRTR_EL2, ID_MADE, 16, 1 },
	{ REG_HFGRTR2_EL2, REG_HDFGWTR2_EL2, ID_MMFR0, 56, 2 },
	{ REG_ZCR_EL2, REG_ZCR_EL2, ID_PFR0, 32, 1 },
	{ REG_SMCR_EL2, REG_SMCR_EL2, ID_PFR1, 24, 1 },
	{ REG_MPAM2_EL2, REG_MPAM2_EL2, ID_MADE, 8, 1 },
	{ REG_MPAMHCR_EL2, REG_MPAMHCR_EL2, ID_MADE, 12, 1 },
	{ REG_ICH_HFGRTR_EL2, REG_ICH_HFGITR_EL2, ID_PFR2, 12, 1 },
	{ REG_BRBCR_EL2, REG_BRBCR_EL2, ID_DFR0, 52, 1 },
	{ REG_PMSCR_EL2, REG_PMSCR_EL2, ID_DFR0, 32, 1 },
	{ REG_GCSCR_EL2, REG_GCSCRE0_EL1, ID_PFR1, 44, 1 },
};

static bool reg_exists(unsigned int reg, const struct id_regs *ids)
{
	return duty_reg_exists(reg < REG_EL3_END ? &el3_duties : &el2_duties,
			       reg, ids);
}

TEST(duty_registers_are_there_with_their_feature_only)
{
	struct id_regs ids;
	unsigned int reg, value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(presences); i++) {
		for (reg = presences[i].first; reg <= presences[i].last; reg++) {
			for (value = 0; value <= 0xf; value++) {
				ids = plain_cpu();
				ids.value[presences[i].id] |=
					(uint64_t)value << presences[i].shift;
				CHECK_EQ(reg_exists(reg, &ids),
					 value >= presences[i].min);
			}
		}
	}
}

/* Six fields announce PAuth, two MPAM; any value of any of them does. */
TEST(duty_made_up_features_follow_their_fields)
{
	static const struct {
		enum id_reg reg;
		unsigned int shift, made;
	} sources[] = {
		{ ID_ISAR1, 4, 4 }, { ID_ISAR1, 8, 4 }, { ID_ISAR1, 24, 4 },
		{ ID_ISAR1, 28, 4 }, { ID_ISAR2, 8, 4 }, { ID_ISAR2, 12, 4 },
		{ ID_PFR0, 40, 8 }, { ID_PFR1, 16, 8 },
	};
	unsigned int reg, shift, value;
	uint64_t want;
	size_t i;

	/* Every nibble of every register: only those eight do anything. */
	for (reg = 1; reg < ID_COUNT; reg++) {
		for (shift = 0; shift < 64; shift += 4) {
			for (value = 1; value <= 0xf; value++) {
				struct id_regs ids = { .secondary = false };

				ids.value[reg] = (uint64_t)value << shift;
				id_regs_make(&ids);
				want = 1;
				for (i = 0; i < ARRAY_SIZE(sources); i++) {
					if (sources[i].reg == reg &&
					    sources[i].shift == shift)
						want |= 1ull << sources[i].made;
				}
				CHECK_EQ(ids.value[ID_MADE], want);
			}
		}
	}
}

TEST(duty_made_up_features_of_two_or_of_other_registers)
{
	struct id_regs ids = { .secondary = false };

	ids.value[ID_PFR0] = 1ull << 44;	/* AMU */
	ids.value[ID_MMFR0] = 1ull << 56;	/* FGT */
	id_regs_make(&ids);
	CHECK_EQ(ids.value[ID_MADE], 1 | 1 << 16);
	id_regs_make_more(&ids, 0, 0, 0);
	CHECK_EQ(ids.value[ID_MADE], 1 | 1 << 16);
	id_regs_make_more(&ids, ~(1ull << 17), ~0xff00ull, ~0x80ull);
	CHECK_EQ(ids.value[ID_MADE], 1 | 1 << 16);
	id_regs_make_more(&ids, 1 << 17, 0x200, 0x80);
	CHECK_EQ(ids.value[ID_MADE], 0x1111001);
}

/* What every CPU has is never thought absent; the rest is listed above. */
TEST(duty_registers_of_every_cpu_are_there)
{
	const struct id_regs none = plain_cpu();
	unsigned int reg, there = 0;
	size_t i, listed = 0;

	for (reg = 0; reg < REG_EL2_END; reg++)
		there += reg_exists(reg, &none);
	for (i = 0; i < ARRAY_SIZE(presences); i++)
		listed += presences[i].last - presences[i].first + 1;
	/* The GIC's two are there on a GICv3 that the image drives. */
	CHECK(!reg_exists(REG_ICC_SRE_EL2, &none));
	CHECK(!reg_exists(REG_ICH_HCR_EL2, &none));
	CHECK_EQ(there + listed + 2, REG_EL2_END);
}

TEST(duty_gic_registers_only_where_a_gicv3_is_driven)
{
	struct id_regs ids = plain_cpu();

	ids.value[ID_PFR0] |= 1 << 24;
	CHECK_EQ(reg_exists(REG_ICC_SRE_EL2, &ids), IS_ENABLED(CONFIG_GICV3));
	CHECK_EQ(reg_exists(REG_ICH_HCR_EL2, &ids), IS_ENABLED(CONFIG_GICV3));
}

/* ID_AA64MMFR4_EL1.E2H0 is signed: 0xe and 0xf say that E2H is fixed at 1. */
TEST(duty_layout_follows_e2h)
{
	struct id_regs ids = plain_cpu();

	ids.value[ID_PFR0] |= 1ull << 32;
	ids.value[ID_PFR1] |= 1ull << 24;
	CHECK(reg_exists(REG_CPTR_EL2, &ids));
	CHECK(!reg_exists(REG_CPTR_EL2_E2H, &ids));
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CPTR_EL2, 1, &ids), 0x22ff);
	ids.value[ID_MMFR4] = 0xeull << 24;
	CHECK(!reg_exists(REG_CPTR_EL2, &ids));
	CHECK(!reg_exists(REG_CNTHCTL_EL2, &ids));
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CPTR_EL2_E2H, 1, &ids),
		 0x3330000);
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CNTHCTL_EL2_E2H, 1, &ids),
		 0xc00);
	ids.value[ID_MMFR4] = 0xfull << 24;
	CHECK(reg_exists(REG_CPTR_EL2_E2H, &ids));
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
	CHECK_EQ(duty_reg_value(&el2_duties, REG_SCTLR_EL2, 2, &ids), 0x30c50830);
	CHECK_EQ(duty_reg_value(&el2_duties, REG_SCTLR_EL1, 1, &ids), 0x30d00800);
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

	ids.value[ID_MADE] |= 1 << 4;
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

/* A fault inverts its row's field, and only while its gate is open. */
TEST(duty_fault_inverts_one_row)
{
	const bool unsafe = IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD);
	struct id_regs ids = plain_cpu();
	uint64_t good, bad;
	size_t t, row;

	ids.value[ID_PFR0] |= 1ull << 32;		/* SVE */
	ids.secondary = true;
	for (t = 0; t < ARRAY_SIZE(tables); t++) {
		const struct duty_table *table = tables[t].table;

		for (row = 0; row < table->count; row++) {
			const struct duty *d = &table->duties[row];

			ids.mutation = 0;
			good = duty_reg_value(table, d->reg, 2, &ids);
			ids.mutation = table->mutation + row;
			bad = duty_reg_value(table, d->reg, 2, &ids);
			CHECK_EQ(good ^ bad, unsafe && duty_applies(d, 2, &ids) ?
				 duty_mask(d) : 0);
		}
	}
}

TEST(duty_fault_of_equality_spares_the_primary)
{
	struct id_regs ids = plain_cpu();
	uint32_t row = 0;

	while (strcmp(el2_duties.duties[row].id, "BP-TMR-02"))
		row++;
	ids.mutation = el2_duties.mutation + row;
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CNTVOFF_EL2, 2, &ids), 0);
	ids.secondary = true;
	CHECK_EQ(duty_reg_value(&el2_duties, REG_CNTVOFF_EL2, 2, &ids),
		 IS_ENABLED(CONFIG_UNSAFE_TEST_BUILD) ? ~0ull : 0);
}
