/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counter against the real-time clock (BP-TMR-01). The clock has whole
 * seconds only, so the boot CPU looks at it in passing, between rows and
 * while it waits, and the last row waits for what is still missing.
 */
#include "check.h"
#include "clock.h"
#include "io.h"
#include "irq.h"
#include "machine.h"
#include "time.h"

#define PL031_DR	0x00

/* Seconds after the first one until the bounds are as good as they get. */
#define MOST_SECONDS	5

/* So that two looks are much less than 1 % of a second apart. */
#define NAP_US		1000

extern const char read32_trial[];

/*
 * When the clock went on to @second: not before low, not after high. Looks
 * that are far apart give wide bounds, but never wrong ones.
 */
struct edge {
	uint64_t second, low, high;
};

static struct {
	uint64_t rtc;		/* 0: nothing to look at (any more) */
	uint64_t second, seen;	/* what it said, and not before when */
	struct edge first;
	int64_t low, high;	/* ticks a second */
} clock;

static uint64_t width(const struct edge *edge)
{
	return edge->high - edge->low;
}

/* Return: the bounds from @first to @last are as tight as the rule. */
static bool measure(const struct edge *first, const struct edge *last)
{
	int64_t seconds = (int64_t)(last->second - first->second);

	clock.low = (int64_t)(last->low - first->high) / seconds;
	clock.high = (int64_t)(last->high - first->low) / seconds;
	return clock.high - clock.low <
	       (int64_t)read_sysreg(cntfrq_el0) / 100 ||
	       seconds >= MOST_SECONDS;
}

static void take_edge(const struct edge *edge)
{
	if (clock.first.second && measure(&clock.first, edge))
		clock.rtc = 0;
	else if (!clock.first.second || width(edge) < width(&clock.first))
		clock.first = *edge;
}

void clock_look(void)
{
	uint64_t before = counter();
	uint64_t second;

	if (!clock.rtc)
		return;
	second = read32(clock.rtc + PL031_DR);
	if (second != clock.second)
		take_edge(&(struct edge){ second, clock.seen, counter() });
	clock.second = second;
	clock.seen = before;
}

CHECK(72, bp_tmr_01_clock, ON_BOOT, "BP-TMR-01", "a real-time clock can be read")
{
	uint64_t rtc, size;
	uint32_t node;

	if (!have_fdt())
		return skip("no usable device tree");
	node = fdt_compatible(&machine.fdt, FDT_ROOT, "arm,pl031");
	if (node == FDT_NONE || !fdt_reg(&machine.fdt, node, 0, &rtc, &size))
		return skip("no PL031 in the device tree");
	clock.seen = counter();
	if (probe(read32_trial, rtc + PL031_DR))
		return fail("a PL031 that answers", rtc);
	clock.rtc = rtc;
	clock.second = read32(rtc + PL031_DR);
	return pass();
}

CHECK(93, bp_tmr_01_rate, ON_END, "BP-TMR-01",
      "CNTFRQ_EL0 agrees with the real-time clock")
{
	int64_t frequency = (int64_t)read_sysreg(cntfrq_el0);
	uint64_t end = deadline((MOST_SECONDS + 2) * 1000);

	if (!clock.rtc && !clock.high)
		return skip("no clock can be read");
	while (clock.rtc && !expired(end)) {
		nap(NAP_US);
		clock_look();
	}
	return want(clock.high >= frequency / 100 * 99 &&
		    clock.low <= frequency / 100 * 101,
		    "CNTFRQ_EL0 ticks a second, within 1 %",
		    (uint64_t)clock.low);
}
