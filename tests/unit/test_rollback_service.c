/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor's rollback service: each call, each argument, each refusal. */
#undef CONFIG_NR_CPUS
#define CONFIG_NR_CPUS	4
#define counter_read	played_counter_read
#define counter_write	played_counter_write
#define cpus		played_cpus
#define cpu_self	played_cpu_self
#define cpu_has_arrived	played_cpu_has_arrived
#define lock_take	played_lock_take
#define lock_release	played_lock_release
#include "../../arch/arm64/el3/rollback.c"
#include "unit.h"
#include <string.h>

#define SMC64(function)	((function) | SMC_64)

struct cpu played_cpus[CONFIG_NR_CPUS];

static struct {
	struct counter counter;
	unsigned int reads, writes;
	int error;			/* of counter_write() */
	bool locked;
	int64_t inner;			/* what a second CPU is told meanwhile */
} play;

static int64_t call(uint32_t function, uint64_t a1, uint64_t a2, uint64_t a3)
{
	const uint64_t args[3] = { a1, a2, a3 };
	uint64_t x[19] = { 0 };

	return rollback_call(function, args, x);
}

static int64_t get(void)
{
	return call(ROLLBACK_GET, ROLLBACK_VALUE, 0, 0);
}

static int64_t get_limit(void)
{
	return call(ROLLBACK_GET, ROLLBACK_LIMIT, 0, 0);
}

void counter_read(struct counter *c)
{
	play.reads++;
	*c = play.counter;
}

/* Another CPU comes while the flash is being written. */
int counter_write(struct counter *c, uint32_t value)
{
	CHECK(!play.locked);
	play.writes++;
	play.inner = call(ROLLBACK_RAISE, value + 1, 0, 0);
	CHECK_EQ(get(), c->value);
	if (!play.error)
		play.counter = (struct counter){ value, true, true };
	*c = play.counter;
	return play.error;
}

struct cpu *cpu_self(void)
{
	return &cpus[0];
}

bool cpu_has_arrived(struct cpu *cpu)
{
	CHECK(!play.locked);
	return cpu->hold == HOLD_IN;
}

void lock_take(struct cpu *self)
{
	CHECK(self == cpu_self() && !play.locked);
	play.locked = true;
}

void lock_release(struct cpu *self)
{
	CHECK(self == cpu_self() && play.locked);
	play.locked = false;
}

static void start(uint32_t value, bool readable, bool settled)
{
	memset(&play, 0, sizeof(play));
	memset(cpus, 0, sizeof(cpus));
	cpus[0].hold = HOLD_IN;
	cpus[2].hold = HOLD_IN;
	play.counter = (struct counter){ value, readable, settled };
	rollback_init();
}

TEST(rollback_service_raises_and_never_lowers)
{
	start(5, true, true);
	CHECK_EQ(get(), 5);
	CHECK_EQ(call(ROLLBACK_RAISE, 4, 0, 0), ROLLBACK_DENIED);
	CHECK_EQ(call(ROLLBACK_RAISE, 5, 0, 0), 0);
	CHECK_EQ(play.writes, 0);
	CHECK_EQ(call(SMC64(ROLLBACK_RAISE), 6, 0, 0), 0);
	CHECK_EQ(get(), 6);
	CHECK_EQ(call(SMC64(ROLLBACK_GET), ROLLBACK_VALUE, 0, 0), 6);
	CHECK_EQ(call(ROLLBACK_RAISE, ROLLBACK_MAX, 0, 0), 0);
	CHECK_EQ(get(), ROLLBACK_MAX);
	CHECK_EQ(play.reads, 1);
}

TEST(rollback_service_closes_for_good)
{
	start(5, true, true);
	CHECK_EQ(get_limit(), ROLLBACK_MAX);
	CHECK_EQ(call(ROLLBACK_CLOSE, 7, 0, 0), 0);
	CHECK_EQ(call(ROLLBACK_RAISE, 8, 0, 0), ROLLBACK_DENIED);
	CHECK_EQ(call(ROLLBACK_RAISE, 7, 0, 0), 0);
	CHECK_EQ(call(ROLLBACK_CLOSE, ROLLBACK_MAX, 0, 0), 0);
	CHECK_EQ(get_limit(), 7);
	CHECK_EQ(call(SMC64(ROLLBACK_CLOSE), 0, 0, 0), 0);
	CHECK_EQ(call(ROLLBACK_CLOSE, 9, 0, 0), 0);
	CHECK_EQ(get_limit(), 0);
	CHECK_EQ(call(ROLLBACK_RAISE, 8, 0, 0), ROLLBACK_DENIED);
	CHECK_EQ(call(ROLLBACK_RAISE, 7, 0, 0), ROLLBACK_DENIED);
	CHECK_EQ(get(), 7);
	CHECK_EQ(play.writes, 1);
}

