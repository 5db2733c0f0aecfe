/* SPDX-License-Identifier: BSD-2-Clause */
/* Raspberry Pi 3: Linux's device tree for it, and the wrong machine. */
#include "bcm2835.h"
#include "board.h"

#define NO_GIC	"build with GIC_NONE, the board has no GIC"

static const struct board_edit edits[] = {
	BCM2835_CONSOLE_ON_PL011,
	BOARD_END,
};

const struct board board = {
	/* That tree has its console on the mini UART. */
	.edits = IS_ENABLED(CONFIG_UART_BCM_AUX) ? NULL : edits,
	.no_tree = "the image brings its own, build it again",
	.use_gicv2 = NO_GIC,
	.use_gicv3 = NO_GIC,
	.more_ram = "the board has 1 GiB; lower LOAD_ADDR",
};
