/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The report of the bench kernel: "bench: ticks N", then a line a stage of
 * Aglet's ledger (include/ledger.h), if the device tree names one.
 */
#include "put.h"
#include <stddef.h>
#include <stdint.h>

void report(uint64_t ticks, const uint8_t *tree);

#define STAGES	12

struct ledger {
	char magic[8];
	uint32_t version, entry_size, count, dropped;
	uint64_t frequency;
	struct {
		char name[8];
		uint64_t ticks;
	} stages[STAGES];
};

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

/* "aglet-ledger@<hexadecimal>" names its own address. */
static uint64_t find_ledger(const uint8_t *tree)
{
	static const char name[] = "aglet-ledger@";
	const uint32_t size = be32(tree + 4);
	uint64_t address = 0;

	for (uint32_t i = 0; i + sizeof(name) + 16 < size; i++) {
		uint32_t n = 0;

		while (name[n] && tree[i + n] == (uint8_t)name[n])
			n++;
		if (name[n])
			continue;
		for (i += n; tree[i]; i++)
			address = address * 16 +
				  (uint64_t)(tree[i] <= '9' ? tree[i] - '0' :
						      tree[i] - 'a' + 10);
		return address;
	}
	return 0;
}

void report(uint64_t ticks, const uint8_t *tree)
{
	const struct ledger *ledger;
	uint64_t address = find_ledger(tree);

	put("bench: ticks ");
	put_number(ticks);
	put("\r\n");
	if (!address)
		return;
	ledger = (const struct ledger *)address;
	for (int i = 0; i < STAGES; i++) {
		if (!ledger->stages[i].ticks)
			continue;
		put("bench: stage ");
		put(ledger->stages[i].name);
		put(" ");
		put_number(ledger->stages[i].ticks);
		put("\r\n");
	}
}