TEST(rollback_service_looks_at_every_argument)
{
	static const uint32_t functions[] = {
		ROLLBACK_GET, ROLLBACK_RAISE, ROLLBACK_CLOSE,
	};

	start(5, true, true);
	for (unsigned int i = 0; i < 2 * ARRAY_SIZE(functions); i++) {
		const uint32_t f = functions[i / 2] | (i % 2 ? SMC_64 : 0);

		CHECK_EQ(call(f, 1ull << 32 | 6, 0, 0), ROLLBACK_INVALID);
		CHECK_EQ(call(f, UINT64_MAX, 0, 0), ROLLBACK_INVALID);
		CHECK_EQ(call(f, 0x80000000, 0, 0), ROLLBACK_INVALID);
		CHECK_EQ(call(f, 1, 1, 0), ROLLBACK_INVALID);
		CHECK_EQ(call(f, 1, 0, 1ull << 63), ROLLBACK_INVALID);
	}
	CHECK_EQ(call(ROLLBACK_GET, 2, 0, 0), ROLLBACK_INVALID);
	CHECK_EQ(get(), 5);
	CHECK_EQ(get_limit(), ROLLBACK_MAX);
	CHECK_EQ(play.writes, 0);
}

TEST(rollback_service_knows_no_other_function)
{
	start(5, true, true);
	for (uint32_t n = 3; n < 0x10000; n++) {
		const uint32_t f = 0x83000000 + n;

		if (f != ROLLBACK_UID && f != ROLLBACK_REVISION)
			CHECK_EQ(call(f, 6, 0, 0), SMCCC_NOT_SUPPORTED);
		CHECK_EQ(call(SMC64(f), 6, 0, 0), SMCCC_NOT_SUPPORTED);
	}
}

TEST(rollback_service_says_who_it_is)
{
	const uint64_t args[3] = { 0 };
	uint64_t x[19] = { 0 };

	CHECK(rollback_call(ROLLBACK_UID, args, x) != UINT32_MAX);
	CHECK(x[1] && x[2] && x[3] && !x[4]);
	memset(x, 0xff, sizeof(x));
	CHECK_EQ(rollback_call(ROLLBACK_REVISION, args, x), 1);
	CHECK_EQ(x[1], 0);
	CHECK_EQ(x[2], UINT64_MAX);
}

/* Whose two copies differ after a cut: the same value again mends it. */
TEST(rollback_service_mends)
{
	start(5, true, false);
	CHECK_EQ(call(ROLLBACK_RAISE, 5, 0, 0), 0);
	CHECK_EQ(play.writes, 1);
	CHECK_EQ(call(ROLLBACK_RAISE, 5, 0, 0), 0);
	CHECK_EQ(play.writes, 1);
}

TEST(rollback_service_without_a_counter)
{
	start(0, false, false);
	CHECK_EQ(get(), ROLLBACK_UNREADABLE);
	CHECK_EQ(call(ROLLBACK_RAISE, 9, 0, 0), ROLLBACK_UNREADABLE);
	CHECK_EQ(call(ROLLBACK_CLOSE, 0, 0, 0), 0);
	CHECK_EQ(play.writes, 0);
}

TEST(rollback_service_one_writer_at_a_time)
{
	start(5, true, true);
	CHECK_EQ(call(ROLLBACK_RAISE, 6, 0, 0), 0);
	CHECK_EQ(play.inner, ROLLBACK_BUSY);
	CHECK_EQ(play.writes, 1);
	CHECK_EQ(call(ROLLBACK_RAISE, 7, 0, 0), 0);
}

TEST(rollback_service_tells_of_a_flash_that_fails)
{
	start(5, true, true);
	play.error = -5;
	CHECK_EQ(call(ROLLBACK_RAISE, 6, 0, 0), ROLLBACK_FAILED);
	CHECK_EQ(get(), 5);
	play.error = 0;
	CHECK_EQ(call(ROLLBACK_RAISE, 6, 0, 0), 0);
}

/* A CPU that still executes from the flash would read nonsense. */
TEST(rollback_service_waits_for_cpus_in_the_image)
{
	start(5, true, true);
	cpus[3].hold = HOLD_HERE;
	CHECK_EQ(call(ROLLBACK_RAISE, 6, 0, 0), ROLLBACK_BUSY);
	CHECK_EQ(play.writes, 0);
	cpus[3].hold = HOLD_IN;
	CHECK_EQ(call(ROLLBACK_RAISE, 6, 0, 0), 0);
}
