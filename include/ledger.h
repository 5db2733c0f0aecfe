/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ledger: what was tried, what was refused and why, what went where, and
 * when. It is printed when nothing boots and stays in memory for the kernel
 * (the reserved region "aglet-ledger"), little endian, as laid out here.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include "types.h"
#include <stdarg.h>

#define LEDGER_MAGIC	"AGLEDGR1"
#define LEDGER_ENTRIES	256u
#define LEDGER_STAGES	12u
#define LEDGER_TEXT	160u

struct ledger_entry {
	uint64_t ticks;		/* arch_counter() */
	int32_t err;		/* 0 or -errno */
	char step[8];		/* NUL-padded, as are the next two */
	char object[12];
	char text[LEDGER_TEXT];
};

/* When a stage of the boot began, the last time that it did. */
struct ledger_stage {
	char name[8];		/* NUL-padded: "loader", then the steps */
	uint64_t ticks;		/* arch_counter(); 0: it never did */
};

struct ledger {
	char magic[8];
	uint32_t version;	/* 2 */
	uint32_t entry_size;
	uint32_t count;		/* entries in use */
	uint32_t dropped;	/* what found no room; the last entry is new */
	uint64_t frequency;	/* ticks a second */
	struct ledger_stage stages[LEDGER_STAGES];
	struct ledger_entry entries[LEDGER_ENTRIES];
};

_Static_assert(sizeof(struct ledger_entry) == 192, "layout is an interface");
_Static_assert(sizeof(struct ledger) <= SZ_64K, "fits the place of its own");

/* Empty, with its magic and the tick frequency of this machine. */
void ledger_init(struct ledger *ledger);

/* Append; the text is cut off at its place's end. Return: the new entry. */
const struct ledger_entry *ledger_add(struct ledger *ledger, const char *step,
				      const char *object, int err,
				      const char *fmt, va_list args);

/* Stage number @index (below LEDGER_STAGES) begins now. */
void ledger_stage(struct ledger *ledger, unsigned int index, const char *name);

/* Bytes from its beginning on that hold something. */
size_t ledger_size(const struct ledger *ledger);

/* As text on the console, times in microseconds since the first entry. */
void ledger_print(const struct ledger *ledger);

#endif
