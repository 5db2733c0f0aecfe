# SPDX-License-Identifier: BSD-2-Clause
obj-$(CONFIG_AHCI) += ahci.o
