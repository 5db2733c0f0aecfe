/* SPDX-License-Identifier: BSD-2-Clause */
/* Rows that run all other rows of a CPU again (BP-SEC-05, BP-SCR-02). */
#include "repeat.h"
#include "smp.h"
#include "spin.h"
#include "suspend.h"

#define MAX_ROWS	1024

extern const link_t __checks_start[], __checks_end[];

/* One CPU at a time has rows, so one record of first verdicts is enough. */
static struct {
	volatile bool running;
	link_t volatile row;
	uint8_t first[MAX_ROWS];	/* enum verdict_kind */
	char text[160];
} state;

bool repeating(void)
{
	return state.running;
}

void repeat_forget(void)
{
	for (size_t i = 0; i < MAX_ROWS; i++)
		state.first[i] = NO_VERDICT;
}

void repeat_note(size_t index, enum verdict_kind kind)
{
	if (index < MAX_ROWS)
		state.first[index] = (uint8_t)kind;
}

const char *repeated_row(void)
{
	return here(state.row);
}

/* "ID: why", cut to the room that there is. */
static const char *name_row(const char *id, const char *why)
{
	const char *parts[] = { id, ": ", why };
	size_t n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(parts); i++)
		for (const char *p = parts[i]; *p; p++)
			if (n < sizeof(state.text) - 1)
				state.text[n++] = *p;
	state.text[n] = 0;
	return state.text;
}

static struct verdict changed(const struct check *check, struct verdict v)
{
	const char *id = here(check->id);

	switch (v.kind) {
	case VERDICT_SKIP:
		return fail(name_row(id, "a verdict as at first"), 0);
	case VERDICT_NUMBERS:
		return fail(name_row(id, "the number it wants"), v.got);
	default:
		return fail(name_row(id, v.why ? v.why : "a verdict"), v.got);
	}
}

static struct verdict repeat_row(struct cpu *cpu, const struct check *check)
{
	check_fn run = (check_fn)here(check->run);
	struct verdict v;

	state.row = check->id;
	v = run(cpu, here(check->arg));
	return v.kind == VERDICT_OK ? v : changed(check, v);
}

static struct verdict bp_sec_05_suspend(struct cpu *cpu, const void *arg);

/* A row that is not ok at first is red already, and needs no second voice. */
static bool to_repeat(const link_t *entry)
{
	const struct check *check = here(*entry);
	size_t index = (size_t)(entry - __checks_start);

	return index < MAX_ROWS && state.first[index] == VERDICT_OK &&
	       check->run != LINK(bp_sec_05_suspend) - LINK(_head);
}

struct verdict repeat_rows(struct cpu *cpu)
{
	struct verdict v = pass();
	unsigned int rows = 0;

	state.running = true;
	for (const link_t *e = __checks_start;
	     e < __checks_end && v.kind == VERDICT_OK; e++)
		if (to_repeat(e)) {
			v = repeat_row(cpu, here(*e));
			rows++;
		}
	state.running = false;
	return rows ? v : skip("no other row was ok");
}

CHECK(89, bp_sec_05_suspend, ON_CPU, "BP-SEC-05",
      "all rows hold again after CPU_SUSPEND")
{
	struct verdict v = suspend_to_standby(cpu);

	if (v.kind != VERDICT_OK)
		return v;
	announce_probe("BP-SEC-05");
	return repeat_rows(cpu);
}

CHECK(63, bp_sec_05_again, ABOUT_CPU, "BP-SEC-05",
      "all rows hold again after CPU_OFF and CPU_ON")
{
	if (spin_of(cpu)->used)
		return skip("a CPU of a spin table cannot be switched");
	if (cpu->state == CPU_CAME_BACK)
		return fail(name_row(repeated_row(), "the CPU to come out"),
			    cpu->mpidr);
	if (cpu->state < CPU_CAME_BACK || cpu->state == CPU_GIVEN_UP)
		return skip("the CPU did not get so far");
	return *second_verdict(cpu);
}
