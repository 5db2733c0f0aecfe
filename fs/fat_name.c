/* SPDX-License-Identifier: BSD-2-Clause */
/* Names: eight and three bytes in capitals, and long ones in pieces of UTF-16. */
#include "err.h"
#include "fat.h"

/* Where in an entry of a folder. */
enum {
	SHORT_BASE = 0,
	SHORT_EXTENSION = 8,
	SHORT_END = 11,
	SHORT_CASE = 12,
	LONG_ORDER = 0,		/* counts from the end, from 1 on */
	LONG_ATTRIBUTES = 11,
	LONG_SUM = 13,		/* of the short name that it belongs to */
};

#define LONG_SIGN	0x0f	/* no file has all of these attributes */
#define LONG_SIGN_MASK	0x3f
#define ORDER_IS_LAST	0x40
#define CASE_BASE	0x08	/* Windows NT: the base is in small letters */
#define CASE_EXTENSION	0x10
#define UNITS_MAX	255u

bool fat_long_is_part(const uint8_t *raw)
{
	return (raw[LONG_ATTRIBUTES] & LONG_SIGN_MASK) == LONG_SIGN;
}

/* Its units stand in three places, section "FAT Long Directory Entries". */
static void copy_units(uint16_t *units, const uint8_t *raw)
{
	static const uint8_t places[FAT_PART_UNITS] = {
		1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30
	};

	for (unsigned int i = 0; i < FAT_PART_UNITS; i++)
		units[i] = le16(raw + places[i]);
}

/* Does this part follow those that were there? The last one begins. */
static bool fits(struct fat_long *name, const uint8_t *raw)
{
	unsigned int order = raw[LONG_ORDER];

	if (order & ORDER_IS_LAST) {
		order ^= ORDER_IS_LAST;
		name->parts = order;
		name->left = order;
		name->sum = raw[LONG_SUM];
	}
	return order && order <= FAT_LONG_PARTS && order == name->left &&
	       raw[LONG_SUM] == name->sum;
}

void fat_long_add(struct fat_long *name, const uint8_t *raw)
{
	if (!fits(name, raw)) {
		name->parts = name->left = 0;
		return;
	}
	name->left--;
	copy_units(name->units + name->left * FAT_PART_UNITS, raw);
}

static uint8_t sum_of(const uint8_t *raw)
{
	uint8_t sum = 0;

	for (unsigned int i = 0; i < SHORT_END; i++)
		sum = (uint8_t)((sum << 7 | sum >> 1) + raw[i]);
	return sum;
}

/*
 * How many units the name has; it may end within its last part only. 0: it
 * is not whole or not the one of @raw.
 */
static unsigned int units_of(const struct fat_long *name, const uint8_t *raw)
{
	const unsigned int all = name->parts * FAT_PART_UNITS;
	unsigned int length = 0;

	if (!all || name->left || name->sum != sum_of(raw))
		return 0;
	while (length < all && name->units[length])
		length++;
	return length >= all - FAT_PART_UNITS && length <= UNITS_MAX ? length
								     : 0;
}

static bool is_high(uint16_t unit)
{
	return (unit & 0xfc00) == 0xd800;
}

static bool is_low(uint16_t unit)
{
	return (unit & 0xfc00) == 0xdc00;
}

/* Not in a path, and not on a console. */
static bool is_forbidden(uint16_t unit)
{
	return unit < 0x20 || (unit >= 0x7f && unit < 0xa0) || unit == '/' ||
	       unit == '\\' || unit == 0xffff;
}

/* The character at @at, which moves on. 0: that is none. */
static uint32_t next_character(const uint16_t *units, unsigned int length,
			       unsigned int *at)
{
	const uint16_t unit = units[(*at)++];
	uint32_t high;

	if (is_low(unit) || is_forbidden(unit))
		return 0;
	if (!is_high(unit))
		return unit;
	if (*at == length || !is_low(units[*at]))
		return 0;
	high = unit & 0x3ff;
	return 0x10000 + (high << 10 | (units[(*at)++] & 0x3ff));
}

/* @c as UTF-8. Return: how many bytes, up to four. */
static unsigned int encode(uint32_t c, char *text)
{
	const unsigned int more = c < 0x80 ? 0 : c < 0x800 ? 1 :
				  c < 0x10000 ? 2 : 3;
	static const uint8_t leads[] = { 0, 0xc0, 0xe0, 0xf0 };

	text[0] = (char)(leads[more] | c >> 6 * more);
	for (unsigned int i = 1; i <= more; i++)
		text[i] = (char)(0x80 | (c >> 6 * (more - i) & 0x3f));
	return more + 1;
}

int fat_long_text(const struct fat_long *name, const uint8_t *raw,
		  char text[FS_NAME_MAX + 1])
{
	const unsigned int units = units_of(name, raw);
	unsigned int at = 0, length = 0, size;
	char bytes[4];

	while (at < units) {
		uint32_t c = next_character(name->units, units, &at);

		if (!c)
			return 0;
		size = encode(c, bytes);
		for (unsigned int i = 0; i < size; i++, length++)
			if (length < FS_NAME_MAX)
				text[length] = bytes[i];
	}
	if (length > FS_NAME_MAX)
		return -ERANGE;
	text[length] = 0;
	return (int)length;
}

/* One byte of a short name as it is shown. */
static char shown(uint8_t byte, bool small, bool *exact)
{
	if (byte < 0x20 || byte >= 0x7f || byte == '/' || byte == '\\') {
		*exact = false;
		return '_';
	}
	if (small && byte >= 'A' && byte <= 'Z')
		byte |= 0x20;
	return (char)byte;
}

/* Bytes [@from, @to) of @raw less the blanks at their end. */
static size_t copy_bytes(const uint8_t *raw, size_t from, size_t to,
			 bool small, char *text, bool *exact)
{
	while (to > from && raw[to - 1] == ' ')
		to--;
	for (size_t i = from; i < to; i++)
		*text++ = shown(raw[i], small, exact);
	return to - from;
}

size_t fat_short_text(const uint8_t *raw, char text[FAT_SHORT_MAX + 1],
		      bool *exact)
{
	const uint8_t cases = raw[SHORT_CASE];
	size_t length, extension;

	*exact = true;
	length = copy_bytes(raw, SHORT_BASE, SHORT_EXTENSION,
			    cases & CASE_BASE, text, exact);
	extension = copy_bytes(raw, SHORT_EXTENSION, SHORT_END,
			       cases & CASE_EXTENSION, text + length + 1,
			       exact);
	if (extension) {
		text[length] = '.';
		length += 1 + extension;
	}
	text[length] = 0;
	return length;
}
