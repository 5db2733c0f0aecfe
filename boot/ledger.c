/* SPDX-License-Identifier: BSD-2-Clause */
/* The record of a boot: fixed size, never lost silently, readable later. */
#include "ledger.h"
#include "arch.h"
#include "err.h"
#include "print.h"
#include <string.h>

void ledger_init(struct ledger *ledger)
{
	memset(ledger, 0, offsetof(struct ledger, entries));
	memcpy(ledger->magic, LEDGER_MAGIC, sizeof(ledger->magic));
	ledger->version = 2;
	ledger->entry_size = sizeof(ledger->entries[0]);
	ledger->frequency = arch_counter_freq();
}

void ledger_stage(struct ledger *ledger, unsigned int index, const char *name)
{
	struct ledger_stage *stage = &ledger->stages[index];

	print_to(stage->name, sizeof(stage->name), "%s", name);
	stage->ticks = arch_counter();
}

size_t ledger_size(const struct ledger *ledger)
{
	return offsetof(struct ledger, entries) +
	       ledger->count * sizeof(ledger->entries[0]);
}

/* A full ledger keeps its beginning and the newest entry. */
static struct ledger_entry *next_entry(struct ledger *ledger)
{
	if (ledger->count < LEDGER_ENTRIES)
		return &ledger->entries[ledger->count++];
	ledger->dropped++;
	return &ledger->entries[LEDGER_ENTRIES - 1];
}

const struct ledger_entry *ledger_add(struct ledger *ledger, const char *step,
				      const char *object, int err,
				      const char *fmt, va_list args)
{
	struct ledger_entry *entry = next_entry(ledger);

	memset(entry, 0, sizeof(*entry));
	entry->ticks = arch_counter();
	entry->err = err;
	print_to(entry->step, sizeof(entry->step), "%s", step);
	print_to(entry->object, sizeof(entry->object), "%s", object);
	print_format(entry->text, sizeof(entry->text), fmt, args);
	return entry;
}

void ledger_print(const struct ledger *ledger)
{
	/* At less than 1 MHz the times are coarse, at 0 they are not known. */
	uint64_t ticks_per_us = ledger->frequency / 1000000;

	print("ledger: %u entries, %u dropped\n", ledger->count,
	      ledger->dropped);
	for (uint32_t i = 0; i < ledger->count; i++) {
		const struct ledger_entry *entry = &ledger->entries[i];
		uint64_t ticks = entry->ticks - ledger->entries[0].ticks;

		print("ledger: %8lu us %-9s %s: %s: %s\n",
		      ticks_per_us ? ticks / ticks_per_us : 0,
		      err_name(entry->err), entry->step, entry->object,
		      entry->text);
	}
}
