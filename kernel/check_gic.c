/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows about the interrupt controller and the bits of EL3 around it. */
#include "check.h"
#include "gic.h"
#include "io.h"
#include "machine.h"
#include "repeat.h"

#define SRE		(1ul << 0)
#define SRE_ENABLE	(1ul << 3)
#define CTLR_PMHE	(1ul << 6)
#define GICD_CTLR	0x00
#define GICD_CTLR_DS	(1u << 6)

#define GICD_PIDR2_V2	0xfe8
#define GICD_PIDR2_V3	0xffe8

#define NO_GIC3		"no GICv3"

extern const char icc_sre_el1_trial[], icc_sre_el2_trial[];

/* What asking for the system registers brought, for each CPU. */
static struct sre {
	bool tried;
	uint64_t esr, value;
} sre[MAX_CPUS];

bool gic_has_sysregs(void)
{
	return id_field(ID_PFR0, 24) && gic()->version == 3;
}

/* Ask for the system register interface, once on each CPU. */
static const struct sre *ask_sre(const struct cpu *cpu)
{
	struct sre *s = &sre[cpu->number];

	if (s->tried)
		return s;
	s->tried = true;
	announce_probe("BP-GIC3-01");
	if (current_el() == 2)
		s->esr = probe(icc_sre_el2_trial, SRE_ENABLE | SRE);
	else
		s->esr = probe(icc_sre_el1_trial, SRE);
	s->value = probe_value;
	return s;
}

bool gic_sysregs_usable(const struct cpu *cpu)
{
	const struct sre *s = ask_sre(cpu);

	return !s->esr && s->value & SRE;
}

static struct verdict sre_row(const struct cpu *cpu, uint64_t bits)
{
	const struct sre *s = ask_sre(cpu);

	if (s->esr)
		return fail("no exception on ICC_SRE_ELx, not ESR", s->esr);
	return want((s->value & bits) == bits, "ICC_SRE_ELx to keep the bit",
		    s->value);
}

static const char *not_el3_gic3(void)
{
	return !gic_has_sysregs() ? NO_GIC3 : !has_el3() ? "no EL3" : NULL;
}

static const char *not_el2_gic3(void)
{
	return !gic_has_sysregs() ? NO_GIC3 : current_el() == 2 ?
	       "entered at EL2" : !has_el2() ? "no EL2" : NULL;
}

CHECK(75, bp_gic3_01, ON_CPU, "BP-GIC3-01", "ICC_SRE_EL3.Enable is 1")
{
	const char *why = not_el3_gic3();

	if (why)
		return skip(why);
	/* From EL1 the exception alone tells. */
	return sre_row(cpu, current_el() == 2 ? SRE_ENABLE : 0);
}

CHECK(75, bp_gic3_02, ON_CPU, "BP-GIC3-02", "ICC_SRE_EL3.SRE is 1")
{
	const char *why = not_el3_gic3();

	return why ? skip(why) : sre_row(cpu, SRE);
}

CHECK(75, bp_gic3_04, ON_CPU, "BP-GIC3-04", "ICC_SRE_EL2.Enable is 1")
{
	const char *why = not_el2_gic3();

	return why ? skip(why) : sre_row(cpu, 0);
}

CHECK(75, bp_gic3_05, ON_CPU, "BP-GIC3-05", "ICC_SRE_EL2.SRE is 1")
{
	const char *why = not_el2_gic3();

	return why ? skip(why) : sre_row(cpu, SRE);
}

CHECK(56, bp_gic3_06, ON_BOOT, "BP-GIC3-06", "a GICv3 is described and there")
{
	uint32_t rev;

	if (!have_fdt())
		return skip("no usable device tree");
	if (!id_field(ID_PFR0, 24))
		return skip("the CPU has no GIC system registers");
	if (gic()->version == 2)
		return skip("the GICv3 is described, and used, as a GICv2");
	if (gic()->version != 3)
		return fail("arm,gic-v3 in the device tree", gic()->version);
	if (!gic_answers())
		return fail("a distributor that answers", gic()->gicd);
	rev = read32(gic()->gicd + GICD_PIDR2_V3) >> 4 & 15;
	return want(rev == 3 || rev == 4, "GICD_PIDR2.ArchRev 3 or 4", rev);
}

CHECK(56, bp_gic2_03, ON_BOOT, "BP-GIC2-03", "a GICv2 is described and there")
{
	uint32_t rev;

	if (!have_fdt())
		return skip("no usable device tree");
	if (gic()->version == 3)
		return skip("the machine has a GICv3");
	if (gic()->version != 2)
		return skip("no GIC in the device tree");
	if (!gic_answers())
		return fail("distributor and CPU interface that answer",
			    gic()->gicd);
	rev = read32(gic()->gicd + GICD_PIDR2_V2) >> 4 & 15;
	return want_equal(2, rev);
}

