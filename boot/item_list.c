/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order in which boot entries are tried: by their kind and, of one kind,
 * by what its specification says; at the very end what has used up its tries.
 */
#include "volumes.h"
#include "noinit.h"
#include <string.h>

/* One more than there may be: the one that is just being looked at. */
static noinit struct item items[ITEMS_MAX + 1];
/* The items in their order; behind them the one that is free. */
static uint16_t order[ITEMS_MAX + 1];
static unsigned int count;
static bool overflowed;

bool item_is_bad(const struct item *item)
{
	return item->kind == ITEM_BLS && item->key.counted && !item->key.left;
}

/* < 0: @a is tried before @b. */
static int compare(const struct item *a, const struct item *b)
{
	if (item_is_bad(a) != item_is_bad(b))
		return item_is_bad(a) ? 1 : -1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == ITEM_BLS && a->preferred != b->preferred)
		return a->preferred ? -1 : 1;
	if (a->kind == ITEM_BLS)
		return entry_compare(&a->key, &b->key);
	if (a->volume != b->volume)
		return a->volume < b->volume ? -1 : 1;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (a->preferred != b->preferred)
		return a->preferred ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

struct item *item_new(enum item_kind kind, unsigned int volume,
		      unsigned int place)
{
	struct item *item;

	if (!overflowed)
		order[count] = (uint16_t)count;
	item = &items[order[count]];
	memset(item, 0, sizeof(*item));
	item->kind = kind;
	item->volume = (uint8_t)volume;
	item->place = (uint8_t)place;
	return item;
}

/* Behind all that are not later, so that equal ones keep their order. */
static unsigned int place_for(const struct item *item)
{
	unsigned int low = 0, high = count;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (compare(&items[order[middle]], item) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void item_list(const struct item *item)
{
	const unsigned int at = place_for(item);

	memmove(&order[at + 1], &order[at], (count - at) * sizeof(order[0]));
	order[at] = (uint16_t)(item - items);
	if (count < ITEMS_MAX)
		count++;
	else
		overflowed = true;
}

const struct item *item_listed(unsigned int index)
{
	return index < count ? &items[order[index]] : NULL;
}

bool items_overflowed(void)
{
	return overflowed;
}
