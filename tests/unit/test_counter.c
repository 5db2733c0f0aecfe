/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rollback counter's records on a flash whose power is cut: at each write,
 * what was being written may hold anything between old and new, or junk.
 */
#include "../../arch/arm64/el3/counter.c"
#include "unit.h"
#include <string.h>

#define FLASH_WORDS	8u
#define NEVER		~0u

/* What a write that is cut leaves behind. */
enum tear { TEAR_NOTHING, TEAR_ALL, TEAR_SOME, TEAR_JUNK, TEARS };

static struct {
	uint32_t word[SECURE_FLASH_COPIES][FLASH_WORDS];
	unsigned int writes;		/* erases and programs up to now */
	unsigned int cut_at, fail_at;	/* number of a write, or NEVER */
	enum tear tear;
	bool dark;			/* the power is gone */
	unsigned int order[2];		/* copies, as they were erased */
	unsigned int erases;
} flash;

uint32_t secure_flash_read(unsigned int copy, unsigned int word)
{
	return flash.word[copy][word];
}

/* A bit that is on its way from @old to @new may read as either. */
static void tear(uint32_t *word, uint32_t new)
{
	const uint32_t old = *word;
	const uint32_t random = (uint32_t)unit_random();

	if (flash.tear == TEAR_ALL)
		*word = new;
	else if (flash.tear == TEAR_SOME)
		*word = (old & random) | (new & ~random);
	else if (flash.tear == TEAR_JUNK)
		*word = random;
}

/* Is this the write that is cut, or comes after it? */
static bool is_dark(uint32_t *word, unsigned int count, uint32_t new)
{
	if (flash.dark)
		return true;
	if (flash.writes != flash.cut_at)
		return false;
	flash.dark = true;
	while (count--)
		tear(word++, new);
	return true;
}

int secure_flash_erase(unsigned int copy)
{
	if (is_dark(flash.word[copy], FLASH_WORDS, UINT32_MAX))
		return 0;
	if (flash.writes++ == flash.fail_at)
		return -EIO;
	if (flash.erases < 2)
		flash.order[flash.erases] = copy;
	flash.erases++;
	memset(flash.word[copy], 0xff, sizeof(flash.word[copy]));
	return 0;
}

/* Programming can only clear bits. */
int secure_flash_program(unsigned int copy, unsigned int word, uint32_t value)
{
	uint32_t *at = &flash.word[copy][word];

	if (is_dark(at, 1, *at & value))
		return 0;
	if (flash.writes++ == flash.fail_at)
		return -EIO;
	*at &= value;
	return 0;
}

static void power(unsigned int cut_at, enum tear tear)
{
	flash.writes = flash.erases = 0;
	flash.cut_at = cut_at;
	flash.fail_at = NEVER;
	flash.tear = tear;
	flash.dark = false;
}

static void make_blank(void)
{
	memset(&flash, 0, sizeof(flash));
	memset(flash.word, 0xff, sizeof(flash.word));
	power(NEVER, TEAR_NOTHING);
}

static struct counter now(void)
{
	struct counter counter;

	counter_read(&counter);
	return counter;
}

static int raise(uint32_t value)
{
	struct counter counter = now();

	return counter_write(&counter, value);
}

/* Writes of one update. */
static unsigned int writes_of(uint32_t value)
{
	power(NEVER, TEAR_NOTHING);
	raise(value);
	return flash.writes;
}

TEST(counter_of_a_flash_that_was_never_used_is_0)
{
	make_blank();
	CHECK(now().readable);
	CHECK(now().settled);
	CHECK_EQ(now().value, 0);
}

TEST(counter_is_kept_in_both_copies)
{
	make_blank();
	CHECK_EQ(raise(7), 0);
	CHECK(now().settled);
	CHECK_EQ(now().value, 7);
	CHECK_EQ(raise(ROLLBACK_MAX), 0);
	for (unsigned int copy = 0; copy < 2; copy++) {
		CHECK_EQ(copy_read(copy).state, COPY_WHOLE);
		CHECK_EQ(copy_read(copy).value, ROLLBACK_MAX);
	}
}

TEST(counter_check_is_that_of_ieee_802_3)
{
	/* "12345678": sequence and value, least significant byte first. */
	CHECK_EQ(record_check(0x34333231, 0x38373635), 0x9ae0daaf);
}

TEST(counter_survives_the_loss_of_either_copy)
{
	for (unsigned int copy = 0; copy < 2; copy++)
		for (unsigned int bit = 0; bit < WORDS * 32; bit++) {
			make_blank();
			raise(3);
			raise(9);
			flash.word[copy][bit / 32] ^= 1u << bit % 32;
			CHECK_EQ(now().value, 9);
			CHECK(now().readable && !now().settled);
			CHECK_EQ(raise(9), 0);
			CHECK(now().settled);
			CHECK_EQ(now().value, 9);
		}
}

