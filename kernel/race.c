/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two CPUs that start the same third one at the same time (PS-03). Three CPUs
 * run at once here, with the MMU off: their words are Device memory, so plain
 * volatile accesses in program order are all the synchronisation there is.
 * Every wait of the boot CPU is bounded; the others wait for the boot CPU.
 */
#include "psci.h"
#include "race.h"
#include "smp.h"
#include "time.h"

#define MAGIC		0x0dd5a2e000000000ul
#define BOOT_CPU	1
#define RIVAL		2

/* After this, a second start that was still to come has come. */
#define AFTERMATH_MS	20

static volatile struct {
	uint32_t round;		/* boot CPU: get ready for this one */
	uint32_t ready;		/* rival: I am, for this one */
	uint32_t go;		/* boot CPU: @start is valid for this one */
	uint64_t start;		/* counter value at which both call */
	uint32_t answered;	/* rival: @answer is of this one */
	int64_t answer;
	uint32_t runs;		/* target: so many times I have come, */
	uint64_t context;	/* ... the latest with this in x0 */
	uint32_t leave;		/* boot CPU: the target may go after so many */
	bool over;		/* boot CPU: everybody may go */
} course;

static uint64_t context_of(uint32_t round, unsigned int who)
{
	return MAGIC + (uint64_t)round * 16 + who;
}

static int64_t start_and_call(struct cpu *target, uint32_t round,
			      unsigned int who)
{
	uint64_t context = context_of(round, who);

	while (!expired(course.start))
		if (course.over)
			break;
	return cpu_start(target, context);
}

static struct cpu *the_target;

/* Where the rival comes to: one CPU_ON in every round. */
static void rival_run(struct cpu *cpu __attribute__((unused)))
{
	for (uint32_t round = 1; ; round++) {
		while (course.round < round) {
			yield();
			if (course.over)
				return;
		}
		course.ready = round;
		while (course.go < round) {
			yield();
			if (course.over)
				return;
		}
		course.answer = start_and_call(the_target, round, RIVAL);
		dsb();
		course.answered = round;
	}
}

/* Where the target comes to; a second start would bring it here again. */
static void target_run(struct cpu *cpu)
{
	uint32_t run = course.runs + 1;

	course.context = cpu->entry.x[0];
	dsb();
	course.runs = run;
	while (course.leave < run) {
		yield();
		if (course.over)
			return;
	}
}

/* Return: @word has come to @value in time. */
static bool reached(const volatile uint32_t *word, uint32_t value)
{
	uint64_t end = deadline(PATIENCE_MS);

	while (*word < value)
		if (expired(end))
			return false;
	dsb();
	return true;
}

static bool one_wins(int64_t a, int64_t b)
{
	int64_t loser = a ? a : b;

	return !(a && b) &&
	       (loser == PSCI_ALREADY_ON || loser == PSCI_ON_PENDING);
}

/* Both answers in one number: the boot CPU's in the upper half. */
static uint64_t both(int64_t a, int64_t b)
{
	return (uint64_t)a << 32 | (uint32_t)b;
}

/* The target has been let in @round times, by the one that won. */
static struct verdict judge(uint32_t round, int64_t mine)
{
	int64_t others = course.answer;

	if (!one_wins(mine, others))
		return fail("answers 0 and -4 or -5 (high and low half)",
			    both(mine, others));
	if (!reached(&course.runs, round))
		return fail("the target to arrive, not after round", round);
	return want_equal(context_of(round, mine ? RIVAL : BOOT_CPU),
			  course.context);
}

static struct verdict one_round(struct cpu *target, uint32_t round)
{
	struct verdict v;
	int64_t mine;

	course.round = round;
	if (!reached(&course.ready, round))
		return fail("the rival to be ready, not in round", round);
	course.start = deadline(1);
	dsb();
	course.go = round;
	mine = start_and_call(target, round, BOOT_CPU);
	if (!reached(&course.answered, round))
		return fail("the rival to get an answer, not in round", round);
	v = judge(round, mine);
	if (v.kind != VERDICT_OK)
		return v;
	course.leave = round;
	if (cpu_wait_off(target) != 1)
		return fail("the target to go off, not after round", round);
	return want_equal(round, course.runs);
}

static void wait_aftermath(void)
{
	uint64_t end = deadline(AFTERMATH_MS);

	while (!expired(end))
		;
}

static struct verdict all_rounds(struct cpu *target, unsigned int rounds)
{
	for (uint32_t round = 1; round <= rounds; round++) {
		struct verdict v = one_round(target, round);

		if (v.kind != VERDICT_OK)
			return v;
	}
	wait_aftermath();
	return want_equal(rounds, course.runs);
}

struct verdict race(struct cpu *rival, struct cpu *target,
		    unsigned int rounds)
{
	struct verdict v;

	the_target = target;
	rival->errand = rival_run;
	target->errand = target_run;
	dsb();
	if (cpu_start(rival, 0))
		return fail("CPU_ON of the rival to return 0", rival->mpidr);
	v = all_rounds(target, rounds);
	course.over = true;
	dsb();
	if (v.kind == VERDICT_OK && cpu_wait_off(rival) != 1)
		return fail("the rival to go off", rival->mpidr);
	return v;
}
