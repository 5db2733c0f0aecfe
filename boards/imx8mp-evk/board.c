/* SPDX-License-Identifier: BSD-2-Clause */
/* NXP i.MX 8M Plus EVK: what to do on the wrong machine. */
#include "board.h"

const struct board board = {
	.no_tree = "the image brings its own, build it again",
	.use_gicv2 = "correct the GIC in PAYLOAD_DTB, the chip has a GIC-500",
	.use_gicv3 = "correct the GIC in PAYLOAD_DTB, the chip has a GIC-500",
	.more_ram = "start QEMU with -m 6G",
};