/* A GICv3 that the device tree calls a GICv2: its old registers must work. */
static const char *not_legacy(bool el3)
{
	if (!id_field(ID_PFR0, 24) || gic()->version != 2)
		return "no GICv3 that is used as a GICv2";
	if (el3)
		return has_el3() ? NULL : "no EL3";
	return current_el() == 2 ? "entered at EL2" :
	       has_el2() ? NULL : "no EL2";
}

/* One bit of SRE shows for all levels above: it reads 1 if it is 1 in one. */
static struct verdict legacy(const char *id, bool el3)
{
	const char *why = not_legacy(el3);

	if (why)
		return skip(why);
	/* A trap means that we cannot have the system registers: good. */
	if (risky_probe(id, current_el() == 2 ? icc_sre_el2_trial :
			icc_sre_el1_trial, 0))
		return pass();
	return want_equal(0, probe_value & SRE);
}

CHECK(75, bp_gic2_01, ON_CPU, "BP-GIC2-01", "ICC_SRE_EL3.SRE is 0")
{
	return legacy("BP-GIC2-01", true);
}

CHECK(75, bp_gic2_02, ON_CPU, "BP-GIC2-02", "ICC_SRE_EL2.SRE is 0")
{
	return legacy("BP-GIC2-02", false);
}

/* SCR_EL3.FIQ hides low priorities from us: Linux's test for group 0. */
static bool fiq_is_secure(void)
{
	uint64_t bits = (read_sysreg(ICC_CTLR) >> 8 & 7) + 1;
	uint64_t old = read_sysreg(ICC_PMR), seen;

	write_sysreg(0xf0, ICC_PMR);
	write_sysreg(1ul << (8 - bits), ICC_PMR);
	isb();
	seen = read_sysreg(ICC_PMR);
	write_sysreg(old, ICC_PMR);
	return !seen;
}

/* What the boot CPU has, the others are compared with it. */
static struct {
	bool known, fiq;
	uint64_t pmhe;
} boot_gic;

static void note_boot_gic(void)
{
	if (boot_gic.known)
		return;
	boot_gic.known = true;
	boot_gic.fiq = fiq_is_secure();
	boot_gic.pmhe = read_sysreg(ICC_CTLR) & CTLR_PMHE;
}

static const char *not_two_states(void)
{
	const char *why = not_el3_gic3();

	if (why)
		return why;
	if (!gic_answers())
		return "the GIC does not answer";
	return read32(gic()->gicd + GICD_CTLR) & GICD_CTLR_DS ?
	       "the GIC has one security state" : NULL;
}

/* The boot CPU measures, and can only be wrong by not keeping a mask. */
static struct verdict priority_mask_kept(void)
{
	uint64_t old = read_sysreg(ICC_PMR), kept;

	note_boot_gic();
	write_sysreg(0xf0, ICC_PMR);
	isb();
	kept = read_sysreg(ICC_PMR);
	write_sysreg(old, ICC_PMR);
	return want(kept & 0x80, "ICC_PMR_EL1 to keep 0xf0", kept);
}

CHECK(76, bp_scr_01, ON_CPU, "BP-SCR-01", "SCR_EL3.FIQ is the same everywhere")
{
	const char *why = not_two_states();

	if (why)
		return skip(why);
	if (!gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	if (cpu == boot_cpu() && !repeating())
		return priority_mask_kept();
	return want_equal(boot_gic.fiq, fiq_is_secure());
}

CHECK(95, bp_scr_02, ON_END, "BP-SCR-02", "SCR_EL3.FIQ is still the same")
{
	const char *why = not_two_states();

	if (why || !boot_gic.known)
		return skip(why ? why : "not measured");
	return want_equal(boot_gic.fiq, fiq_is_secure());
}

CHECK(76, bp_gic3_03, ON_SECONDARY, "BP-GIC3-03", "PMHE as on the boot CPU")
{
	const char *why = not_el3_gic3();

	if (why || !boot_gic.known)
		return skip(why ? why : "not measured");
	if (!gic_sysregs_usable(cpu))
		return fail("usable ICC registers", 0);
	return want_equal(boot_gic.pmhe, read_sysreg(ICC_CTLR) & CTLR_PMHE);
}

CHECK(95, bp_gic3_03_end, ON_END, "BP-GIC3-03", "PMHE is still the same")
{
	const char *why = not_el3_gic3();

	if (why || !boot_gic.known)
		return skip(why ? why : "not measured");
	return want_equal(boot_gic.pmhe, read_sysreg(ICC_CTLR) & CTLR_PMHE);
}
