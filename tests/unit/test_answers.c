/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor's answers for made-up CPUs. */
#include "../../arch/arm64/el3/answers.h"
#include "unit.h"

#define RES0_SCR	0x531		/* NS, RES1, HCE, RW: no feature */

TEST(answers_scr_counts_enables_and_turns_traps_round)
{
	const uint64_t traps = SCR_TERR | SCR_TRNDR | SCR_TLOR;

	CHECK_EQ(scr_available(RES0_SCR, 0, 0, 0), 0);
	CHECK_EQ(scr_available(RES0_SCR | SCR_APK | SCR_API | SCR_FGTEn2, 0, 0,
			       0), SCR_APK | SCR_FGTEn2);
	CHECK_EQ(scr_available(0, 1 << 28, 1ull << 60, 1 << 16), traps);
	CHECK_EQ(scr_available(traps, 1 << 28, 1ull << 60, 1 << 16), 0);
}

TEST(answers_cptr_counts_enables_and_turns_traps_round)
{
	const uint64_t always = CPTR_EL3_TCPAC | CPTR_EL3_TFP;

	CHECK_EQ(cptr_available(0, 0, 0), always);
	CHECK_EQ(cptr_available(CPTR_EL3_EZ | CPTR_EL3_ESM, 0, 0),
		 always | CPTR_EL3_EZ | CPTR_EL3_ESM);
	CHECK_EQ(cptr_available(0, 1ull << 44, 1ull << 4),
		 always | CPTR_EL3_TAM | CPTR_EL3_TTA);
	CHECK_EQ(cptr_available(CPTR_EL3_TFP | CPTR_EL3_TAM, 1ull << 44, 0),
		 CPTR_EL3_TCPAC);
}

TEST(answers_mdcr_knows_which_traps_are_there)
{
	const uint64_t no_lock = 0xfull << 36;	/* no OS double lock */

	CHECK_EQ(mdcr_available(0, no_lock, 0), MDCR_EL3_TDA);
	CHECK_EQ(mdcr_available(0, 0, 0), MDCR_EL3_TDA | MDCR_EL3_TDOSA);
	CHECK_EQ(mdcr_available(0, no_lock | 1ull << 8, 0),
		 MDCR_EL3_TDA | MDCR_EL3_TPM);
	CHECK_EQ(mdcr_available(0, no_lock | 0xfull << 8, 0), MDCR_EL3_TDA);
	CHECK_EQ(mdcr_available(0, no_lock | 1ull << 40, 1ull << 56),
		 MDCR_EL3_TDA | MDCR_EL3_TTRF | MDCR_EL3_TDCC);
	CHECK_EQ(mdcr_available(MDCR_EL3_TDA, no_lock, 0), 0);
}

/* Of the two bits for the owner's state and its access, the latter counts. */
TEST(answers_mdcr_reports_one_bit_a_buffer)
{
	CHECK_EQ(mdcr_available(MDCR_EL3_NSPB | MDCR_EL3_NSTB |
				MDCR_EL3_SBRBE | MDCR_EL3_TDA,
				0xfull << 36, 0),
		 1ull << 12 | 1ull << 24 | 1ull << 32);
}

TEST(answers_mpam_has_two_fields)
{
	CHECK(!has_mpam(0, 0));
	CHECK(has_mpam(1ull << 40, 0));
	CHECK(has_mpam(0, 1ull << 16));
}

TEST(answers_workarounds_follow_the_id_registers)
{
	CHECK_EQ(workaround_1(0), -1);
	CHECK_EQ(workaround_1(1ull << 56), 1);
	CHECK_EQ(workaround_2(0), -1);
	CHECK_EQ(workaround_2(1ull << 4), -2);
	CHECK_EQ(workaround_3(0, 0), -1);
	CHECK_EQ(workaround_3(2ull << 56, 0), -1);
	CHECK_EQ(workaround_3(3ull << 56, 0), 1);
	CHECK_EQ(workaround_3(1ull << 56, 1ull << 60), 1);
	/* Never without workaround 1. */
	CHECK_EQ(workaround_3(0, 1ull << 60), -1);
}

TEST(answers_entropy_fills_from_below)
{
	CHECK_EQ(trng_mask(1, 64, 0), 1);
	CHECK_EQ(trng_mask(1, 64, 1), 0);
	CHECK_EQ(trng_mask(64, 64, 0), ~0ull);
	CHECK_EQ(trng_mask(64, 64, 1), 0);
	CHECK_EQ(trng_mask(65, 64, 1), 1);
	CHECK_EQ(trng_mask(191, 64, 2), ~0ull >> 1);
	CHECK_EQ(trng_mask(192, 64, 2), ~0ull);
	CHECK_EQ(trng_mask(31, 32, 0), 0x7fffffff);
	CHECK_EQ(trng_mask(33, 32, 0), 0xffffffff);
	CHECK_EQ(trng_mask(33, 32, 1), 1);
	CHECK_EQ(trng_mask(96, 32, 2), 0xffffffff);
}

TEST(answers_undef_pstate_is_that_of_an_exception)
{
	const uint64_t span = SCTLR_SPAN, daif = SPSR_DAIF;

	CHECK_EQ(undef_pstate(SPSR_EL1h, span, 0, false), daif | SPSR_EL1h);
	CHECK_EQ(undef_pstate(SPSR_EL1h, span, 0, true), daif | SPSR_EL2h);
	/* NZCV, DIT and PAN stay; SSBS, BTYPE, UAO, SS and IL do not. */
	CHECK_EQ(undef_pstate(0xf1f01c05, span, 0, false),
		 daif | SPSR_EL1h | 0xf1400000);
	CHECK_EQ(undef_pstate(SPSR_EL1h, 0, 0, false),
		 daif | SPSR_EL1h | SPSR_PAN);
	CHECK_EQ(undef_pstate(SPSR_EL1h, span | SCTLR_DSSBS, 0, false),
		 daif | SPSR_EL1h | SPSR_SSBS);
	CHECK_EQ(undef_pstate(SPSR_EL1h, span, 1 << 8, false),
		 daif | SPSR_EL1h | SPSR_TCO);
	CHECK_EQ(undef_pstate(SPSR_EL1h, span, 1ull << 36, false),
		 daif | SPSR_EL1h | SPSR_ALLINT);
	CHECK_EQ(undef_pstate(SPSR_EL1h, span | SCTLR_SPINTMASK, 1ull << 36,
			      false), daif | SPSR_EL1h);
	/* AArch32 keeps DIT in another bit. */
	CHECK_EQ(undef_pstate(SPSR_A32 | SPSR_A32_DIT, span, 0, false),
		 daif | SPSR_EL1h | SPSR_DIT);
}
