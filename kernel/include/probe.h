/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One line a probe: an instruction that must not trap on a CPU that announces
 * a feature. A firmware that forgot a bit gives an exception here (or hangs,
 * which is why the name of the row goes out first).
 */
#ifndef KERNEL_PROBE_H
#define KERNEL_PROBE_H

#include "check.h"

/*
 * When the row binds: a field of an ID register has at least a value, may be
 * with 0xF for "not there"; or one of a few features that have more fields.
 */
#define GATE_ALWAYS			0u
#define GATE(kind, reg, shift, min) \
	((kind) << 24 | (min) << 16 | (shift) << 8 | (unsigned int)(reg))
#define FIELD(reg, shift, min)		GATE(1u, reg, shift, min)
#define FIELD_NOT_F(reg, shift, min)	GATE(2u, reg, shift, min)
#define GATE_FP				FIELD_NOT_F(ID_PFR0, 16, 0)
#define GATE_PAUTH			(3u << 24)
#define GATE_MPAM			(4u << 24)
#define GATE_CSV2_2			(5u << 24)
#define GATE_SPE_FDS			(6u << 24)

/* Who has to let the instruction through, and from where that is seen. */
enum probe_by {
	BY_EL3,		/* EL3 present; seen from EL2 and EL1 */
	BY_EL3_AT_EL2,	/* EL3 present; only EL2 can run it */
	BY_EL3_AT_EL1,	/* EL3 present; this form is for EL1 */
	BY_EL2,		/* entry at EL1 under an EL2 */
	BY_NONE		/* asks nobody above */
};

/* What a row needs beside its instruction, or what it forgives. */
#define NEEDS_FP	1u	/* open CPTR_EL2 / CPACR_EL1 first */
#define ABORT_OK	2u	/* a data abort comes after the trap: good */

struct probe_row {
	link_t trial;
	link_t id;
	uint32_t gate, gate2;	/* both have to be open */
	uint32_t by;
	uint32_t flags;
};

struct verdict run_probe_row(struct cpu *cpu, const void *arg);

/* The feature of @gate is there on this CPU. */
bool gate_open(uint32_t gate);

/* NULL, or why a row does not bind on this machine at this EL. */
const char *not_bound(enum probe_by by);

/* Let FP, SVE and SME through at this EL. Return: ESR if that trapped. */
uint64_t open_fp(void);

/*
 * One violation, one red row: what cannot be tried because of another rule is
 * skipped, and names it.
 */
#define FP_SHUT		"our own FP traps cannot be opened: BX-07, BX-19"
#define NO_FP_INSN	"FP traps: BP-FP-01, BP-FP-02"
#define NO_SVE_INSN	"SVE traps: BP-SVE-01, BP-SVE-03"
#define NO_SME_INSN	"SME traps: BP-SME-01, BP-SME-04"

#define PROBE_TRIAL(name, insn)						\
	asm(".pushsection .text.probes, \"ax\"\n"			\
	    "	.globl	" #name "_trial\n"				\
	    #name "_trial:\n"						\
	    "	" insn "\n"						\
	    "	ret\n"							\
	    ".popsection\n");						\
	extern const char name##_trial[]

/*
 * Rows of the same order stand in the order of enum probe_by's names, those of
 * EL2 first: below an EL2 that nobody is left in, a trap of EL2 ends the report
 * in its own row, while an EL3 that tells makes both rows red.
 */
#define PROBE_ROW(order, name, row_id, text, run, row_gate, row_gate2,	\
		  row_by, row_flags, insn)				\
	PROBE_TRIAL(name, insn);						\
	static const struct probe_row name##_probe = {			\
		LINK(name##_trial), LINK(row_id), row_gate, row_gate2,	\
		row_by, row_flags };					\
	CHECK_ROW(order.row_by, name, ON_CPU, row_id, text, run, &name##_probe)

#define PROBE(name, id, text, gate, by, insn) \
	PROBE_ROW(82, name, id, text, run_probe_row, gate, GATE_ALWAYS, by, \
		  0, insn)
/* The same for a feature that needs another one. */
#define PROBE2(name, id, text, gate, gate2, by, insn) \
	PROBE_ROW(82, name, id, text, run_probe_row, gate, gate2, by, 0, insn)
/* The same for an instruction that may run into an abort once let through. */
#define PROBE_ABORT(name, id, text, gate, by, insn) \
	PROBE_ROW(82, name, id, text, run_probe_row, gate, GATE_ALWAYS, by, \
		  ABORT_OK, insn)
/* The same for an instruction of the FP, SVE and SME families. */
#define PROBE_FP(name, id, text, gate, by, insn) \
	PROBE_FP2(name, id, text, gate, GATE_ALWAYS, by, insn)
#define PROBE_FP2(name, id, text, gate, gate2, by, insn) \
	PROBE_ROW(83, name, id, text, run_probe_row, gate, gate2, by, \
		  NEEDS_FP, insn)

/* A register that must read as @value under @mask. */
struct value_row {
	struct probe_row probe;
	uint64_t mask, value;
};

struct verdict run_value_row(struct cpu *cpu, const void *arg);

#define VALUE(name, row_id, text, row_gate, row_by, insn, row_mask, row_value) \
	PROBE_TRIAL(name, insn);						\
	static const struct value_row name##_value = {			\
		{ LINK(name##_trial), LINK(row_id), row_gate,		\
		  GATE_ALWAYS, row_by, 0 }, row_mask, row_value };	\
	CHECK_ROW(82, name, ON_CPU, row_id, text, run_value_row,	\
		  &name##_value)

#endif
