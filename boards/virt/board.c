/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU virt: what to type when it was started another way than built for. */
#include "board.h"

const struct board board = {
	.no_tree = "start qemu-system-aarch64 -M virt with -bios aglet.bin, "
		   "or build in PAYLOAD_DTB",
	.use_gicv2 = "start QEMU with gic-version=2, or make gicv3.config",
	.use_gicv3 = "start QEMU with gic-version=3, or make gicv2.config",
	.more_ram = "start QEMU with -m 128 or more, or lower LOAD_ADDR",
};
