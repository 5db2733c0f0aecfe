/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does the CPU execute what is in memory (BP-CACHE-02)? A page of ADDs with
 * numbers from a recurrence is run, and read as data past all caches; a stale
 * instruction line would add something else, or crash.
 */
#include "cpu.h"
#include "check.h"
#include "io.h"

#define ADDS		1024
#define ADD_IMM12(word)	((word) >> 10 & 0xfff)

asm(".pushsection .text.fetch, \"ax\"\n"
    "	.balign 64\n"
    "fetch_block:\n"
    "	.set fetch_number, 0x2f6b\n"
    "	.rept 1024\n"
    "	.set fetch_number, (fetch_number * 25173 + 13849) & 0xffff\n"
    "	add x0, x0, #(fetch_number >> 4)\n"
    "	.endr\n"
    "	ret\n"
    ".popsection\n");
extern const char fetch_block[];

CHECK(22, bp_cache_02, ON_CPU, "BP-CACHE-02", "what is executed is in memory")
{
	uint64_t sum = 0, esr;

	for (unsigned int i = 0; i < ADDS; i++)
		sum += ADD_IMM12(read32((uint64_t)fetch_block + 4ul * i));
	esr = probe(fetch_block, 0);
	if (esr)
		return fail("no exception, not ESR", esr);
	return want_equal(sum, probe_value);
}
