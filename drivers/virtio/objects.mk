# SPDX-License-Identifier: BSD-2-Clause
obj-$(CONFIG_VIRTIO) += virtio.o
obj-$(CONFIG_VIRTIO_MMIO) += virtio_mmio.o
obj-$(CONFIG_VIRTIO_PCI) += virtio_pci.o
