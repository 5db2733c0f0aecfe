/* SPDX-License-Identifier: BSD-2-Clause */
/* The choice of a kernel by a key on the console. */
#include "boot.h"
#include "driver.h"
#include "print.h"
#include "uart.h"

/* As many as there are keys: 1 to 9, a to z. */
#define MENU_LINES	35u
#define TENTHS		10u

/* Where a candidate stands in the order of all. */
struct place {
	unsigned int source, candidate;
};

static char key_of(unsigned int line)
{
	return (char)(line < 9 ? '1' + line : 'a' + (line - 9));
}

/* The line of a key, MENU_LINES if it has none. */
static unsigned int line_of(int key)
{
	if (key >= '1' && key <= '9')
		return (unsigned int)(key - '1');
	if (key >= 'a' && key <= 'z')
		return (unsigned int)(key - 'a') + 9;
	return MENU_LINES;
}

/* The candidate that has just been opened. */
static struct place place_of(const struct boot *boot)
{
	return (struct place){ boot->source_index, boot->candidate_index - 1 };
}

static void open_at(struct boot *boot, struct place place)
{
	boot->source_index = place.source;
	boot->candidate_index = place.candidate;
	find_next(boot, false);
}

/* A key in time? Says each second how long it waits. */
static bool wait_for_key(unsigned int tenths)
{
	const uint64_t tenth = arch_counter_freq() / TENTHS;
	uint64_t next = arch_counter();

	if (uart_getc() >= 0)
		return true;
	for (; tenths; tenths--) {
		if (tenths % TENTHS == 0)
			print("\rmenu: starting in %u s, a key shows the list ",
			      tenths / TENTHS);
		for (next += tenth; arch_counter() < next;)
			if (uart_getc() >= 0) {
				print("\n");
				return true;
			}
	}
	return false;
}

static void print_line(const struct boot *boot, unsigned int line)
{
	const struct candidate *c = &boot->candidate;

	print("menu: %c  %s%s%s\n", key_of(line), c->source,
	      c->name[0] ? ": " : "", c->name);
}

/* Show all that can be opened. Return: how many lines there are. */
static unsigned int show(struct boot *boot, struct place places[MENU_LINES])
{
	unsigned int lines = 0;

	boot->source_index = 0;
	boot->candidate_index = 0;
	while (find_next(boot, false)) {
		if (lines < MENU_LINES) {
			places[lines] = place_of(boot);
			print_line(boot, lines);
		}
		lines++;
	}
	if (lines <= MENU_LINES)
		return lines;
	print("menu:    and %u more, which have no key\n", lines - MENU_LINES);
	return MENU_LINES;
}

static struct place choose(const struct place *places, unsigned int lines)
{
	int key;

	print("menu: press a key of the list, or Enter for the first\n");
	do {
		/* Who reads may take as long as it takes. */
		if (IS_ENABLED(CONFIG_WATCHDOG))
			driver_alive_all();
		key = uart_getc();
		if (key == '\r' || key == '\n')
			return places[0];
	} while (line_of(key) >= lines);
	return places[line_of(key)];
}

void menu_ask(struct boot *boot)
{
	const unsigned int wait = boot->candidate.wait ? boot->candidate.wait :
				  CONFIG_MENU_TIMEOUT * TENTHS;
	struct place places[MENU_LINES];
	struct place first = place_of(boot);
	unsigned int lines;

	if (!wait_for_key(wait)) {
		if (wait)
			print("\n");
		return;
	}
	lines = show(boot, places);
	open_at(boot, lines ? choose(places, lines) : first);
}
