/* SPDX-License-Identifier: BSD-2-Clause */
/* template: the ends of error lines, what to do on the wrong machine. */
#include "board.h"

/* Add .edits where a kernel's own device tree does not fit (board.h). */
const struct board board = {
	.no_tree = "start the machine with one, or build in PAYLOAD_DTB",
	.use_gicv2 = "the machine must have a GICv3",
	.use_gicv3 = "the machine must have a GICv3",
	.more_ram = "the machine needs 128 MiB, or lower LOAD_ADDR",
};
