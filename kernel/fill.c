/* SPDX-License-Identifier: BSD-2-Clause */
/* Overwrites the RAM that the kernel was given (BP-MEM-03, HO-22). */
#include "cpu.h"
#include "fill.h"
#include "machine.h"
#include "str.h"

#define PAGE		0x1000ul
/* Loaders live near either end; what is between them is looked at in part. */
#define WHOLE		SZ_1G
#define WHOLE_AT_TOP	(64 * SZ_2M)
#define SPARSE_STEP	0x100000ul

extern const char touch_trial[];
/* asm.S: a line is 64 bytes; each of its words is the inverted address. */
void fill_lines(uint64_t base, uint64_t size);
uint64_t find_changed_line(uint64_t base, uint64_t size);

/* The @index-th range that is not free, in whole pages. */
static bool taken(unsigned int index, struct range *r)
{
	uint64_t end;

	if (index == 0)
		*r = machine.image;
	else if (index == 1)
		*r = fdt_range();
	else if (index == 2)
		*r = machine.initrd;
	else if (index - 3 < machine.reserved_count)
		*r = machine.reserved[index - 3];
	else
		return false;
	end = (r->base + r->size + PAGE - 1) & ~(PAGE - 1);
	r->base &= ~(PAGE - 1);
	if (r->size)
		r->size = end - r->base;
	return true;
}

/* Move *@at on to free memory. Return: how much there is of it, 0 at @end. */
static uint64_t free_run(uint64_t *at, uint64_t end)
{
	uint64_t stop = end;
	unsigned int i = 0;
	struct range r;

	while (taken(i++, &r)) {
		if (!r.size || r.base + r.size <= *at)
			continue;
		if (r.base > *at) {
			stop = r.base < stop ? r.base : stop;
			continue;
		}
		*at = r.base + r.size;
		stop = end;
		i = 0;
	}
	return *at < end ? stop - *at : 0;
}

/* For each run of free pages; stops at the first that is not 0. */
typedef uint64_t (*run_fn)(uint64_t base, uint64_t size);

static bool fill_all(void)
{
	size_t len;
	const char *word = bootarg("aglet.fill", &len);

	return word && str_equal_n(word, len, "all");
}

/* The part of [@at, @at + @size) that is taken at once: whole, or a page. */
static uint64_t stretch(struct range m, uint64_t at, uint64_t size)
{
	uint64_t low = m.base + WHOLE, high = m.base + m.size - WHOLE_AT_TOP;

	if (fill_all() || m.size <= WHOLE + WHOLE_AT_TOP || at >= high)
		return size;
	if (at < low)
		return size < low - at ? size : low - at;
	return size < PAGE ? size : PAGE;
}

static uint64_t each_run_of(struct range m, run_fn fn)
{
	uint64_t at = (m.base + PAGE - 1) & ~(PAGE - 1);
	uint64_t end = (m.base + m.size) & ~(PAGE - 1);
	uint64_t size, part, found = 0;

	while (!found && (size = free_run(&at, end))) {
		part = stretch(m, at, size);
		found = fn(at, part);
		at += part == PAGE && size > PAGE ? SPARSE_STEP : part;
	}
	return found;
}

static uint64_t each_run(run_fn fn)
{
	uint64_t found = 0;

	for (unsigned int n = 0; n < machine.memory_count && !found; n++)
		found = each_run_of(machine.memory[n], fn);
	return found;
}

static struct fill_result result;

/* A first access for each 2 MiB: it may be refused. */
static uint64_t fill_run(uint64_t base, uint64_t size)
{
	uint64_t end = base + size, next;

	for (; base < end; base = next) {
		next = (base + SZ_2M) & ~(SZ_2M - 1);
		next = next < end ? next : end;
		result.esr = probe(touch_trial, base);
		if (result.esr) {
			result.where = base;
			return base;
		}
		fill_lines(base, next - base);
	}
	return 0;
}

struct fill_result fill_free_memory(void)
{
	result = (struct fill_result){ .done = true };
	each_run(fill_run);
	return result;
}

uint64_t filled_changed(void)
{
	return each_run(find_changed_line);
}

/* A run that begins at or before it and reaches it. */
bool was_filled(uint64_t address)
{
	uint64_t page = address & ~(PAGE - 1);

	for (unsigned int n = 0; n < machine.memory_count; n++) {
		struct range m = machine.memory[n];
		uint64_t at = page;

		if (page >= m.base && page + PAGE <= m.base + m.size)
			return free_run(&at, page + PAGE) && at == page &&
			       stretch(m, page, SZ_2M) > PAGE;
	}
	return false;
}
