/* SPDX-License-Identifier: BSD-2-Clause */
/* The fields of the AArch64 ID registers that this build knows. */
#ifndef ASM_ID_KNOWN_H
#define ASM_ID_KNOWN_H

#include "types.h"

/* All that Linux or the duty tables look at, in the order of the manual. */
enum id_known_reg {
	KNOWN_PFR0,
	KNOWN_PFR1,
	KNOWN_PFR2,
	KNOWN_ZFR0,
	KNOWN_SMFR0,
	KNOWN_DFR0,
	KNOWN_DFR1,
	KNOWN_ISAR0,
	KNOWN_ISAR1,
	KNOWN_ISAR2,
	KNOWN_ISAR3,
	KNOWN_MMFR0,
	KNOWN_MMFR1,
	KNOWN_MMFR2,
	KNOWN_MMFR3,
	KNOWN_MMFR4,
	KNOWN_COUNT
};

#define KNOWN_FIELDS		16	/* of four bits, in a register */

/* The value of that register on this CPU (id_report.c). */
uint64_t id_known_read(enum id_known_reg reg);

#endif
