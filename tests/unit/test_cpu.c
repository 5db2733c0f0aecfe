/* SPDX-License-Identifier: BSD-2-Clause */
/* ID register values: known, newer than this build, reserved; the report. */
#include "asm/id_known.h"
#include "mock.h"
#include "unit.h"
#include <string.h>

/* Written from DDI 0601, not from the table: what is known, what is not. */
static const struct {
	enum id_known_reg reg;
	unsigned int shift;
	const char *name;
	uint16_t known;		/* a bit for each value */
} fields[] = {
	{ KNOWN_PFR0, 0, "EL0", 0x0007 },
	{ KNOWN_PFR0, 16, "FP", 0x8003 },		/* 0xf: no FP */
	{ KNOWN_PFR0, 32, "SVE", 0x0003 },
	{ KNOWN_PFR0, 56, "CSV2", 0x000f },
	{ KNOWN_PFR1, 8, "MTE", 0x000f },
	{ KNOWN_PFR1, 20, "", 0x0001 },
	{ KNOWN_PFR1, 24, "SME", 0x0007 },
	{ KNOWN_PFR1, 40, "MTE_frac", 0x8001 },
	{ KNOWN_PFR1, 44, "GCS", 0x0003 },
	{ KNOWN_PFR2, 12, "GCIE", 0x0003 },
	{ KNOWN_PFR2, 28, "", 0x0001 },
	{ KNOWN_PFR2, 32, "FPMR", 0x0003 },
	{ KNOWN_PFR2, 60, "", 0x0001 },
	{ KNOWN_ZFR0, 0, "SVEver", 0x001f },
	{ KNOWN_ZFR0, 60, "", 0x0001 },
	{ KNOWN_SMFR0, 44, "I16I32", 0x0033 },		/* bits 0 and 2 */
	{ KNOWN_SMFR0, 48, "F64F64", 0x0003 },
	{ KNOWN_SMFR0, 56, "SMEver", 0x001f },
	{ KNOWN_SMFR0, 60, "FA64", 0x0f0f },		/* not bit 62 */
	{ KNOWN_DFR0, 0, "DebugVer", 0x0fff },
	{ KNOWN_DFR0, 8, "PMUVer", 0x83ff },		/* 0xf: another PMU */
	{ KNOWN_DFR0, 12, "BRPs", 0xffff },
	{ KNOWN_DFR0, 32, "PMSVer", 0x007f },
	{ KNOWN_DFR0, 60, "HPMN0", 0x0003 },
	{ KNOWN_DFR1, 36, "PMICNTR", 0x0003 },
	{ KNOWN_ISAR0, 0, "", 0x0001 },
	{ KNOWN_ISAR0, 60, "RNDR", 0x0003 },
	{ KNOWN_ISAR1, 8, "API", 0x007f },
	{ KNOWN_ISAR1, 60, "LS64", 0x001f },
	{ KNOWN_ISAR2, 16, "MOPS", 0x0003 },
	{ KNOWN_ISAR2, 60, "ATS1A", 0x0003 },
	{ KNOWN_ISAR3, 28, "FPRCVT", 0x0003 },
	{ KNOWN_ISAR3, 32, "", 0x0001 },
	{ KNOWN_MMFR0, 24, "TGran64", 0x8001 },
	{ KNOWN_MMFR0, 28, "TGran4", 0x8003 },
	{ KNOWN_MMFR0, 56, "FGT", 0x0007 },
	{ KNOWN_MMFR0, 60, "ECV", 0x0007 },
	{ KNOWN_MMFR1, 40, "HCX", 0x0003 },
	{ KNOWN_MMFR2, 44, "", 0x0001 },
	{ KNOWN_MMFR2, 60, "E0PD", 0x0003 },
	{ KNOWN_MMFR3, 0, "TCRX", 0x0003 },
	{ KNOWN_MMFR3, 60, "Spec_FPACC", 0x0003 },
	{ KNOWN_MMFR4, 24, "E2H0", 0xc001 },		/* signed */
	{ KNOWN_MMFR4, 44, "SRMASK", 0x0003 },
	{ KNOWN_MMFR4, 60, "", 0x0001 },
};

