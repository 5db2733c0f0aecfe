# SPDX-License-Identifier: BSD-2-Clause
# The console UART: one driver, in the loader and again in the monitor.
obj-$(CONFIG_UART_PL011) += pl011.o
obj-$(CONFIG_UART_CADENCE) += cadence.o
mon-$(CONFIG_UART_PL011) += pl011.o
mon-$(CONFIG_UART_CADENCE) += cadence.o
