/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU sbsa-ref: what to do on the wrong machine. */
#include "board.h"

const struct board board = {
	.no_tree = "the image brings its own, build it again",
	.use_gicv2 = "correct the GIC in PAYLOAD_DTB, the machine has a GICv3",
	.use_gicv3 = "correct the GIC in PAYLOAD_DTB, the machine has a GICv3",
	.more_ram = "start QEMU with -m 1G",
};