TEST(id_values_are_known_or_not)
{
	struct arch_id_field f;
	unsigned int value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		for (value = 0; value <= 0xf; value++) {
			mock_reset();
			mock.id[fields[i].reg] =
				(uint64_t)value << fields[i].shift;
			CHECK(arch_id_field(fields[i].reg * KNOWN_FIELDS +
					    fields[i].shift / 4, &f));
			CHECK(!strcmp(f.name, fields[i].name));
			CHECK_EQ(f.shift, fields[i].shift);
			CHECK_EQ(f.value, value);
			CHECK_EQ(f.unknown, !(fields[i].known >> value & 1));
		}
	}
}

/* Each register has sixteen fields, no more, and then there are no more. */
TEST(id_fields_are_counted_right)
{
	unsigned int i, total = KNOWN_COUNT * KNOWN_FIELDS;
	struct arch_id_field f;

	mock_reset();
	for (i = 0; i < total; i++) {
		CHECK(arch_id_field(i, &f));
		CHECK(!f.unknown);
		CHECK_EQ(f.shift, i % 16 * 4);
	}
	CHECK(!arch_id_field(total, &f));
}

#ifdef CONFIG_CPU_REPORT
static struct boot boot;

static void report(void)
{
	memset(&boot, 0, sizeof(boot));
	boot.step = "board";
	boot.ledger = &mock_ledger;
	boot.edit = &mock_edit;
	ledger_init(boot.ledger);
	board_report_cpu(&boot);
}

TEST(cpu_report_warns_of_what_is_newer)
{
	mock_reset();
	mock.id[KNOWN_PFR1] = 0x7ull << 8;
	report();
	CHECK(mock_said("board: cpu: warning: ID_AA64PFR1_EL1.MTE is 0x7, this "
			"build knows 0x3: what is new in it is not set up, "
			"look for a newer version"));
	CHECK(!mock_said("ID_AA64PFR1_EL1["));
	mock_reset();
	mock.id[KNOWN_PFR1] = 0x1ull << 20;
	report();
	CHECK(mock_said("warning: ID_AA64PFR1_EL1[23:20] is 0x1, this build "
			"knows nothing there"));
}

TEST(cpu_report_is_silent_about_what_is_known)
{
	mock_reset();
	mock.id[KNOWN_PFR0] = 0x1101001011112222;
	mock.id[KNOWN_MMFR4] = 0xfull << 24;
	report();
	CHECK(!mock_said("warning"));
	CHECK(mock_said("board: cpu: PFR0: EL0=2 EL1=2 EL2=2 EL3=2 FP=1 AdvSIMD=1 "
			"GIC=1 RAS=1 SEL2=1 DIT=1 CSV2=1 CSV3=1 MMFR4: E2H0=f"));
	CHECK_EQ(boot.ledger->count, 1);
}

/* What does not fit into one entry goes on in the next, word by word. */
TEST(cpu_report_packs_words_into_entries)
{
	static const char *const words[] = {
		"HCR_EL2=0x80000000", "BX-02", "BP-A-1234567890123456789012345",
		"BP-B-1234567890123456789012345678901234567890123456789012345",
		"BP-C-12345678901234567890", "BP-D-12345678901", "last", NULL };
	const struct ledger_entry *entry = boot.ledger->entries;

	mock_reset();
	mock.id[KNOWN_MMFR3] = 1;
	mock.duties = words;
	report();
	CHECK_EQ(boot.ledger->count, 3);
	CHECK(!strcmp(entry[0].text, "MMFR3: TCRX=1"));
	CHECK(!strcmp(entry[1].object, "el2"));
	CHECK(!strncmp(entry[1].text, "HCR_EL2=0x80000000 BX-02 BP-A-1", 31));
	CHECK_EQ(strlen(entry[1].text), 159);
	CHECK(!strcmp(entry[2].text, "last"));
}
#endif
