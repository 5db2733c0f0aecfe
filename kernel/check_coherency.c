/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Are two CPUs in one coherency domain (BP-COH-01)? With the MMU off nothing
 * is cached and the question means nothing, so both have it on here. Each
 * other CPU comes once more, counts and passes messages with the boot CPU.
 */
#include "machine.h"
#include "mmu.h"
#include "psci.h"
#include "smp.h"
#include "time.h"

#define TURNS		5000
#define MESSAGES	32
#define LINE		2048		/* no cache line is longer */

enum outcome { GOOD, NOBODY_CAME, NO_COUNT, NO_MESSAGE, STALE_MESSAGE };

/* Each on lines of its own; only touched with the caches on, or cleaned. */
static struct {
	struct {
		volatile uint32_t word;
	} __attribute__((aligned(LINE))) met[2], flag, counter, data[4];
} shared;

static uint64_t outcome[2];

static void publish(volatile uint32_t *to, uint32_t value)
{
	asm volatile("stlr %w0, [%1]" : : "r" (value), "r" (to) : "memory");
}

static uint32_t acquire(const volatile uint32_t *from)
{
	uint32_t value;

	asm volatile("ldar %w0, [%1]" : "=r" (value) : "r" (from) : "memory");
	return value;
}

static bool reached(const volatile uint32_t *word, uint32_t value)
{
	uint64_t end = deadline(PATIENCE_MS);

	while (acquire(word) < value)
		if (expired(end))
			return false;
	return true;
}

static bool meet(uint64_t me, uint32_t time)
{
	publish(&shared.met[me].word, time);
	return reached(&shared.met[!me].word, time);
}

/* Where nobody watches the line for all CPUs, STXR may fail for ever. */
static bool count(volatile uint32_t *counter)
{
	uint64_t end = deadline(PATIENCE_MS);
	uint32_t value, failed;

	do
		asm volatile("ldxr %w0, [%2]\n"
			     "add %w0, %w0, #1\n"
			     "stxr %w1, %w0, [%2]"
			     : "=&r" (value), "=&r" (failed)
			     : "r" (counter) : "memory");
	while (failed && !expired(end));
	return !failed;
}

static uint32_t text_of(uint32_t message, uint32_t word)
{
	return message * 0x9e3779b1u + word;
}

static void send(uint32_t message)
{
	for (uint32_t i = 0; i < ARRAY_SIZE(shared.data); i++)
		shared.data[i].word = text_of(message, i);
	publish(&shared.flag.word, message);
}

static enum outcome receive(uint32_t message)
{
	if (!reached(&shared.flag.word, message))
		return NO_MESSAGE;
	for (uint32_t i = 0; i < ARRAY_SIZE(shared.data); i++)
		if (shared.data[i].word != text_of(message, i))
			return STALE_MESSAGE;
	return GOOD;
}

/* Both run this: count together, then send in turn. */
static uint64_t work(uint64_t me)
{
	enum outcome o;

	if (!meet(me, 1))
		return NOBODY_CAME;
	for (unsigned int i = 0; i < TURNS; i++)
		if (!count(&shared.counter.word))
			return NO_COUNT;
	for (uint32_t message = 1; message <= MESSAGES; message++) {
		if (message % 2 == me) {
			send(message);
			continue;
		}
		o = receive(message);
		if (o != GOOD)
			return o;
	}
	return meet(me, 2) ? GOOD : NOBODY_CAME;
}

static void errand(struct cpu *cpu __attribute__((unused)))
{
	outcome[1] = with_mmu(work, 1);
	dsb();
}

static const char *not_possible(const struct cpu *cpu)
{
	if (!psci_usable())
		return "no usable PSCI";
	if (cpu->calls.info_at_end != 1)
		return "the CPU did not come and go twice";
	return no_mmu();
}

static void forget(void)
{
	shared.met[0].word = 0;
	shared.met[1].word = 0;
	shared.flag.word = 0;
	shared.counter.word = 0;
	outcome[0] = NOBODY_CAME;
	outcome[1] = NOBODY_CAME;
	dsb();
}

static struct verdict judge(void)
{
	static const uint32_t all = 2 * TURNS;

	if (outcome[0] == NOBODY_CAME || outcome[1] == NOBODY_CAME)
		return fail("both CPUs to see each other", outcome[0]);
	if (outcome[0] == NO_COUNT || outcome[1] == NO_COUNT)
		return fail("LDXR and STXR to succeed", shared.counter.word);
	if (outcome[0] == NO_MESSAGE || outcome[1] == NO_MESSAGE)
		return fail("every message to arrive", shared.flag.word);
	if (outcome[0] != GOOD || outcome[1] != GOOD)
		return fail("messages that are not stale", outcome[0]);
	return want_equal(all, shared.counter.word);
}

CHECK(66, bp_coh_01, ABOUT_CPU, "BP-COH-01", "its caches agree with cpu0's")
{
	const char *why = not_possible(cpu);
	int64_t answer;

	if (why)
		return skip(why);
	announce_probe("BP-COH-01");
	mmu_prepare();
	forget();
	cpu->errand = errand;
	dsb();
	answer = cpu_start(cpu, 0);
	if (answer)
		return fail("CPU_ON to return 0", (uint64_t)answer);
	outcome[0] = with_mmu(work, 0);
	answer = cpu_wait_off(cpu);
	cpu->errand = NULL;
	dsb();
	return answer == 1 ? judge() : fail("the CPU to go off",
					    (uint64_t)answer);
}
