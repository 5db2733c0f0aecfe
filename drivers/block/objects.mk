# SPDX-License-Identifier: BSD-2-Clause
obj-$(CONFIG_BLOCK) += block.o
obj-$(CONFIG_VIRTIO) += virtio_blk.o
obj-$(CONFIG_NVME) += nvme.o nvme_read.o
