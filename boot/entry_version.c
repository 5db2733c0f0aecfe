/* SPDX-License-Identifier: BSD-2-Clause */
/* The order of boot entries (UAPI.1, "Sorting") and of versions (UAPI.10). */
#include "entry.h"
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What has no meaning only separates. */
static const char *skip_others(const char *s)
{
	while (*s && !is_digit(*s) && !is_letter(*s) && *s != '-' &&
	       *s != '.' && *s != '~' && *s != '^')
		s++;
	return s;
}

static int sign(int number)
{
	return number < 0 ? -1 : number > 0;
}

/*
 * Does one of them begin with @mark? The other is the higher one then; where
 * both do it is skipped. Return: -1, 0, 1.
 */
static int compare_mark(const char **a, const char **b, char mark)
{
	const bool in_a = **a == mark, in_b = **b == mark;

	if (in_a && in_b) {
		++*a;
		++*b;
	}
	return in_b - in_a;
}

/* Numbers of any length; no digits are 0. */
static int compare_numbers(const char **a, const char **b)
{
	size_t in_a = 0, in_b = 0;
	int order;

	while (**a == '0')
		++*a;
	while (**b == '0')
		++*b;
	while (is_digit((*a)[in_a]))
		in_a++;
	while (is_digit((*b)[in_b]))
		in_b++;
	order = in_a != in_b ? (in_a > in_b) - (in_a < in_b)
			     : memcmp(*a, *b, in_a);
	*a += in_a;
	*b += in_b;
	return sign(order);
}

/* Runs of letters; capitals are lower, and so is the one that ends first. */
static int compare_letters(const char **a, const char **b)
{
	while (is_letter(**a) && **a == **b) {
		++*a;
		++*b;
	}
	if (is_letter(**a) && is_letter(**b))
		return **a < **b ? -1 : 1;
	return is_letter(**a) - is_letter(**b);
}

int entry_compare_versions(const char *a, const char *b)
{
	int order;

	do {
		a = skip_others(a);
		b = skip_others(b);
		order = compare_mark(&a, &b, '~');
		if (order || !*a || !*b)
			return order ? order : !!*a - !!*b;
		order = compare_mark(&a, &b, '-');
		if (!order)
			order = compare_mark(&a, &b, '^');
		if (!order)
			order = compare_mark(&a, &b, '.');
		if (order)
			return order;
		/* Or "-@x" and "-0x" were the same, and "-x" only one of them. */
		a = skip_others(a);
		b = skip_others(b);
		if (is_digit(*a) || is_digit(*b))
			order = compare_numbers(&a, &b);
		else
			order = compare_letters(&a, &b);
	} while (!order);
	return order;
}

/* No tries left: the specification calls it bad. */
static bool is_bad(const struct entry_key *key)
{
	return key->counted && !key->left;
}

/* More tries left first, then fewer done; who is not counted has them all. */
static int compare_counters(const struct entry_key *a,
			    const struct entry_key *b)
{
	if (a->counted != b->counted)
		return a->counted ? 1 : -1;
	if (a->left != b->left)
		return a->left > b->left ? -1 : 1;
	return (a->done > b->done) - (a->done < b->done);
}

int entry_compare(const struct entry_key *a, const struct entry_key *b)
{
	int order = is_bad(a) - is_bad(b);

	if (!order)
		order = !a->sort_key[0] - !b->sort_key[0];
	if (!order && a->sort_key[0]) {
		order = strcmp(a->sort_key, b->sort_key);
		if (!order)
			order = strcmp(a->machine_id, b->machine_id);
		if (!order)
			order = entry_compare_versions(b->version, a->version);
	}
	if (!order)
		order = entry_compare_versions(b->id, a->id);
	/* From here on it is ours: no two entries share a place. */
	if (!order)
		order = compare_counters(a, b);
	if (!order)
		order = strcmp(a->id, b->id);
	return order;
}
