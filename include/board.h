/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a board tells the flow beyond its Kconfig facts: the words for a
 * person who started the wrong machine. Exactly one is compiled in.
 */
#ifndef BOARD_H
#define BOARD_H

#include "types.h"

/*
 * A change in the device tree that came with a kernel; one whose node is not
 * there is left out. Neither @string nor @clock: the property goes.
 */
struct board_edit {
	const char *node;	/* absolute path; NULL ends the list */
	const char *property;
	const char *string;
	const char *clock;	/* path of a fixed-clock: refer to that */
	unsigned int count;	/* so many times, for as many inputs */
	bool if_untold;		/* only if the machine's own tree lacks @node */
};

#define BOARD_CLOCKS_MAX	4

#define BOARD_SET(path, name, value)					\
	{ .node = (path), .property = (name), .string = (value) }
#define BOARD_REMOVE(path, name)	{ .node = (path), .property = (name) }
#define BOARD_CLOCK(path, name, from, inputs)				\
	{ .node = (path), .property = (name), .clock = (from),		\
	  .count = (inputs) }
/* A device that an emulator may lack; firmware's tree knows. */
#define BOARD_ABSENT(path)						\
	{ .node = (path), .property = "status", .string = "disabled",	\
	  .if_untold = true }
#define BOARD_END			{ .node = NULL }

struct board {
	const struct board_edit *edits;	/* or NULL */
	/* Remedies, each the end of an error line. */
	const char *no_tree;	/* there is no device tree */
	const char *use_gicv2;	/* built for GICv2, found something else */
	const char *use_gicv3;	/* built for GICv3, found something else */
	const char *more_ram;	/* RAM does not cover the loader */
};

/* Defined by the folder of the board that is configured, boards/<b>/. */
extern const struct board board;

/* The board's own device tree; exists only with CONFIG_BOARD_HAS_DTS. */
extern const char board_dtb_start[], board_dtb_end[];

#endif
