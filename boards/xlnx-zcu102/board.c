/* SPDX-License-Identifier: BSD-2-Clause */
/* Xilinx ZCU102: what to do on the wrong machine. */
#include "board.h"

/*
 * Clocks, power and pins of the usual trees are asked of the power management
 * unit's firmware. Where it is not there (QEMU has none) a device that needs
 * it never works, the console among them; the reset state is good enough.
 */
#define WITHOUT_FIRMWARE(node)						\
	BOARD_CLOCK(node, "clocks", "/pss_ref_clk", 2),			\
	BOARD_REMOVE(node, "power-domains"),				\
	BOARD_REMOVE(node, "pinctrl-names"),				\
	BOARD_REMOVE(node, "pinctrl-0")

static const struct board_edit edits[] = {
	WITHOUT_FIRMWARE("/axi/serial@ff000000"),
	WITHOUT_FIRMWARE("/axi/serial@ff010000"),
	BOARD_END,
};

const struct board board = {
	.edits = edits,
	.no_tree = "the image brings its own, build it again",
	.use_gicv2 = "correct the GIC in PAYLOAD_DTB, the board has a GIC-400",
	.use_gicv3 = "correct the GIC in PAYLOAD_DTB, the board has a GIC-400",
	.more_ram = "start QEMU with -m 4G",
};
