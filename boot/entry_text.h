/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines, words and paths of boot entries, for both kinds of files. */
#ifndef BOOT_ENTRY_TEXT_H
#define BOOT_ENTRY_TEXT_H

#include "entry.h"

#define BLANKS	" \t\r"

/* A piece of a text; there is no NUL behind it. */
struct text {
	const char *at;
	size_t size;
};

/* A line that says something: its first word, and the rest, perhaps empty. */
struct entry_line {
	struct text key, value;
};

enum entry_kind {
	ENTRY_TEXT,		/* the whole value; the last one counts */
	ENTRY_PATH,		/* the same, a path */
	ENTRY_INITRD,		/* one more, or a list */
	ENTRY_OVERLAY,		/* more, with spaces between them */
	ENTRY_OPTIONS,		/* behind what is there, with a space */
};

/* Where the value of a key goes; @offset and @room for texts and paths. */
struct entry_field {
	const char *key;
	enum entry_kind kind;
	uint16_t offset, room;
};

#define ENTRY_FIELD(key, kind, member)					\
	{ key, kind, offsetof(struct entry, member),			\
	  sizeof(((struct entry *)NULL)->member) }

/* How a kind of file calls its fields, and what it allows. */
struct entry_format {
	const struct entry_field *fields;
	unsigned int count;
	bool any_case;		/* of its keys */
	bool up;		/* relative paths may begin with ".." */
	const char *between;	/* initrds in one line; "": a line has one */
};

/*
 * Look at a text before anything is read from it: no control characters but
 * tabs and ends of lines (\n or \r\n), and not too long. A byte order mark is
 * skipped. Return: 0, -EINVAL, -ERANGE.
 */
int entry_text_open(struct text *text, const char *from, size_t size,
		    const char **why);

/* The next line that is neither empty nor a comment. */
bool entry_text_line(struct text *rest, struct entry_line *line);

/* The next word; any number of @separators stands around it. */
struct text entry_text_word(struct text *rest, const char *separators);

/* Letter by letter, or whatever the case. */
bool entry_text_is(struct text text, const char *want);
bool entry_text_like(struct text text, const char *want);

/* @text and a NUL. Return: 0, -ERANGE. */
int entry_text_copy(struct text text, char *to, size_t room, const char **why);

/* A number in decimal digits. Return: 0, -EINVAL, -ERANGE. */
int entry_text_number(struct text text, unsigned int *number);

/* Add to the command line. Return: 0, -ERANGE. */
int entry_text_options(struct entry *entry, struct text text,
		       const char **why);

/*
 * Put the line's value where the format says; a key that it does not know,
 * or without a value, does nothing. Return: 0, -EINVAL, -ERANGE, -ENOSPC.
 */
int entry_text_field(const struct entry_format *format,
		     const struct entry_line *line, struct entry *entry,
		     const char **why);

#endif
