/* SPDX-License-Identifier: BSD-2-Clause */
/* What entry.S and the C code must agree on, byte by byte. */
#ifndef KERNEL_ENTRY_H
#define KERNEL_ENTRY_H

/* BP-IMG-05: code0 puts this into x9, so an entry elsewhere is seen. */
#define ENTRY_MARKER		0xa91e

/* Header fields; a build may override them to make image variants. */
#ifndef KERNEL_TEXT_OFFSET
#define KERNEL_TEXT_OFFSET	0
#endif
/* Bit 3 = 0: "place me near the start of DRAM", which BP-IMG-10 checks. */
#ifndef KERNEL_FLAGS
#define KERNEL_FLAGS		0
#endif

#define MAX_CPUS		64
#define CPU_STACK_SIZE		4096
#define BOOT_STACK_SIZE		16384

/* struct cpu: what secondary_entry reads and writes. */
#define CPU_MPIDR		0
#define CPU_STACK_TOP		8
#define CPU_ENTRY		16
#define CPU_SIZE		512

/* struct frame: what an exception pushes. */
#define FRAME_ELR		248
#define FRAME_SPSR		256
#define FRAME_ESR		264
#define FRAME_FAR		272
#define FRAME_SIZE		288

#ifndef __ASSEMBLER__
#include "types.h"

/* The registers as they were at the first instruction. */
struct entry_state {
	uint64_t x[8];
	uint64_t marker;	/* x9, ENTRY_MARKER on the boot CPU */
	uint64_t daif;
	uint64_t currentel;
	uint64_t spsel;
	uint64_t sp;
	uint64_t nzcv;
	uint64_t sctlr;		/* of the exception level of the entry */
};

struct frame {
	uint64_t x[31];
	uint64_t elr, spsr, esr, far;
	uint64_t pad;
};

/* Where PSCI CPU_ON sends a CPU (entry.S). */
void secondary_entry(void);
#endif

#endif
