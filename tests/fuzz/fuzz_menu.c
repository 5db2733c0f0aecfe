/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the keys that come in at the menu: what is open afterwards is what
 * the first key that means anything stands for, and the first one without a
 * key. An input is the number of candidates, tenths of a second to wait, and
 * what the UART has to say: 255 is a time without a byte. After that somebody
 * presses Enter.
 * link: lib/print.c
 * max: 256
 */
#include <stdlib.h>

/* Its keys and its limits. */
#include "../../boot/menu.c"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SOURCE_SIZE	7u	/* candidates of one source */
#define FREQUENCY	1000u
#define must(what)	do { if (!(what)) abort(); } while (0)

static const uint8_t *keys, *keys_end;
static unsigned int candidates, opened;
static uint64_t now;

int uart_getc(void)
{
	if (keys == keys_end)
		return '\r';
	return *keys++ == 255 ? -1 : keys[-1];
}

void uart_putc(char c)
{
	must(c == '\n' || c == '\r' || (c >= ' ' && c < 127));
}

uint64_t arch_counter_freq(void)
{
	return FREQUENCY;
}

uint64_t arch_counter(void)
{
	return now += FREQUENCY / 40;
}

/* Some sources, each with some candidates. */
bool find_next(struct boot *boot, bool tell)
{
	if (boot->candidate_index == SOURCE_SIZE) {
		boot->source_index++;
		boot->candidate_index = 0;
	}
	opened = boot->source_index * SOURCE_SIZE + boot->candidate_index;
	if (opened >= candidates)
		return false;
	boot->candidate_index++;
	boot->candidate.source = "fuzz";
	return true;
}

/* What the keys behind the first one choose. */
static unsigned int meant(const uint8_t *from)
{
	const char *all = "123456789abcdefghijklmnopqrstuvwxyz";

	for (; from < keys_end; from++) {
		const char *key = *from ? strchr(all, *from) : NULL;

		if (*from == '\r' || *from == '\n')
			return 0;
		if (key && (size_t)(key - all) < candidates)
			return (unsigned int)(key - all);
	}
	return 0;
}

static void play(struct boot *boot, unsigned int tenths)
{
	const uint8_t *first = keys;
	uint64_t before = now;

	while (first < keys_end && *first == 255)
		first++;
	boot->candidate.wait = tenths;
	menu_ask(boot);
	if (keys > first)
		must(opened == meant(first + 1));
	must(opened < candidates);
	must(boot->source_index * SOURCE_SIZE + boot->candidate_index ==
	     opened + 1);
	/* Nobody waits longer than that, and a little. */
	must(now - before <= (tenths + 2ull) * FREQUENCY / 10 +
			     FREQUENCY / 10);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct boot boot;

	if (size < 2)
		return 0;
	candidates = data[0] % 64 + 1u;
	keys = data + 2;
	keys_end = data + size;
	boot.source_index = 0;
	boot.candidate_index = 0;
	now = 0;
	must(find_next(&boot, true));
	play(&boot, data[1]);
	return 0;
}
