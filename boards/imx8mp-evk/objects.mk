# SPDX-License-Identifier: BSD-2-Clause
obj-y += board.o
mon-$(CONFIG_EL3_PRESENT) += monitor.o
