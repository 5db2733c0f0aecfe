/* SPDX-License-Identifier: BSD-2-Clause */
/* Raspberry Pi 4: Linux's device tree for it, and the wrong machine. */
#include "bcm2835.h"
#include "board.h"

static const struct board_edit edits[] = {
	BCM2835_CONSOLE_ON_PL011,
	/* QEMU does not have these, and answers with an abort. */
	BOARD_ABSENT("/scb/pcie@7d500000"),
	BOARD_ABSENT("/scb/ethernet@7d580000"),
	BOARD_ABSENT("/soc/avs-monitor@7d5d2000"),
	BOARD_ABSENT("/soc/mailbox@7e00b840"),
	BOARD_ABSENT("/soc/rng@7e104000"),
	BOARD_ABSENT("/soc/pixelvalve@7e206000"),
	BOARD_ABSENT("/soc/pixelvalve@7e207000"),
	BOARD_ABSENT("/soc/pixelvalve@7e20a000"),
	BOARD_ABSENT("/soc/pwm@7e20c800"),
	BOARD_ABSENT("/soc/pixelvalve@7e216000"),
	BOARD_ABSENT("/soc/hvs@7e400000"),
	BOARD_ABSENT("/soc/clock@7ef00000"),
	BOARD_ABSENT("/soc/interrupt-controller@7ef00100"),
	BOARD_ABSENT("/soc/hdmi@7ef00700"),
	BOARD_ABSENT("/soc/i2c@7ef04500"),
	BOARD_ABSENT("/soc/hdmi@7ef05700"),
	BOARD_ABSENT("/soc/i2c@7ef09500"),
	BOARD_END,
};

const struct board board = {
	.edits = edits,
	.no_tree = "the image brings its own, build it again",
	.use_gicv2 = "correct the GIC in PAYLOAD_DTB, the board has a GIC-400",
	.use_gicv3 = "correct the GIC in PAYLOAD_DTB, the board has a GIC-400",
	.more_ram = "the smallest Pi 4 has 1 GiB; lower LOAD_ADDR",
};
