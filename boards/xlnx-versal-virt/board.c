/* SPDX-License-Identifier: BSD-2-Clause */
/* Xilinx Versal: what to do on the wrong machine. */
#include "board.h"

const struct board board = {
	.no_tree = "start QEMU by make run, or put the chip's at DTB_ADDR",
	.use_gicv2 = "correct the GIC in the device tree, it is a GIC-500",
	.use_gicv3 = "correct the GIC in the device tree, it is a GIC-500",
	.more_ram = "start QEMU with -m 2G",
};
