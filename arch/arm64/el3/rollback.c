/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rollback service (docs/rollback.md): the Non-secure world may read the
 * counter, raise it up to a limit, and lower that limit, until the next reset.
 */

#include "monitor.h"
#include "counter.h"
#include "rollback.h"
#include "smccc.h"

#define REVISION_MAJOR		1
#define REVISION_MINOR		0

/*
 * As it was read at reset or after the last update: while the flash is being
 * written it cannot be read.
 */
static struct counter counter;
static uint32_t limit;		/* under the lock, once Non-secure code runs */
static bool busy;		/* under the lock: a CPU writes the flash */

void rollback_init(void)
{
	counter_read(&counter);
	limit = ROLLBACK_MAX;
}

/*
 * The image may lie in the same flash, which cannot be executed while it is
 * written. So no CPU may wait there any more.
 */
static bool image_is_left(void)
{
	unsigned int i;

	for (i = 0; i < CONFIG_NR_CPUS; i++)
		if (cpus[i].hold && !cpu_has_arrived(&cpus[i]))
			return false;
	return true;
}

/* Is @value one to which the counter may go now? Takes the flash if it is. */
static int raise_begin(uint32_t value)
{
	struct cpu *self = cpu_self();
	int answer = 0;

	lock_take(self);
	if (busy)
		answer = ROLLBACK_BUSY;
	else if (!counter.readable)
		answer = ROLLBACK_UNREADABLE;
	else if (value < counter.value || value > limit)
		answer = ROLLBACK_DENIED;
	else
		busy = true;
	lock_release(self);
	return answer;
}

static void raise_end(void)
{
	struct cpu *self = cpu_self();

	lock_take(self);
	busy = false;
	lock_release(self);
}

/* The same value again mends a copy that was lost. */
static int rollback_raise(uint32_t value)
{
	int answer = raise_begin(value);

	if (answer)
		return answer;
	if (value == counter.value && counter.settled)
		answer = 0;
	else if (!image_is_left())
		answer = ROLLBACK_BUSY;
	else if (counter_write(&counter, value))
		answer = ROLLBACK_FAILED;
	raise_end();
	return answer;
}

static int rollback_close(uint32_t highest)
{
	struct cpu *self = cpu_self();

	lock_take(self);
	if (highest < limit)
		limit = highest;
	lock_release(self);
	return 0;
}

static int64_t rollback_get(uint64_t what)
{
	if (what == ROLLBACK_LIMIT)
		return limit;
	if (!counter.readable)
		return ROLLBACK_UNREADABLE;
	return counter.value;
}

/* 12fe0ce1-5819-4bed-bc45-ccf436f827bc: this service. */
static int64_t rollback_uid(uint64_t *x)
{
	x[1] = 0xed4b1958;
	x[2] = 0xf4cc45bc;
	x[3] = 0xbc27f836;
	return 0xe10cfe12;
}

static int64_t rollback_revision(uint64_t *x)
{
	x[1] = REVISION_MINOR;
	return REVISION_MAJOR;
}

int64_t rollback_call(uint32_t function, const uint64_t *args, uint64_t *x)
{
	uint64_t highest = ROLLBACK_MAX;

	if (function == ROLLBACK_UID)
		return rollback_uid(x);
	if (function == ROLLBACK_REVISION)
		return rollback_revision(x);
	function &= ~SMC_64;
	if (function < ROLLBACK_GET || function > ROLLBACK_CLOSE)
		return SMCCC_NOT_SUPPORTED;
	if (function == ROLLBACK_GET)
		highest = ROLLBACK_LIMIT;
	if (args[0] > highest || args[1] || args[2])
		return ROLLBACK_INVALID;
	if (function == ROLLBACK_RAISE)
		return rollback_raise(args[0]);
	if (function == ROLLBACK_CLOSE)
		return rollback_close(args[0]);
	return rollback_get(args[0]);
}
