/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a board tells the flow beyond its Kconfig facts: the words for a
 * person who started the wrong machine. Exactly one is compiled in.
 */
#ifndef BOARD_H
#define BOARD_H

struct board {
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
