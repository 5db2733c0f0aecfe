/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Duties as tables: each row says which rule asks for which field of which
 * register to be all ones or all zeros, and what announces the feature. A
 * register's value is its RES1 bits and the fields of the rows that apply, so
 * what no row asks for is 0: nothing is inherited from whoever ran before
 * (BP-SYS-01). Rows that want zeros change no value; they say which rule an
 * unset bit obeys, and can be broken on purpose (mutation.h).
 */
#ifndef ASM_DUTY_H
#define ASM_DUTY_H

#include "types.h"

/* ID registers that gate duties; a gate has four bits for this number. */
enum id_reg {
	ID_MADE,		/* made up, see gates.h */
	ID_PFR0,
	ID_PFR1,
	ID_PFR2,
	ID_SMFR0,
	ID_DFR0,
	ID_ISAR1,
	ID_ISAR2,
	ID_MMFR0,
	ID_MMFR1,
	ID_MMFR3,
	ID_MMFR4,
	ID_COUNT
};

struct id_regs {
	uint64_t value[ID_COUNT];
	/* For unsafe test builds, else 0: the fault, and for which CPU. */
	uint32_t mutation;
	bool secondary;
};

/*
 * Registers that the tables fill, in the order in which they are written;
 * EL3's first, then EL2's, then EL1's. Neighbours share a presence.
 */
enum duty_reg {
	REG_SCR_EL3,		/* NS decides which bank the others are */
	REG_CPTR_EL3,
	REG_MDCR_EL3,
	REG_ZCR_EL3,
	REG_SMCR_EL3,
	REG_MPAM3_EL3,
	REG_AMCNTENSET0_EL0,
	REG_AMCNTENSET1_EL0,
	REG_EL3_END,

	REG_HCR_EL2 = REG_EL3_END,	/* E2H decides how the others look */
	REG_CPTR_EL2,
	REG_CNTHCTL_EL2,
	REG_CPTR_EL2_E2H,	/* the same two, as they look with E2H */
	REG_CNTHCTL_EL2_E2H,
	REG_MDCR_EL2,
	REG_CNTVOFF_EL2,
	REG_CNTPOFF_EL2,
	REG_VPIDR_EL2,
	REG_VMPIDR_EL2,
	REG_VTTBR_EL2,
	REG_HSTR_EL2,
	REG_HCRX_EL2,
	REG_HFGRTR_EL2,
	REG_HFGWTR_EL2,
	REG_HFGITR_EL2,
	REG_HDFGRTR_EL2,
	REG_HDFGWTR_EL2,
	REG_HAFGRTR_EL2,
	REG_HFGRTR2_EL2,
	REG_HFGWTR2_EL2,
	REG_HFGITR2_EL2,
	REG_HDFGRTR2_EL2,
	REG_HDFGWTR2_EL2,
	REG_ZCR_EL2,
	REG_SMCR_EL2,
	REG_MPAM2_EL2,
	REG_MPAMHCR_EL2,
	REG_ICC_SRE_EL2,	/* without SRE the next is UNDEFINED */
	REG_ICH_HCR_EL2,
	REG_ICH_HFGRTR_EL2,
	REG_ICH_HFGWTR_EL2,
	REG_ICH_HFGITR_EL2,
	REG_BRBCR_EL2,
	REG_PMSCR_EL2,
	REG_GCSCR_EL2,
	REG_GCSCR_EL1,
	REG_GCSCRE0_EL1,
	REG_CNTHP_CTL_EL2,
	REG_SCTLR_EL2,
	REG_SCTLR_EL1,
	REG_CPACR_EL1,
	REG_EL2_END
};

_Static_assert(ID_COUNT <= 16 && REG_EL2_END <= 64, "a row has few bits");

/*
 * A normal monitor has room for neither the names nor the rows that change
 * nothing: those that want zeros, and those for the other kernel EL.
 */
#if !defined(AGLET_MONITOR) || defined(CONFIG_UNSAFE_TEST_BUILD)
#define DUTY_FULL
#endif

/* One duty: the field [msb:lsb] of @reg, if @gate (gates.h) is open. */
struct duty {
	uint32_t reg : 6;
	uint32_t lsb : 6;
	uint32_t msb : 6;
	uint32_t gate : 14;
#ifdef DUTY_FULL
	uint8_t ones;		/* all ones, else all zeros */
	uint8_t kernel_el;	/* 0 = whichever, else a kernel that starts there */
	uint8_t same;		/* any value will do if all CPUs have the same */
#endif
#ifndef AGLET_MONITOR
	const char *id;		/* the rule */
#endif
};

/*
 * Rows of a table: ONES(kernel EL or ANY, "rule", register, gate, mask), ZEROS
 * likewise, SAME_ONES and SAME_ZEROS where only "the same on every CPU" is
 * the rule. A mask is one run of bits.
 */
#define ONES(el, ...)		ONES_##el(__VA_ARGS__)
#define ZEROS(el, ...)		ZEROS_##el(__VA_ARGS__)

#define DUTY_FIELD(reg_, gate_, mask)					\
	.reg = (reg_), .gate = (gate_), .lsb = __builtin_ctzll(mask),	\
	.msb = 63 - __builtin_clzll(mask)
