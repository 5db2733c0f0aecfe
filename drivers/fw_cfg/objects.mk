# SPDX-License-Identifier: BSD-2-Clause
obj-$(CONFIG_SOURCE_FW_CFG) += fw_cfg.o
