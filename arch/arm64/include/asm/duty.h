/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Duties as tables: each row says which rule asks for which bits of which
 * register, and which field of which ID register announces the feature. A
 * register's value is the OR of its rows that apply, so what no row asks
 * for is 0: nothing is inherited from whoever ran before (BP-SYS-01).
 */
#ifndef ASM_DUTY_H
#define ASM_DUTY_H

#include "types.h"

/* ID registers that gate duties; ID_ALWAYS and ID_PAUTH are made up. */
enum id_reg {
	ID_ALWAYS,		/* reads 1 */
	ID_PAUTH,		/* 1 if any of the six PAuth fields is set */
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
	ID_COUNT
};

struct id_regs {
	uint64_t value[ID_COUNT];
};

/* Registers that the tables fill; EL3 ones first, then EL2, then EL1. */
enum duty_reg {
	REG_SCR_EL3,
	REG_CPTR_EL3,
	REG_MDCR_EL3,
	REG_ZCR_EL3,
	REG_SMCR_EL3,
	REG_MPAM3_EL3,
	REG_AMCNTENSET0_EL0,
	REG_EL3_END,

	REG_HCR_EL2 = REG_EL3_END,
	REG_CPTR_EL2,
	REG_MDCR_EL2,
	REG_CNTHCTL_EL2,
	REG_CNTVOFF_EL2,
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
	REG_ZCR_EL2,
	REG_SMCR_EL2,
	REG_MPAM2_EL2,
	REG_ICH_HCR_EL2,
	REG_CNTHP_CTL_EL2,
	REG_SCTLR_EL2,
	REG_SCTLR_EL1,
	REG_CPACR_EL1,
	REG_EL2_END
};

/* The field [shift+3:shift] of @reg lies in min..max. */
struct gate {
	uint8_t reg;
	uint8_t shift;
	uint8_t min;
	uint8_t max;
};

/* @kernel_el: 0 = whichever, else only for a kernel that starts there. */
struct duty {
	uint8_t reg;
	uint8_t kernel_el;
	struct gate gate;
	uint64_t bits;
#ifndef AGLET_MONITOR
	const char *id;		/* the rule; the monitor has no room for it */
#endif
};

/* DUTY_ZERO documents a register that no feature wants a bit of. */
#ifdef AGLET_MONITOR
#define DUTY_ZERO(id, reg)
#define DUTY(id, reg, kernel_el, gate, bits) { reg, kernel_el, gate, bits }
#else
#define DUTY_ZERO(id, reg) DUTY(id, reg, 0, ALWAYS, 0),
#define DUTY(id, reg, kernel_el, gate, bits) { reg, kernel_el, gate, bits, id }
#endif

/* A register of the tables and the feature without which it is UNDEFINED. */
struct duty_presence {
	uint8_t reg;
	struct gate gate;
};

struct duty_table {
	const struct duty *duties;
	size_t count;
	const struct duty_presence *presence;
	size_t presence_count;
};

/* Read the CPU's ID registers. */
void id_regs_read(struct id_regs *ids);

/* The four-bit field of ID register @reg that starts at bit @shift. */
static inline unsigned int gate_field(const struct id_regs *ids,
				      enum id_reg reg, unsigned int shift)
{
	return (ids->value[reg] >> shift) & 0xf;
}

/* Does the CPU of @ids announce what @gate asks for? */
bool gate_open(struct gate gate, const struct id_regs *ids);

/* May @reg be touched at all on the CPU of @ids? */
bool duty_reg_exists(const struct duty_table *table, unsigned int reg,
		     const struct id_regs *ids);

/* What @reg has to hold for a kernel that starts at @kernel_el. */
uint64_t duty_reg_value(const struct duty_table *table, unsigned int reg,
			unsigned int kernel_el, const struct id_regs *ids);

/*
 * EL2 as a kernel at @kernel_el (1 or 2) wants to find it, on the CPU that
 * calls, which runs at EL3 or at EL2. SCTLR_EL2 is written only from EL3.
 */
extern const struct duty_table el2_duties;
void el2_setup(const struct id_regs *ids, unsigned int kernel_el);

/* EL3's own registers, for a kernel that starts at @kernel_el. */
extern const struct duty_table el3_duties;

#endif
