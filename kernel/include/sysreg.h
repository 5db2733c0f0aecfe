/* SPDX-License-Identifier: BSD-2-Clause */
/* System registers, and the few field names that several files need. */
#ifndef KERNEL_SYSREG_H
#define KERNEL_SYSREG_H

#include "types.h"

#define SYSREG_TEXT_(name)	#name
#define SYSREG_TEXT(name)	SYSREG_TEXT_(name)

#define read_sysreg(name) ({						\
	uint64_t value_;						\
	asm volatile("mrs %0, " SYSREG_TEXT(name)			\
		     : "=r" (value_) : : "memory");			\
	value_; })

#define write_sysreg(value, name)					\
	asm volatile("msr " SYSREG_TEXT(name) ", %x0"			\
		     : : "rZ" ((uint64_t)(value)) : "memory")

static inline void isb(void)
{
	asm volatile("isb" : : : "memory");
}

static inline void dsb(void)
{
	asm volatile("dsb sy" : : : "memory");
}

/*
 * In each loop that waits for another CPU: where one host thread plays all
 * CPUs in turn, the other gets its turn at once.
 */
static inline void yield(void)
{
	asm volatile("yield" : : : "memory");
}

/* The exception level that runs this. */
static inline unsigned int current_el(void)
{
	return (read_sysreg(currentel) >> 2) & 3;
}

/* Aff3..Aff0 of this CPU, as the `reg` of a cpu node. */
static inline uint64_t current_mpidr(void)
{
	return read_sysreg(mpidr_el1) & 0xff00fffffful;
}

/* GIC CPU interface (IHI 0069 12.2), by number: old assemblers lack them. */
#define ICC_PMR			S3_0_C4_C6_0
#define ICC_IAR1		S3_0_C12_C12_0
#define ICC_EOIR1		S3_0_C12_C12_1
#define ICC_HPPIR1		S3_0_C12_C12_2
#define ICC_SGI1R		S3_0_C12_C11_5
#define ICH_HCR			S3_4_C12_C11_0
#define ICC_CTLR		S3_0_C12_C12_4
#define ICC_SRE_EL1		S3_0_C12_C12_5
#define ICC_IGRPEN1		S3_0_C12_C12_7
#define ICC_SRE_EL2		S3_4_C12_C9_5

#define SCTLR_M			(1ul << 0)
#define SCTLR_C			(1ul << 2)
#define SCTLR_EE		(1ul << 25)

#define DAIF_F			(1ul << 6)
#define DAIF_I			(1ul << 7)
#define DAIF_A			(1ul << 8)
#define DAIF_D			(1ul << 9)

#define HCR_FMO			(1ul << 3)
#define HCR_IMO			(1ul << 4)
#define HCR_AMO			(1ul << 5)
#define HCR_E2H			(1ul << 34)

/* ESR_ELx.EC */
#define ESR_EC(esr)		(((esr) >> 26) & 0x3f)
#define EC_UNKNOWN		0x00
#define EC_HVC64		0x16
#define EC_INSN_ABORT		0x21	/* both from the same exception level */
#define EC_DATA_ABORT		0x25
#define EC_BRK			0x3c

/*
 * The ID registers S3_0_C0_C4_0 .. S3_0_C0_C7_7, 32 of them, all readable
 * (as zero where not allocated): index into struct cpu.id[].
 */
enum id_index {
	ID_PFR0 = 0, ID_PFR1 = 1, ID_PFR2 = 2, ID_ZFR0 = 4, ID_SMFR0 = 5,
	ID_DFR0 = 8, ID_DFR1 = 9, ID_ISAR0 = 16, ID_ISAR1 = 17,
	ID_ISAR2 = 18, ID_MMFR0 = 24, ID_MMFR1 = 25, ID_MMFR2 = 26,
	ID_MMFR3 = 27, ID_COUNT = 32
};

/* Read all of them into @id (asm.S); for read_ids() only. */
void read_id_registers(uint64_t id[ID_COUNT]);

#endif
