/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux's device trees for the BCM2835 and its successors want edited. */
#ifndef BCM2835_H
#define BCM2835_H

#include "board.h"

/*
 * The PL011 is on the header's pins 8 and 10, as the Raspberry Pis' firmware
 * has it with dtoverlay=disable-bt, and not on the Bluetooth chip; the mini
 * UART would take these pins away.
 */
#define BCM2835_CONSOLE_ON_PL011					\
	BOARD_SET("/chosen", "stdout-path", "serial0:115200n8"),	\
	BOARD_SET("/soc/serial@7e201000/bluetooth", "status",		\
		  "disabled"),						\
	BOARD_REMOVE("/soc/serial@7e201000", "pinctrl-names"),		\
	BOARD_REMOVE("/soc/serial@7e201000", "pinctrl-0"),		\
	BOARD_SET("/soc/serial@7e215040", "status", "disabled")

#endif
