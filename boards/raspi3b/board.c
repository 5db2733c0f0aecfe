/* SPDX-License-Identifier: BSD-2-Clause */
/* Raspberry Pi 3: Linux's device tree for it, and the wrong machine. */
#include "board.h"

#define NO_GIC	"build with GIC_NONE, the board has no GIC"

static const struct board_edit edits[] = {
	/*
	 * The PL011 is on the header's pins 8 and 10, as the firmware has it
	 * with dtoverlay=disable-bt, and not on the Bluetooth chip; the mini
	 * UART would take these pins away.
	 */
	BOARD_SET("/chosen", "stdout-path", "serial0:115200n8"),
	BOARD_SET("/soc/serial@7e201000/bluetooth", "status", "disabled"),
	BOARD_REMOVE("/soc/serial@7e201000", "pinctrl-names"),
	BOARD_REMOVE("/soc/serial@7e201000", "pinctrl-0"),
	BOARD_SET("/soc/serial@7e215040", "status", "disabled"),
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