#ifdef AGLET_MONITOR
#define DUTY_ID(id_)
#else
#define DUTY_ID(id_)		.id = (id_),
#endif

#ifdef DUTY_FULL
#define DUTY(id, el, ones_, same_, ...)					\
	{ DUTY_FIELD(__VA_ARGS__), DUTY_ID(id) .ones = (ones_),		\
	  .kernel_el = (el), .same = (same_) },
#define ONES_ANY(id, ...)	DUTY(id, 0, 1, 0, __VA_ARGS__)
#define ONES_EL1(id, ...)	DUTY(id, 1, 1, 0, __VA_ARGS__)
#define ZEROS_ANY(id, ...)	DUTY(id, 0, 0, 0, __VA_ARGS__)
#define ZEROS_EL1(id, ...)	DUTY(id, 1, 0, 0, __VA_ARGS__)
#define SAME_ONES(id, ...)	DUTY(id, 0, 1, 1, __VA_ARGS__)
#define SAME_ZEROS(id, ...)	DUTY(id, 0, 0, 1, __VA_ARGS__)
#else
#define ONES_ANY(id, ...)	{ DUTY_FIELD(__VA_ARGS__) },
#define ZEROS_ANY(id, ...)
#define ZEROS_EL1(id, ...)
#define SAME_ONES(id, ...)	{ DUTY_FIELD(__VA_ARGS__) },
#define SAME_ZEROS(id, ...)
#ifdef CONFIG_KERNEL_EL1
#define ONES_EL1(id, ...)	{ DUTY_FIELD(__VA_ARGS__) },
#else
#define ONES_EL1(id, ...)
#endif
#endif

/* The rows that a normal monitor keeps all want ones for its kernel EL. */
#ifdef DUTY_FULL
#define DUTY_ONES(duty)		((duty)->ones)
#define DUTY_KERNEL_EL(duty)	((duty)->kernel_el)
#define DUTY_SAME(duty)		((duty)->same)
#else
#define DUTY_ONES(duty)		true
#define DUTY_KERNEL_EL(duty)	0
#define DUTY_SAME(duty)		false
#endif

/* Registers first..last are UNDEFINED without the feature. */
struct duty_presence {
	uint8_t first;
	uint8_t last;
	uint16_t gate;
};

/* Bits of a register that are RES1. */
struct duty_base {
	uint32_t bits;
	uint32_t reg;
};

struct duty_table {
	const struct duty *duties;
	const struct duty_presence *presence;
	const struct duty_base *base;
	uint16_t count;
	uint16_t presence_count;
	uint16_t base_count;
	uint16_t mutation;	/* the number of row 0 */
};

/* Read the CPU's ID registers, and what stands in for ID registers. */
void id_regs_read(struct id_regs *ids);

/*
 * Make up ID_MADE from the others, and what three more registers add to it
 * (MPAMIDR_EL1, AMCGCR_EL0, PMSIDR_EL1; 0 where one cannot be read).
 */
void id_regs_make(struct id_regs *ids);
void id_regs_make_more(struct id_regs *ids, uint64_t mpamidr, uint64_t amcgcr,
		       uint64_t pmsidr);

/* The four-bit field of ID register @reg that starts at bit @shift. */
static inline unsigned int gate_field(const struct id_regs *ids,
				      enum id_reg reg, unsigned int shift)
{
	return (ids->value[reg] >> shift) & 0xf;
}

/* Does the CPU of @ids announce what @gate asks for? */
bool gate_open(unsigned int gate, const struct id_regs *ids);

/* May @reg be touched at all on the CPU of @ids? */
bool duty_reg_exists(const struct duty_table *table, unsigned int reg,
		     const struct id_regs *ids);

/* The bits of the row's field. */
static inline uint64_t duty_mask(const struct duty *duty)
{
	return ~0ull >> (63 - (duty->msb - duty->lsb)) << duty->lsb;
}

/* The manual's name of @reg (below REG_EL2_END); not in the monitor. */
const char *duty_reg_name(unsigned int reg);

/* Does the row bind the CPU of @ids when its kernel starts at @kernel_el? */
bool duty_applies(const struct duty *duty, unsigned int kernel_el,
		  const struct id_regs *ids);

/* What @reg has to hold for a kernel that starts at @kernel_el. */
uint64_t duty_reg_value(const struct duty_table *table, unsigned int reg,
			unsigned int kernel_el, const struct id_regs *ids);

/* The register that the fault of @ids is about, or REG_EL2_END: none here. */
unsigned int duty_fault_reg(const struct duty_table *table,
			    const struct id_regs *ids);

/*
 * EL2 as a kernel at @kernel_el (1 or 2) wants to find it, on the CPU that
 * calls, which runs at EL3 or at EL2. SCTLR_EL2 is written only from EL3.
 */
extern const struct duty_table el2_duties;
void el2_setup(const struct id_regs *ids, unsigned int kernel_el);

/* The same for one register; nothing if the CPU does not have it. */
void el2_reg_setup(unsigned int reg, const struct id_regs *ids,
		   unsigned int kernel_el);

/* What it writes to one of them. */
uint64_t el2_reg_value(unsigned int reg, const struct id_regs *ids,
		       unsigned int kernel_el);

/* EL3's own registers, for a kernel that starts at @kernel_el. */
extern const struct duty_table el3_duties;

#endif
