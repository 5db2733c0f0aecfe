# SPDX-License-Identifier: BSD-2-Clause
obj-$(CONFIG_PCI) += pci.o ecam.o
