/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rows about system registers in general: those that reset to anything must
 * have been given a value (BP-SYS-01), and must work like registers, whoever
 * is behind them (BP-SYS-02).
 */
#include "machine.h"
#include "probe.h"
#include "repeat.h"

#define ALWAYS		GATE_ALWAYS
#define HCX		FIELD(ID_MMFR1, 40, 1)
#define FGT		FIELD(ID_MMFR0, 56, 1)
#define PMU		FIELD_NOT_F(ID_DFR0, 8, 1)

struct sys_row {
	link_t id, read;
	uint32_t gate, el;
	uint64_t zero;		/* these bits must be 0 */
	uint64_t slot;		/* the boot CPU's value, or DIFFERS */
};

/* Each CPU's own: PSCI of an emulator starts secondaries in another way. */
#define DIFFERS		UINT64_MAX

static uint64_t boot_value[12];

static struct verdict sane(struct cpu *cpu, const void *arg)
{
	const struct sys_row *row = arg;
	uint64_t esr;

	if (current_el() != row->el)
		return skip(row->el == 2 ? "entered at EL1" : "entered at EL2");
	if (!gate_open(row->gate))
		return skip("feature absent");
	esr = risky_probe(here(row->id), here(row->read), 0);
	if (esr)
		return fail("no exception, not ESR", esr);
	if (probe_value & row->zero)
		return fail("bits that do harm to be 0", probe_value);
	if (row->slot == DIFFERS)
		return pass();
	if (cpu == boot_cpu() && !repeating())
		boot_value[row->slot] = probe_value;
	return want_equal(boot_value[row->slot], probe_value);
}

/* The rows come first: later ones change some of these registers. */
#define SYS_ROW(name, text, reg, gate, el, zero, slot)			\
	asm(".pushsection .text.probes, \"ax\"\n"			\
	    #name "_read:\n"						\
	    "	mrs x0, " reg "\n"					\
	    "	ret\n"							\
	    ".popsection\n");						\
	extern const char name##_read[];				\
	static const struct sys_row name##_sys = {			\
		LINK("BP-SYS-01"), LINK(name##_read), gate, el, zero, slot };\
	CHECK_ROW(13, name, ON_CPU, "BP-SYS-01", text, sane, &name##_sys)

/* A register that nobody has written is hardly the same on all CPUs. */
#define SYS_SAME(name, which, reg, gate, el, zero, slot) \
	SYS_ROW(name, which " is as on the boot CPU", reg, gate, el, zero, slot)

/* VM, PTW, VF, VI, VSE, DC, CD, ID: translation or interrupts of a guest. */
#define HCR_HARM	(1ul << 0 | 1ul << 2 | 7ul << 6 | 1ul << 12 | 3ul << 32)
/* M, E0E, EE */
#define SCTLR_HARM	(1ul << 0 | 3ul << 24)
/* SS, TDCC, KDE, HDE, MDE: debug exceptions that nobody expects */
#define MDSCR_HARM	(1ul << 0 | 1ul << 12 | 7ul << 13)
/* TDE: debug exceptions to EL2 */
#define MDCR_HARM	(1ul << 8)

SYS_ROW(sys_hcr, "HCR_EL2 does no harm", "hcr_el2", ALWAYS, 2, HCR_HARM,
	DIFFERS);
SYS_ROW(sys_sctlr1, "SCTLR_EL1 does no harm", "sctlr_el1", ALWAYS, 2,
	SCTLR_HARM, DIFFERS);
SYS_SAME(sys_mdcr, "MDCR_EL2", "mdcr_el2", ALWAYS, 2, MDCR_HARM, 0);
SYS_SAME(sys_cnthctl, "CNTHCTL_EL2", "cnthctl_el2", ALWAYS, 2, 0, 1);
SYS_ROW(sys_hstr, "HSTR_EL2 is 0", "hstr_el2", ALWAYS, 2, UINT64_MAX, 2);
SYS_ROW(sys_vttbr, "VTTBR_EL2 is 0", "vttbr_el2", ALWAYS, 2, UINT64_MAX, 3);
SYS_SAME(sys_vpidr, "VPIDR_EL2", "vpidr_el2", ALWAYS, 2, 0, 4);
SYS_SAME(sys_hcrx, "HCRX_EL2", "S3_4_C1_C2_2", HCX, 2, 0, 5);
SYS_SAME(sys_hfgr, "HFGRTR_EL2", "S3_4_C1_C1_4", FGT, 2, 0, 6);
SYS_SAME(sys_hfgw, "HFGWTR_EL2", "S3_4_C1_C1_5", FGT, 2, 0, 7);
SYS_SAME(sys_hfgi, "HFGITR_EL2", "S3_4_C1_C1_6", FGT, 2, 0, 8);
SYS_SAME(sys_cntkctl, "CNTKCTL_EL1", "cntkctl_el1", ALWAYS, 1, 0, 9);
SYS_SAME(sys_mdscr, "MDSCR_EL1", "mdscr_el1", ALWAYS, 1, MDSCR_HARM, 10);
SYS_SAME(sys_pmcr, "PMCR_EL0", "pmcr_el0", PMU, 1, 1, 11);

/* Guests would see these instead of the real ones (BX-15 at EL1). */
CHECK(13, sys_virtual_id, ON_CPU, "BP-SYS-01", "VPIDR and VMPIDR are real")
{
	if (current_el() != 2)
		return skip("entered at EL1");
	if (read_sysreg(vpidr_el2) != read_sysreg(midr_el1))
		return want_equal(read_sysreg(midr_el1),
				  read_sysreg(vpidr_el2));
	return want_equal(read_sysreg(mpidr_el1), read_sysreg(vmpidr_el2));
}

struct access_row {
	link_t trial;
	uint64_t value;
};

/* Write, read back, restore: 0 if the register has kept it. */
static struct verdict works(struct cpu *cpu, const void *arg)
{
	const struct access_row *row = arg;
	uint64_t esr = risky_probe("BP-SYS-02", here(row->trial), row->value);

	if (esr)
		return fail("no exception, not ESR", esr);
	return want_equal(row->value, probe_value);
}

#define ACCESS_ROW(name, reg, value)					\
	asm(".pushsection .text.probes, \"ax\"\n"			\
	    #name "_access:\n"						\
	    "	mrs x1, " reg "\n"					\
	    "	msr " reg ", x0\n"					\
	    "	isb\n"							\
	    "	mrs x0, " reg "\n"					\
	    "	msr " reg ", x1\n"					\
	    "	isb\n"							\
	    "	ret\n"							\
	    ".popsection\n");						\
	extern const char name##_access[];				\
	static const struct access_row name##_try = {			\
		LINK(name##_access), value };				\
	CHECK_ROW(13, name, ON_CPU, "BP-SYS-02", reg " can be used",	\
		  works, &name##_try)

/* What HCR_EL2.TVM and TRVM would trap; with the MMU off all are idle. */
ACCESS_ROW(sys_ttbr0, "ttbr0_el1", 0x123456780ul << 12);
ACCESS_ROW(sys_mair, "mair_el1", 0x00ff440c04bbul);
ACCESS_ROW(sys_far, "far_el1", 0x5a5a1234a5a5678ul);
ACCESS_ROW(sys_esr, "esr_el1", 0x56001234ul);
ACCESS_ROW(sys_contextidr, "contextidr_el1", 0x5a5a1234ul);
ACCESS_ROW(sys_tpidr, "tpidr_el0", 0x123456789abcdef0ul);
ACCESS_ROW(sys_cval, "cntv_cval_el0", 0x7fffffff12345678ul);
