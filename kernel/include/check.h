/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A row of the report. A check is a function that returns a verdict; it has
 * to find something that can be wrong, "always ok" is not a check.
 */
#ifndef KERNEL_CHECK_H
#define KERNEL_CHECK_H

#include "cpu.h"
#include "types.h"

enum verdict_kind {
	NO_VERDICT, VERDICT_OK, VERDICT_SKIP,
	VERDICT_NUMBERS,	/* not ok: want and got */
	VERDICT_TEXT		/* not ok: why and got */
};

struct verdict {
	enum verdict_kind kind;
	const char *why;
	uint64_t want, got;
};

static inline struct verdict pass(void)
{
	return (struct verdict){ .kind = VERDICT_OK };
}

/* The row does not bind here; @why says what is missing. */
static inline struct verdict skip(const char *why)
{
	return (struct verdict){ .kind = VERDICT_SKIP, .why = why };
}

/* Not ok: @expected in words, @got the number that was found instead. */
static inline struct verdict fail(const char *expected, uint64_t got)
{
	return (struct verdict){ VERDICT_TEXT, expected, 0, got };
}

static inline struct verdict want_equal(uint64_t want, uint64_t got)
{
	return want == got ? pass() :
	       (struct verdict){ VERDICT_NUMBERS, NULL, want, got };
}

static inline struct verdict want(bool good, const char *expected,
				  uint64_t got)
{
	return good ? pass() : fail(expected, got);
}

/* Where a row is evaluated. */
enum scope {
	ON_BOOT,	/* once, first */
	ON_CPU,		/* on every CPU, by that CPU */
	ON_SECONDARY,	/* on every CPU but the boot CPU, by that CPU */
	ABOUT_CPU,	/* about every other CPU, by the boot CPU */
	ON_END		/* once, last */
};

struct check {
	link_t id, text;
	link_t run;		/* struct verdict (*)(struct cpu *, arg) */
	link_t arg;
	uint64_t scope;
};

typedef struct verdict (*check_fn)(struct cpu *cpu, const void *arg);

/*
 * Enter a row: @order (two digits) and @name decide its place in the report.
 * Only a pointer goes into the table: it cannot break under over-alignment.
 */
#define CHECK_ROW(order, name, in, row_id, row_text, fn, data)		\
	static const struct check name##_row = {			\
		.id = LINK(row_id), .text = LINK(row_text),		\
		.run = LINK(fn), .arg = LINK(data), .scope = in,	\
	};								\
	__attribute__((used, section(".table.check." #order "." #name)))	\
	static const link_t name##_entry = LINK(&name##_row)

/* The head of the function of a row that has no argument. */
#define CHECK(order, name, in, row_id, row_text)			\
	static struct verdict name(struct cpu *cpu, const void *arg);	\
	CHECK_ROW(order, name, in, row_id, row_text, name, 0);		\
	static struct verdict name(struct cpu *cpu			\
				   __attribute__((unused)),		\
				   const void *arg __attribute__((unused)))

/* Run all rows of @scope and report them; @cpu is whom they are about. */
void run_checks(enum scope scope, struct cpu *cpu);

/* How many rows have @scope. */
unsigned int count_checks(enum scope scope);

/*
 * Report the rows that @cpu should have run on itself and has not: @verdict
 * for the first, in which it hangs, the others are skipped.
 */
void refuse_rest(struct cpu *cpu, struct verdict verdict);

/*
 * Which word of bootargs leaves the row @id out: it is named in aglet.skip=,
 * or there is an aglet.only= that does not name it. NULL: none.
 */
const char *row_left_out(const char *id);

#endif
