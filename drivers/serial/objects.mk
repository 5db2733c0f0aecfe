# SPDX-License-Identifier: BSD-2-Clause
# The console UART: one driver, in the loader and again in the monitor.
obj-$(CONFIG_UART_PL011) += pl011.o
obj-$(CONFIG_UART_CADENCE) += cadence.o
obj-$(CONFIG_UART_IMX) += imx.o
obj-$(CONFIG_UART_NS16550) += ns16550.o
obj-$(CONFIG_UART_BCM_AUX) += bcm_aux.o
mon-$(CONFIG_UART_PL011) += pl011.o
mon-$(CONFIG_UART_CADENCE) += cadence.o
mon-$(CONFIG_UART_IMX) += imx.o
mon-$(CONFIG_UART_NS16550) += ns16550.o
mon-$(CONFIG_UART_BCM_AUX) += bcm_aux.o
