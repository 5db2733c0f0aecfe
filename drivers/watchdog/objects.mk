# SPDX-License-Identifier: BSD-2-Clause
# Watchdogs restart a machine whose loader hangs, and rest before the kernel.
obj-$(CONFIG_WATCHDOG) += sbsa_gwdt.o
