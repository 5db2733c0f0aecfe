/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The records of the counter. An update writes both copies, first the one
 * that is believed less: so the flash holds a whole record at any time, the
 * old one until the new one is complete. The highest whole record counts. A
 * blank copy is the counter before its first update: it is 0, and is kept
 * until the other copy is whole.
 */

#include "counter.h"
#include "err.h"
#include "rollback.h"
#include "secure_flash.h"

#define RECORD_MAGIC	0x52434741u	/* "AGCR" */

/* The magic number is written last: no other word counts before. */
enum record_word { WORD_MAGIC, WORD_SEQUENCE, WORD_VALUE, WORD_CHECK, WORDS };

enum copy_state { COPY_BROKEN, COPY_BLANK, COPY_WHOLE };

struct copy {
	enum copy_state state;
	uint32_t value;
	uint32_t sequence;	/* counts the writes of both copies */
};

#define CRC32_POLYNOMIAL	0xedb88320u

/* CRC-32 (IEEE 802.3) of the two words that it guards. */
static uint32_t record_check(uint32_t sequence, uint32_t value)
{
	uint64_t bits = (uint64_t)value << 32 | sequence;
	uint32_t crc = ~0u;
	unsigned int i;

	for (i = 0; i < 64; i++, bits >>= 1)
		crc = crc >> 1 ^ (-((crc ^ (uint32_t)bits) & 1) &
				  CRC32_POLYNOMIAL);
	return ~crc;
}

static struct copy copy_read(unsigned int number)
{
	uint32_t word[WORDS];
	uint32_t all = UINT32_MAX;
	unsigned int i;

	for (i = 0; i < WORDS; i++) {
		word[i] = secure_flash_read(number, i);
		all &= word[i];
	}
	if (all == UINT32_MAX)
		return (struct copy){ COPY_BLANK, 0, 0 };
	if (word[WORD_MAGIC] != RECORD_MAGIC ||
	    word[WORD_VALUE] > ROLLBACK_MAX ||
	    word[WORD_CHECK] != record_check(word[WORD_SEQUENCE],
					     word[WORD_VALUE]))
		return (struct copy){ COPY_BROKEN, 0, 0 };
	return (struct copy){ COPY_WHOLE, word[WORD_VALUE],
			      word[WORD_SEQUENCE] };
}

/* Is @a to be believed rather than @b? */
static bool copy_beats(const struct copy *a, const struct copy *b)
{
	if (a->state != b->state)
		return a->state > b->state;
	if (a->value != b->value)
		return a->value > b->value;
	return a->sequence > b->sequence;
}

/* Read both. Return: the one that is believed less, to be written first. */
static unsigned int copies_read(struct copy copy[SECURE_FLASH_COPIES])
{
	copy[0] = copy_read(0);
	copy[1] = copy_read(1);
	return copy_beats(&copy[0], &copy[1]);
}

void counter_read(struct counter *counter)
{
	struct copy copy[SECURE_FLASH_COPIES];
	const struct copy *best = &copy[!copies_read(copy)];

	counter->value = best->value;
	counter->readable = best->state != COPY_BROKEN;
	counter->settled = copy[0].state == copy[1].state &&
			   copy[0].value == copy[1].value;
}

static int copy_write(unsigned int number, uint32_t sequence, uint32_t value)
{
	int err = secure_flash_erase(number);

	if (!err)
		err = secure_flash_program(number, WORD_SEQUENCE, sequence);
	if (!err)
		err = secure_flash_program(number, WORD_VALUE, value);
	if (!err)
		err = secure_flash_program(number, WORD_CHECK,
					   record_check(sequence, value));
	if (!err)
		err = secure_flash_program(number, WORD_MAGIC, RECORD_MAGIC);
	return err;
}

/* It must read as it was written, before the other copy is given up. */
static int copy_renew(unsigned int number, uint32_t sequence, uint32_t value)
{
	int err = copy_write(number, sequence, value);
	struct copy copy;

	if (err)
		return err;
	copy = copy_read(number);
	return copy.state == COPY_WHOLE && copy.value == value &&
	       copy.sequence == sequence ? 0 : -EBADMSG;
}

int counter_write(struct counter *counter, uint32_t value)
{
	struct copy copy[SECURE_FLASH_COPIES];
	const unsigned int first = copies_read(copy);
	const uint32_t sequence = copy[!first].sequence >
				  copy[first].sequence ?
				  copy[!first].sequence : copy[first].sequence;
	int err = copy_renew(first, sequence + 1, value);

	if (!err)
		err = copy_renew(!first, sequence + 2, value);
	counter_read(counter);
	return err;
}
