/* SPDX-License-Identifier: BSD-2-Clause */
/* TAP: the plan, one line a row, the summary. */
#include "clock.h"
#include "machine.h"
#include "print.h"
#include "repeat.h"
#include "report.h"
#include "str.h"

extern const link_t __checks_start[], __checks_end[];

static struct {
	unsigned int planned, row, ok, not_ok, skipped;
} report;

void report_plan(unsigned int rows)
{
	report.planned = rows;
	print("1..%u\n", rows);
}

static void print_failure(const struct verdict *v)
{
	if (v->kind == VERDICT_NUMBERS)
		print(": expected 0x%lx, found 0x%lx", v->want, v->got);
	else if (v->kind == VERDICT_TEXT)
		print(": expected %s, found 0x%lx", v->why, v->got);
	else
		print(": expected a verdict, found none");
}

static void print_cpu(const struct cpu *cpu)
{
	if (cpu)
		print(" cpu%u", cpu->number);
}

void report_row(const struct check *check, const struct cpu *cpu,
		struct verdict v)
{
	const char *id = here(check->id);
	const char *text = here(check->text);

	report.row++;
	if (v.kind == VERDICT_SKIP) {
		report.skipped++;
		print("ok %u - %s # SKIP %s", report.row, id, v.why);
	} else if (v.kind == VERDICT_OK) {
		report.ok++;
		print("ok %u - %s %s", report.row, id, text);
	} else {
		report.not_ok++;
		print("not ok %u - %s %s", report.row, id, text);
		print_failure(&v);
	}
	print_cpu(cpu);
	print("\n");
}

bool report_summary(void)
{
	if (report.row != report.planned)
		print("# planned %u rows, reported %u\n", report.planned,
		      report.row);
	print("SUMMARY: %u ok, %u not ok, %u skipped\n", report.ok,
	      report.not_ok, report.skipped);
	return !report.not_ok && report.ok && report.row == report.planned;
}

/* @id stands in the list, with commas, of the word @name of bootargs. */
static bool is_listed(const char *name, const char *id)
{
	size_t len, from = 0;
	const char *list = bootarg(name, &len);

	if (!list)
		return false;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && list[i] != ',')
			continue;
		if (str_equal_n(list + from, i - from, id))
			return true;
		from = i + 1;
	}
	return false;
}

const char *row_left_out(const char *id)
{
	size_t len;

	if (is_listed("aglet.skip", id))
		return "aglet.skip";
	if (bootarg("aglet.only", &len) && !is_listed("aglet.only", id))
		return "aglet.only";
	return NULL;
}

unsigned int count_checks(enum scope scope)
{
	unsigned int n = 0;

	for (const link_t *e = __checks_start; e < __checks_end; e++)
		n += ((const struct check *)here(*e))->scope == scope;
	return n;
}

static struct cpu *named_cpu(enum scope scope, struct cpu *cpu)
{
	return scope == ON_BOOT || scope == ON_END ? NULL : cpu;
}

static bool by_itself(enum scope scope)
{
	return scope == ON_SECONDARY || scope == ON_CPU;
}

void run_checks(enum scope scope, struct cpu *cpu)
{
	if (scope == ON_CPU)
		repeat_forget();
	for (const link_t *e = __checks_start; e < __checks_end; e++) {
		const struct check *check = here(*e);
		check_fn run = (check_fn)here(check->run);
		const char *id = here(check->id), *why;
		struct verdict v;

		if (check->scope != scope)
			continue;
		if (this_cpu() == boot_cpu())
			clock_look();
		why = row_left_out(id);
		v = why ? skip(why) : run(cpu, here(check->arg));
		if (scope == ON_CPU)
			repeat_note((size_t)(e - __checks_start), v.kind);
		/* Somebody else reports for a CPU that came too late. */
		if (this_cpu()->state == CPU_GIVEN_UP)
			return;
		report_row(check, named_cpu(scope, cpu), v);
		cpu->rows_done += by_itself(scope);
	}
}

static void refuse(enum scope scope, struct cpu *cpu, struct verdict *v,
		   uint32_t *done)
{
	for (const link_t *e = __checks_start; e < __checks_end; e++) {
		const struct check *check = here(*e);

		if (check->scope != scope)
			continue;
		if (*done) {
			--*done;
			continue;
		}
		report_row(check, cpu, *v);
		if (v->kind != VERDICT_SKIP)
			*v = skip("the CPU hangs in a row above");
	}
}

void refuse_rest(struct cpu *cpu, struct verdict verdict)
{
	uint32_t done = cpu->rows_done;

	refuse(ON_SECONDARY, cpu, &verdict, &done);
	refuse(ON_CPU, cpu, &verdict, &done);
}

void bail_out(const char *why)
{
	print("Bail out! %s\n", why);
	finish(false);
}