TEST(counter_without_a_whole_copy_is_unreadable)
{
	make_blank();
	raise(5);
	flash.word[0][WORD_VALUE] ^= 1;
	flash.word[1][WORD_CHECK] ^= 1;
	CHECK(!now().readable);
	memset(flash.word, 0, sizeof(flash.word));
	CHECK(!now().readable);
}

/* A blank copy is worth more than a broken one, whichever it is. */
TEST(counter_beside_a_blank_copy_is_0)
{
	for (unsigned int copy = 0; copy < 2; copy++) {
		make_blank();
		flash.word[copy][WORD_SEQUENCE] = 0;
		CHECK(now().readable && !now().settled);
		CHECK_EQ(now().value, 0);
		CHECK_EQ(raise(1), 0);
		CHECK_EQ(flash.order[0], copy);
	}
}

/* The value counts, whatever the sequence says: it may wrap. */
TEST(counter_is_the_higher_of_two)
{
	for (unsigned int copy = 0; copy < 2; copy++) {
		make_blank();
		copy_write(copy, UINT32_MAX, 3);
		copy_write(!copy, 0, 4);
		CHECK_EQ(now().value, 4);
		CHECK_EQ(raise(5), 0);
		CHECK_EQ(now().value, 5);
		CHECK(now().settled);
	}
}

/* Beyond the largest value a record is not one, whatever its check value. */
TEST(counter_record_has_bounds)
{
	make_blank();
	copy_write(0, 1, ROLLBACK_MAX + 1);
	copy_write(1, 2, UINT32_MAX);
	CHECK(!now().readable);
}

/* From the flash as it is: cut @value's update everywhere, in each way. */
static void cut_everywhere(uint32_t old, uint32_t value, unsigned int *cuts)
{
	uint32_t before[SECURE_FLASH_COPIES][FLASH_WORDS];
	unsigned int writes;

	memcpy(before, flash.word, sizeof(before));
	writes = writes_of(value);
	CHECK_EQ(writes, SECURE_FLASH_COPIES * (1 + WORDS));
	for (unsigned int at = 0; at < writes; at++)
		for (unsigned int i = 0; i < TEARS * 8; i++, ++*cuts) {
			memcpy(flash.word, before, sizeof(before));
			power(at, i % TEARS);
			raise(value);
			CHECK(flash.dark);
			CHECK(now().readable);
			CHECK(now().value == old || now().value == value);
			power(NEVER, TEAR_NOTHING);
			CHECK_EQ(raise(now().value), 0);
			CHECK(now().settled);
			CHECK(now().value == old || now().value == value);
		}
	memcpy(flash.word, before, sizeof(before));
}

/* With either copy as the one that is written first. */
TEST(counter_cut_at_each_write_is_old_or_new)
{
	unsigned int cuts = 0, seen = 0;

	make_blank();
	cut_everywhere(0, 4, &cuts);
	for (unsigned int lost = 0; lost < 3; lost++) {
		make_blank();
		raise(4);
		if (lost < 2)
			flash.word[lost][WORD_MAGIC] = 0;
		power(NEVER, TEAR_NOTHING);
		cut_everywhere(4, 6, &cuts);
		raise(6);
		seen |= 1u << flash.order[0];
	}
	CHECK_EQ(seen, 3);
	CHECK_EQ(cuts, 4 * 10 * TEARS * 8);
}

/* Cut upon cut, without a whole update in between: never lower than seen. */
TEST(counter_never_falls_however_often_it_is_cut)
{
	uint32_t least, most = 0;

	for (unsigned int round = 0; round < 2000; round++) {
		make_blank();
		least = most = 0;
		for (unsigned int i = 0; i < 40; i++) {
			const uint32_t next = now().value +
				(uint32_t)unit_random_below(3);

			most = next > most ? next : most;
			power((unsigned int)unit_random_below(12),
			      unit_random_below(TEARS));
			raise(next);
			CHECK(now().readable);
			CHECK(now().value >= least && now().value <= most);
			least = now().value;
		}
	}
}

/* The flash says that it failed: the other copy is not given up. */
TEST(counter_keeps_a_whole_copy_when_the_flash_fails)
{
	for (unsigned int at = 0; at < 10; at++) {
		make_blank();
		raise(2);
		power(NEVER, TEAR_NOTHING);
		flash.fail_at = at;
		CHECK_EQ(raise(3), -EIO);
		CHECK(now().readable);
		CHECK_EQ(now().value, at < 5 ? 2 : 3);
	}
}

/* A word that does not take what is written, and says nothing. */
TEST(counter_reads_back_what_it_wrote)
{
	make_blank();
	raise(2);
	power(4, TEAR_NOTHING);
	CHECK_EQ(raise(3), -EBADMSG);
	CHECK_EQ(flash.erases, 1);
	CHECK_EQ(now().value, 2);
}
